import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Database, type Db, schema } from "#db/client.ts";
import type { AskKind } from "#lib/group/ask/commands.ts";
import type { ActorRow } from "../actors.ts";
import { actorUri, eventUri } from "../addresses.ts";
import {
  describeDiscussion,
  discussionTombstone,
  discussionToTell,
  messageTombstone,
  messageToTell,
} from "../objects/discussion.ts";
import type { Document } from "../objects/event.ts";
import { postTombstone } from "../objects/post.ts";
import { resourceTombstone, resourceToTell } from "../objects/resource.ts";
import { say } from "./say.ts";

const { actors, events, groupLog, posts, rosters } = schema;
const groups = alias(actors, "groups");

export type AskRow = typeof groupLog.$inferSelect & { objectId: string };
type Asked = { db: Db; ask: AskRow; group: ActorRow };
/** The activity that asks, and what it arrives in order with, if with anything. */
type Words = { type: string; body: Document; line?: string };

/** How each thing is asked for that a group elsewhere decides: what is gone meanwhile is asked for no more. */
const words: Record<AskKind, (asked: Asked) => Promise<Words | null>> = {
  invited: async ({ db, ask, group }) => {
    const [invited] = await db.select().from(actors).where(eq(actors.id, ask.objectId));
    return invited ? { type: "Invite", body: { object: actorUri(group), target: actorUri(invited) } } : null;
  },
  withdrawn: (asked) => remove(asked),
  accepted: (asked) => aboutMember(asked, "Accept", "not_approved"),
  rejected: (asked) => aboutMember(asked, "Reject", "not_approved"),
  role: (asked) => aboutMember(asked, "Update", asked.ask.role ?? "member"),
  removed: (asked) => remove(asked),
  "discussion-named": (asked) => arrange(asked, { name: asked.ask.name }),
  "discussion-locked": (asked) => arrange(asked, { locked: true }),
  "discussion-unlocked": (asked) => arrange(asked, { locked: false }),
  "discussion-deleted": async ({ db, ask }) => {
    const told = await discussionToTell(db, ask.objectId);
    return told && { type: "Delete", body: { object: discussionTombstone(told.discussion) }, line: ask.objectId };
  },
  "message-deleted": async ({ db, ask }) => {
    const told = await messageToTell(db, ask.objectId);
    return told && { type: "Delete", body: { object: messageTombstone(told.message) }, line: told.discussion.id };
  },
  "event-taken-out": async ({ db, ask }) => {
    const [event] = await db.select().from(events).where(eq(events.id, ask.objectId));
    return event ? { type: "Delete", body: { object: eventUri(event) } } : null;
  },
  "post-deleted": async ({ db, ask }) => {
    const [post] = await db.select().from(posts).where(eq(posts.id, ask.objectId));
    return post ? { type: "Delete", body: { object: postTombstone(post) } } : null;
  },
  "resource-deleted": async ({ db, ask }) => {
    const told = await resourceToTell(db, ask.objectId);
    return told && { type: "Delete", body: { object: resourceTombstone(told) }, line: told.group.id };
  },
};

/** Somebody of the group's list, as its server told it: by what their membership is called there. */
async function memberOf({ db, ask }: Asked) {
  const [row] = await db.select().from(rosters).where(eq(rosters.id, ask.objectId));
  return row ?? null;
}

async function aboutMember(asked: Asked, type: string, role: string): Promise<Words | null> {
  const row = await memberOf(asked);
  const object = row && { type: "Member", id: row.uri, actor: row.actorUri, object: actorUri(asked.group), role };
  return object && { type, body: { object } };
}

async function remove(asked: Asked): Promise<Words | null> {
  const row = await memberOf(asked);
  return row && { type: "Remove", body: { object: row.uri, origin: actorUri(asked.group) } };
}

async function arrange({ db, ask }: Asked, change: { name?: string; locked?: boolean }): Promise<Words | null> {
  const told = await discussionToTell(db, ask.objectId);
  if (!told || told.discussion.deletedAt) return null;
  const discussion = { ...told.discussion, ...change, updatedAt: ask.createdAt };
  return { type: "Update", body: { object: describeDiscussion({ ...told, discussion }) }, line: ask.objectId };
}

/**
 * Asks the server of a group for what somebody here may do there, in their name, to it alone. The activity has the id of the
 * ask, by which the answer is known. It may run late, or twice. By primary keys.
 */
export async function tellAsk(db: Database, askId: string): Promise<void> {
  const [found] = await db
    .select({ ask: groupLog, group: groups, actor: actors })
    .from(groupLog)
    .innerJoin(groups, eq(groups.id, groupLog.groupId))
    .innerJoin(actors, eq(actors.id, groupLog.actorId))
    .where(eq(groupLog.id, askId));
  if (found?.ask.asked !== "waiting" || !found.ask.objectId || !found.group.inbox) return;
  const { group, actor } = found;
  const ask = { ...found.ask, objectId: found.ask.objectId };
  const asking = await words[ask.kind as AskKind]({ db, ask, group });
  if (!asking) return;
  const { type, line, body } = asking;
  const said = { ...body, to: [actorUri(group)], cc: [] };
  await say(db, {
    ...{ id: ask.id, actor, type, line, fact: `ask ${ask.id}`, body: said },
    // Not what it is about: asks do not overtake each other, each is answered.
    ...{ objectId: ask.id, inboxes: [group.inbox!] },
  });
}
