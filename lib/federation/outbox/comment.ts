import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { mostMentions, unknownMentions } from "#lib/discussion/mention/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import { commentTombstone, commentToTell, describeComment, isPublicComment, type Told } from "../objects/comment.ts";
import { resolveActor } from "../remote/actor.ts";
import { uriOfHandle } from "../remote/lookup.ts";
import { hearersOf, passOnId, passOnSaid } from "./group.ts";
import { receiversOf, say } from "./say.ts";

const { activities, actors, comments } = schema;

/**
 * Brings other servers up to date with a comment of ours: Create when it first is to be read, Update when its words
 * changed since, Delete when it is gone. For peers what was deleted is gone for good. It reads what holds now, so it may
 * run late, twice or out of order.
 */
export async function tellComment(db: Database, commentId: string): Promise<void> {
  const told = await commentToTell(db, commentId);
  if (!told) return;
  if (told.comment.uri !== null || told.author.host !== null) return passOnDecision(db, told);
  const said = await db
    .select({ type: activities.type })
    .from(activities)
    .where(and(eq(activities.objectId, commentId), inArray(activities.type, ["Create", "Delete"])));
  const was = (type: string) => said.some((one) => one.type === type);
  if (["deleted", "hidden"].includes(told.comment.state)) {
    if (was("Create")) await tell(db, told, "Delete");
    return forget(db, commentId);
  }
  if (was("Delete")) return;
  if (!isPublicComment(told)) return;
  await tell(db, { ...told, comment: await meet(db, told.comment) }, was("Create") ? "Update" : "Create");
}

async function tell(db: Database, told: Told, type: "Create" | "Update" | "Delete"): Promise<void> {
  const { comment, author } = told;
  const note = describeComment(told);
  const object = type === "Delete" ? commentTombstone(comment) : note;
  const heard = await hearersOf(db, told);
  const passed = heard?.hearers.inboxes ?? [];
  const before = type === "Create" ? [] : await receiversOf(db, comment.id);
  const near = await inboxesOf(db, told);
  const inboxes = [...near, ...before.filter((inbox) => !passed.includes(inbox))];
  if (inboxes.length === 0 && passed.length === 0 && type === "Create") return;
  // The same words are said once, by Create or by Update.
  const version = type === "Delete" ? type : (comment.editedAt?.getTime() ?? 0);
  const fact = `comment ${comment.id} ${version}`;
  const body = { object, to: note.to, cc: note.cc };
  const saying = { actor: author, objectId: comment.id, body };
  // Who is named only now has not heard of it: to Mastodon an Update of what is old and unknown is nothing.
  const fresh = type === "Update" ? near.filter((inbox) => !before.includes(inbox) && !passed.includes(inbox)) : [];
  if (fresh.length > 0)
    await say(db, { ...saying, type: "Create", fact: `${fact} for the first time`, inboxes: fresh });
  await say(db, { ...saying, type, fact, inboxes: inboxes.filter((inbox) => !fresh.includes(inbox)) });
  if (heard) await passOnSaid(db, heard.group, fact, heard.hearers);
}

/** What was deleted is not to be read in what was once said of it either, nor in what a group passed on before its end. */
async function forget(db: Database, commentId: string): Promise<void> {
  const ended = sql`(select d.id from activities d where d.object_id = ${commentId} and d.type = 'Delete' order by d.id desc limit 1)`;
  const words = sql`(${activities.type} in ('Create', 'Update')
    or ${activities.type} = 'Announce' and ${activities.id} < coalesce(${ended}, ${activities.id}))`;
  await db.delete(activities).where(and(eq(activities.objectId, commentId), words));
}

/**
 * What staff of ours decided about a comment of another server, under an event of a group: the group passes on its id once
 * everybody may read it, and forgets it with what it said when they may not.
 */
async function passOnDecision(db: Database, told: Told): Promise<void> {
  const { comment } = told;
  const among = and(eq(activities.objectId, comment.id), eq(activities.type, "Announce"));
  if (comment.state !== "published") return void (await db.delete(activities).where(among));
  if (!comment.uri || !isPublicComment(told) || (await db.$count(activities, among)) > 0) return;
  const heard = await hearersOf(db, told);
  if (heard) await passOnId(db, heard.group, comment.uri, heard.hearers);
}

/** Where the event's host, whoever is replied to and those who are named receive, of other servers. */
async function inboxesOf(db: Database, { comment, host, thread }: Told): Promise<string[]> {
  const ids = [host.id, ...(thread ? [thread.author.id] : []), ...comment.mentions.map(({ actorId }) => actorId)];
  const rows = await db
    .selectDistinct({ inbox: sql<string>`coalesce(${actors.sharedInbox}, ${actors.inbox})` })
    .from(actors)
    .where(and(inArray(actors.id, ids), isNotNull(actors.host), isNotNull(actors.inbox)));
  return rows.map(({ inbox }) => inbox);
}

/** Looks those up who are named and whom nobody here knew: a comment is kept with who they are. */
async function meet(db: Database, comment: Told["comment"]): Promise<Told["comment"]> {
  const mentions = [...comment.mentions];
  for (const name of unknownMentions(comment.content, mentions)) {
    try {
      const actor = await resolveActor(db, await uriOfHandle(name));
      if (actor?.host && !actor.deletedAt && !actor.suspendedAt && mentions.length < mostMentions)
        mentions.push({ actorId: actor.id, handle: actor.handle, host: actor.host, uri: actor.uri });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  if (mentions.length === comment.mentions.length) return comment;
  await db
    .update(comments)
    .set({ mentions })
    .where(and(eq(comments.id, comment.id), eq(comments.content, comment.content)));
  return { ...comment, mentions };
}
