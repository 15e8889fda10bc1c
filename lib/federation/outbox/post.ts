import { eq } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { isTakenDown } from "#lib/policy/event.ts";
import { isForAll } from "#lib/policy/post.ts";
import { operator } from "#lib/policy/viewer.ts";
import { type FullPost, getPost } from "#lib/post/queries.ts";
import type { ActorRow } from "../actors.ts";
import { actorUri, hostOf } from "../addresses.ts";
import { addressees, type Document, wasTold } from "../objects/event.ts";
import { authorOf, postTombstone, toArticle } from "../objects/post.ts";
import { audienceInboxes } from "./audience.ts";
import { forget, wasOpened } from "./discussion.ts";
import { passOnId, passOnSaid } from "./group.ts";
import { holdersOf, lastSaid, receiversOf, say } from "./say.ts";

const { actors } = schema;

/**
 * Brings other servers up to date with a post of ours: Create to whoever may see it and has it not, Update when it changed
 * since, Delete to whoever has it and may see it no more; the group passes on each. What is unlisted goes to followers as
 * what is public does. Of a group of another server that one is told, by `actorId`, and passes it on. It reads what holds
 * now, so it may run late, twice or out of order.
 */
export async function tellPost(db: Database, postId: string, actorId: string | null = null): Promise<void> {
  const full = await getPost(db, operator, postId);
  if (!full) return;
  const { post } = full;
  const [actor] = await db.select().from(actors).where(eq(actors.id, post.groupId));
  if (!actor) return;
  if (actor.host !== null) return tellPostAway(db, full, actor, actorId);
  if (post.uri !== null) return tellTakenAway(db, full, actor, post.uri);
  const last = await lastSaid(db, postId);
  const shown = post.state === "published" && post.hiddenAt === null;
  const forAll = isForAll(post);
  const whole = await audienceInboxes(db, actor, post.visibility === "members" ? "members" : "public");
  const holders = await holdersOf(db, postId);
  const audience = shown ? whole : [];
  // What is for everybody is kept by whoever has it.
  const entitled = [...new Set([...audience, ...(forAll ? holders : [])])];
  const [near, held] = [new Set(entitled.map(hostOf)), new Set(holders.map(hostOf))];
  const lost = holders.filter((inbox) => !near.has(hostOf(inbox)));
  const tell = (type: string, object: Document, fact: string, inboxes: string[], more: Document = {}) =>
    transact(db, async (tx) => {
      const whom = addressees(post, actor.handle);
      await say(tx, { actor, type, objectId: postId, fact, body: { object, ...whom, ...more }, inboxes });
      await passOnSaid(tx, actor, fact, { objectId: postId, ...whom, inboxes });
    });
  const version = `post ${postId} ${post.updatedAt.getTime()}`;

  if (lost.length > 0 || (last && !last.ended && !shown))
    await tell("Delete", postTombstone(post), `${version} Delete`, lost);
  if (!shown) return;
  const object = toArticle(full);
  // What comes back after its Delete is told anew, even if nobody changed it.
  const anew = last?.ended ? ` ${last.id}` : "";
  const first = forAll && !(await wasTold(db, postId));
  const fresh = first || !forAll ? entitled.filter((inbox) => !held.has(hostOf(inbox))) : [];
  if (first || fresh.length > 0)
    await tell("Create", object, first ? `post ${postId} Create` : `${version} Create${anew}`, fresh);
  const others = entitled.filter((inbox) => !fresh.includes(inbox));
  if (others.length > 0 && last?.updated !== object.updated)
    await tell("Update", object, `${version} Update${anew}`, others, { updated: object.updated });
}

/**
 * What a member of another server wrote in the name of a group of ours is told by theirs, but that the group has it no more, to
 * all who heard of it: it was taken away, or the host hides it. What the host shows again is passed on again, by its id.
 */
async function tellTakenAway(db: Database, { post }: FullPost, group: ActorRow, uri: string): Promise<void> {
  const objectId = post.id;
  const whom = addressees(post, group.handle);
  const audience = await audienceInboxes(db, group, post.visibility === "members" ? "members" : "public");
  const last = await lastSaid(db, objectId);
  const gone = post.state === "deleted" || isTakenDown(post);
  if (!gone && last?.ended) await passOnId(db, group, uri, { objectId, ...whom, inboxes: audience }, last.id);
  if (!gone) return;
  const inboxes = [...new Set([...audience, ...(await receiversOf(db, objectId))])];
  const fact = `post ${objectId} ${post.updatedAt.getTime()} Delete`;
  const body = { object: postTombstone(post), ...whom };
  await transact(db, async (tx) => {
    await say(tx, { actor: group, type: "Delete", objectId, fact, body, inboxes });
    await passOnSaid(tx, group, fact, { objectId, ...whom, inboxes });
    if (post.state === "deleted") await forget(tx, objectId);
  });
}

/** What somebody here writes in the name of a group of another server, to that group alone: it decides, and tells all others. */
async function tellPostAway(db: Database, full: FullPost, group: ActorRow, actorId: string | null): Promise<void> {
  const { post } = full;
  const [actor] = actorId ? await db.select().from(actors).where(eq(actors.id, actorId)) : [];
  if (!actor || !group.inbox || post.state === "draft") return;
  const opened = await wasOpened(db, post.id);
  const deleted = post.state === "deleted";
  if (deleted && !opened) return;
  const version = deleted ? "Delete" : String(post.updatedAt.getTime());
  await say(db, {
    ...{ actor, objectId: post.id, fact: `post ${post.id} ${version}`, inboxes: [group.inbox] },
    type: deleted ? "Delete" : opened ? "Update" : "Create",
    body: {
      object: deleted ? postTombstone(post) : toArticle(full, await authorOf(db, full)),
      to: [actorUri(group)],
      cc: [],
    },
  });
  if (deleted) await forget(db, post.id);
}
