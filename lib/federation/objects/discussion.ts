import { and, desc, eq, isNull, lt, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema } from "#db/client.ts";
import { renderWords } from "#lib/discussion/mention/queries.ts";
import { groupsReadBy } from "#lib/policy/group.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { absolute, discussionPath } from "#lib/urls.ts";
import type { ActorRow } from "../actors.ts";
import { actorPart, actorUri, noteUri } from "../addresses.ts";
import { eventContext } from "../contexts.ts";
import type { Document } from "./event.ts";
import { mentionTag, mentionUri } from "./mention.ts";

const { actors, discussionMessages, discussions } = schema;
const groups = alias(actors, "groups");

type DiscussionRow = typeof discussions.$inferSelect;
type MessageRow = typeof discussionMessages.$inferSelect;
type Named = { id: string; uri: string | null };

const discussionUri = ({ id, uri }: Named): string => uri ?? absolute(discussionPath(id));
const messageUri = ({ id, uri }: Named): string => uri ?? noteUri(id);

/** Where the group's server tells what was said in a discussion, wherever that was opened. */
export const repliesUri = ({ id }: { id: string }): string => absolute(`${discussionPath(id)}/replies`);

/** The collection of a group's members: as we have it, and Mobilizon. */
export const membersOf = (group: ActorRow): string =>
  group.host === null ? actorPart(group.handle, "members") : `${group.uri}/members`;

type ToldDiscussion = { discussion: DiscussionRow; author: ActorRow; group: ActorRow };
type ToldMessage = ToldDiscussion & { message: MessageRow; before: Named | null };

/** A discussion with whoever opened it and its group. By primary keys. */
export async function discussionToTell(db: Db, id: string): Promise<ToldDiscussion | null> {
  const [found] = await db
    .select({ discussion: discussions, author: actors, group: groups })
    .from(discussions)
    .innerJoin(actors, eq(actors.id, discussions.actorId))
    .innerJoin(groups, eq(groups.id, discussions.groupId))
    .where(eq(discussions.id, id));
  return found ?? null;
}

const present = (groupId: string) => and(eq(discussions.groupId, groupId), isNull(discussions.deletedAt));

/** How many discussions a group has. By `discussions_list`. */
export const countDiscussions = (db: Db, groupId: string): Promise<number> => db.$count(discussions, present(groupId));

/** A page of them, behind `after`, what was opened last first. By `discussions_list`. */
export const discussionsToTell = (
  db: Db,
  groupId: string,
  { after, limit }: { after?: string; limit: number },
): Promise<ToldDiscussion[]> =>
  db
    .select({ discussion: discussions, author: actors, group: groups })
    .from(discussions)
    .innerJoin(actors, eq(actors.id, discussions.actorId))
    .innerJoin(groups, eq(groups.id, discussions.groupId))
    .where(and(present(groupId), after ? lt(discussions.id, after) : undefined))
    .orderBy(desc(discussions.id))
    .limit(limit);

/**
 * A column beside messages: what one answers, else what was said before it, as `{id, uri}`; null for the first. By primary key,
 * `discussion_messages_list`.
 */
const answered = sql<Named | null>`(
  select json_build_object('id', b.id, 'uri', b.uri) from discussion_messages b where b.id = coalesce(discussion_messages.quoted_id, (
    select p.id from discussion_messages p where p.discussion_id = discussion_messages.discussion_id
      and (p.created_at, p.id) < (discussion_messages.created_at, discussion_messages.id)
    order by p.created_at desc, p.id desc limit 1)))`;

/** A message with its author, its discussion and group, and what it answers or follows. By primary keys, `discussion_messages_list`. */
export async function messageToTell(db: Db, id: string): Promise<ToldMessage | null> {
  const [found] = await db
    .select({ message: discussionMessages, author: actors, discussion: discussions, group: groups, before: answered })
    .from(discussionMessages)
    .innerJoin(actors, eq(actors.id, discussionMessages.actorId))
    .innerJoin(discussions, eq(discussions.id, discussionMessages.discussionId))
    .innerJoin(groups, eq(groups.id, discussions.groupId))
    .where(eq(discussionMessages.id, id));
  return found ?? null;
}

const standing = (discussionId: string) =>
  and(eq(discussionMessages.discussionId, discussionId), isNull(discussionMessages.deletedAt));

/** How much was said in a discussion and stands. By `discussion_messages_list`. */
export const countMessages = (db: Db, discussionId: string): Promise<number> =>
  db.$count(discussionMessages, standing(discussionId));

/** A page of it, behind `after`, what was said last first. By `discussion_messages_list`. */
export async function messagesToTell(
  db: Db,
  { discussion, group }: Pick<ToldDiscussion, "discussion" | "group">,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<ToldMessage[]> {
  const rows = await db
    .select({ message: discussionMessages, author: actors, before: answered })
    .from(discussionMessages)
    .innerJoin(actors, eq(actors.id, discussionMessages.actorId))
    .where(
      and(
        standing(discussion.id),
        after
          ? sql`(${discussionMessages.createdAt}, ${discussionMessages.id}) <
              (select b.created_at, b.id from discussion_messages b where b.id = ${after} and b.discussion_id = ${discussion.id})`
          : undefined,
      ),
    )
    .orderBy(desc(discussionMessages.createdAt), desc(discussionMessages.id))
    .limit(limit);
  return rows.map((row) => ({ ...row, discussion, group }));
}

/** To whom it is addressed, and whose it is: the group's members; its author by name (Mobilizon's reading). */
const among = ({ author, group, discussion }: ToldDiscussion): Document => ({
  context: discussionUri(discussion),
  actor: actorUri(author),
  attributedTo: actorUri(group),
  audience: actorUri(group),
  to: [membersOf(group)],
  cc: [],
  mediaType: "text/html",
  attachment: [],
});

/** A discussion: a Note with a name, and itself as its context. */
export function describeDiscussion(told: ToldDiscussion): Document {
  const { discussion } = told;
  const id = discussionUri(discussion);
  return {
    id,
    url: id,
    type: "Note",
    name: discussion.name,
    content: "",
    ...among(told),
    tag: [],
    commentsEnabled: !discussion.locked,
    ...(told.group.host === null ? { replies: repliesUri(discussion) } : {}),
    published: discussion.createdAt.toISOString(),
    updated: discussion.updatedAt.toISOString(),
  };
}

/** What was said in a discussion, in reply to what it answers, or to what was said before. */
export function describeMessage(told: ToldMessage): Document {
  const { message, discussion, before } = told;
  const id = messageUri(message);
  const content = renderWords(message, { where: mentionUri });
  return {
    id,
    url: id,
    type: "Note",
    inReplyTo: before ? messageUri(before) : discussionUri(discussion),
    isAnswer: message.quotedId !== null,
    ...among(told),
    content,
    contentMap: { [message.language]: content },
    tag: message.mentions.map((one) => mentionTag(one, mentionUri(one))),
    published: message.createdAt.toISOString(),
    ...(message.editedAt ? { updated: message.editedAt.toISOString() } : {}),
  };
}

/** What is left for other servers of a discussion, or of a message: no word of it. */
export const discussionTombstone = (discussion: DiscussionRow): Document =>
  tombstone(discussionUri(discussion), discussion);
export const messageTombstone = (message: MessageRow): Document => tombstone(messageUri(message), message);
const tombstone = (id: string, { deletedAt }: { deletedAt: Date | null }): Document => ({
  ...{ id, type: "Tombstone", formerType: "Note" },
  deleted: (deletedAt ?? new Date()).toISOString(),
});

type Found = { document: Document; gone: boolean };

/** A discussion of this server for whoever reads among its members; null for everybody else. */
export async function discussionObject(db: Db, viewer: Viewer, id: string): Promise<Found | null> {
  const told = await discussionToTell(db, id);
  if (!told || told.discussion.uri !== null || !(await reads(db, viewer, told.group))) return null;
  const gone = told.discussion.deletedAt !== null;
  const document = gone ? discussionTombstone(told.discussion) : describeDiscussion(told);
  return { document: { "@context": eventContext, ...document }, gone };
}

/** The same of what somebody of this server said in one. */
export async function messageObject(db: Db, viewer: Viewer, id: string): Promise<Found | null> {
  const told = await messageToTell(db, id);
  if (!told || told.message.uri !== null || !(await reads(db, viewer, told.group))) return null;
  const gone = told.message.deletedAt !== null;
  const document = gone ? messageTombstone(told.message) : describeMessage(told);
  return { document: { "@context": eventContext, ...document }, gone };
}

/** Whether somebody reads what is said and kept among the members of a group; of another server's also the group, and that server. */
export async function reads(db: Db, viewer: Viewer, group: ActorRow): Promise<boolean> {
  if (viewer.kind === "server" && viewer.host === group.host) return true;
  if (viewer.kind === "remote" && viewer.actorId === group.id) return true;
  const there = (where: SQL) => db.$count(actors, and(eq(actors.id, group.id), where));
  return (await there(groupsReadBy(viewer))) > 0;
}
