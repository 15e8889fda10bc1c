import { and, eq, sql } from "drizzle-orm";
import { type Database, type Db, schema } from "#db/client.ts";
import { contentId } from "#lib/ids.ts";
import type { ActorRow } from "../actors.ts";
import type { Json } from "../documents.ts";
import type { Received } from "../inbox/receive.ts";
import {
  describeDiscussion,
  describeMessage,
  discussionTombstone,
  discussionToTell,
  membersOf,
  messageTombstone,
  messageToTell,
} from "../objects/discussion.ts";
import type { Document } from "../objects/event.ts";
import { memberInboxes } from "./audience.ts";
import { passOn, passOnSaid } from "./group.ts";
import { say } from "./say.ts";

const { activities } = schema;

/**
 * Tells other servers what became of a discussion: its opener opens it, and the group itself tells of another title, a lock,
 * its end. Where the group is of another server, that one is told that it was opened, and decides. It reads what holds
 * now, so it may run late, twice or out of order.
 */
export async function tellDiscussion(db: Database, discussionId: string): Promise<void> {
  const told = await discussionToTell(db, discussionId);
  if (!told) return;
  const { discussion, author, group } = told;
  const away = group.host !== null;
  if (away && (author.host !== null || discussion.deletedAt)) return;
  const opened = author.host !== null || (await wasOpened(db, discussionId));
  if (away && opened) return;
  const saying = { group, objectId: discussionId, line: discussionId };
  if (discussion.deletedAt) {
    const object = discussionTombstone(discussion);
    const fact = `discussion ${discussionId} Delete`;
    await tellMembers(db, { ...saying, actor: group, type: "Delete", object, fact });
    return forget(db, discussionId);
  }
  const fact = `discussion ${discussionId} ${discussion.updatedAt.getTime()}`;
  const object = describeDiscussion(told);
  await tellMembers(db, {
    ...saying,
    actor: opened ? group : author,
    type: opened ? "Update" : "Create",
    object,
    fact,
  });
}

/**
 * Tells other servers what became of something that somebody here said in a discussion, or of what the group's people here
 * deleted. Where the group is of another server, that one alone. A discussion that they have not heard of is told first.
 */
export async function tellMessage(db: Database, messageId: string): Promise<void> {
  const told = await messageToTell(db, messageId);
  if (!told) return;
  const { message, author, group, discussion } = told;
  const saying = { group, objectId: messageId, line: discussion.id };
  const own = author.host === null;
  if (message.deletedAt) {
    // Where the whole discussion is deleted, that is told.
    if (discussion.deletedAt || (group.host !== null && !own)) return;
    const object = messageTombstone(message);
    const fact = `message ${messageId} Delete`;
    await tellMembers(db, { ...saying, actor: own ? author : group, type: "Delete", object, fact });
    return forget(db, messageId);
  }
  if (!own) return;
  // Its own job may run after this one: a message that comes before its discussion belongs to nothing there.
  if (discussion.uri === null && !(await wasOpened(db, discussion.id))) await tellDiscussion(db, discussion.id);
  const type = (await wasOpened(db, messageId)) ? "Update" : "Create";
  const fact = `message ${messageId} ${message.editedAt?.getTime() ?? 0}`;
  await tellMembers(db, { ...saying, actor: author, type, object: describeMessage(told), fact });
}

type Telling = {
  group: ActorRow;
  actor: ActorRow;
  type: "Create" | "Update" | "Delete";
  objectId: string;
  /** The discussion, or the group whose resources they are: what is said of one arrives in its order. */
  line: string;
  object: Document;
  fact: string;
};

/** Says it to the servers of the members, who also hear it from the group; or to the group, where that is elsewhere. */
export async function tellMembers(db: Database, { group, line, object, fact, ...saying }: Telling): Promise<void> {
  const { objectId } = saying;
  const inboxes = group.host === null ? await memberInboxes(db, group.id) : group.inbox ? [group.inbox] : [];
  if (inboxes.length === 0) return;
  const to = [membersOf(group)];
  await say(db, { ...saying, line, fact, body: { object, to, cc: [] }, inboxes });
  if (group.host === null) await passOnSaid(db, group, fact, { objectId, line, to, cc: [], inboxes });
}

/** Passes on what a member of another server said, as it came, to the servers of all members. */
export async function passOnToMembers(
  db: Db,
  group: ActorRow,
  activity: Json,
  about: { objectId: string; line: string },
): Promise<void> {
  const inboxes = await memberInboxes(db, group.id);
  await passOn(db, group, activity, { ...about, to: [membersOf(group)], cc: [], inboxes });
}

/** Tells the server of a member that the group does not take what they said: once, however often they say it. */
export const refuse = (db: Db, group: ActorRow, received: Received): Promise<void> =>
  answer(db, group, received, { type: "Reject", fact: "refusal" });

/** The same that what they asked for is done. */
export const accept = (db: Db, group: ActorRow, received: Received): Promise<void> =>
  answer(db, group, received, { type: "Accept", fact: "acceptance" });

async function answer(
  db: Db,
  group: ActorRow,
  { sender, actor, id, type, object }: Received,
  said: { type: "Accept" | "Reject"; fact: string },
): Promise<void> {
  if (!sender.inbox) return;
  await say(db, {
    ...{ actor: group, type: said.type, objectId: group.id, fact: `${said.fact} ${sender.id} ${contentId(id)}` },
    body: { object: { type, id, actor, object }, to: [actor] },
    inboxes: [sender.inbox],
  });
}

/** Whether other servers were told of it when it was new. By `activities_object`. */
export async function wasOpened(db: Database, objectId: string): Promise<boolean> {
  const created = and(eq(activities.objectId, objectId), eq(activities.type, "Create"));
  return (await db.$count(activities, created)) > 0;
}

/** Whether a group of ours has passed on anything of it. By `activities_object`. */
export async function wasPassedOn(db: Db, group: ActorRow, objectId: string): Promise<boolean> {
  const passed = and(eq(activities.objectId, objectId), eq(activities.actorId, group.id));
  return (await db.$count(activities, and(passed, eq(activities.type, "Announce")))) > 0;
}

/** What was deleted is not to be read in what was once said of it either, but for its end. By `activities_object`. */
export async function forget(db: Db, objectId: string): Promise<void> {
  const end = sql`(select d.id from activities d where d.object_id = ${activities.objectId} and d.type = 'Delete' order by d.id desc limit 1)`;
  const words = sql`${activities.type} in ('Create', 'Update', 'Announce') and not coalesce(${activities.id} > ${end}, false)`;
  const those = sql`${activities.objectId} in (
    select ${objectId}::uuid union all select m.id from discussion_messages m where m.discussion_id = ${objectId})`;
  await db.delete(activities).where(and(those, words));
}
