import { and, eq, isNull, sql } from "drizzle-orm";
import { type Db, schema, type Transaction } from "#db/client.ts";
import type { Mention } from "#db/schema/discussion.ts";
import { lockAway } from "#lib/group/away/commands.ts";
import { newId } from "#lib/ids.ts";
import { nameAnew } from "../mention/commands.ts";
import { append, type Formerly } from "../message/commands.ts";
import { erased, erasedDiscussion, eraseWords } from "../thread/commands.ts";

const { discussionMessages, discussions } = schema;

/** A discussion of a group of another server, as its document says. */
export type MirroredDiscussion = {
  uri: string;
  actorId: string;
  name: string;
  locked: boolean;
  /** When it became so, and when it came out; null: its server does not say. */
  updated: Date | null;
  published: Date | null;
  /** When it was opened, if that was before anybody here could hear of it. */
  opened?: Date | undefined;
};

/** What was said in one; `content` is clean HTML. */
export type MirroredMessage = {
  uri: string;
  actorId: string;
  /** The message that it answers. */
  quotedId: string | null;
  content: string;
  language: string;
  /** Who of this server is named in it. */
  mentions: Mention[];
  updated: Date | null;
  /** When it was said, if that was before anybody here could hear of it. */
  formerly?: Formerly | undefined;
};

/**
 * Keeps what the server of a group says of a discussion there: a new one, or its newer title and whether one may still
 * write. An older word changes nothing, and what was deleted stays so. `knownId`: its row, which may be of one that was
 * opened here. Returns its row's id; null: it is gone, or another group's.
 */
export async function mirrorDiscussion(
  tx: Transaction,
  groupId: string,
  { uri, actorId, name, locked, updated, published, opened }: MirroredDiscussion,
  knownId?: string,
): Promise<string | null> {
  await lockAway(tx, groupId);
  const [known] = await tx
    .select()
    .from(discussions)
    .where(knownId ? eq(discussions.id, knownId) : eq(discussions.uri, uri));
  if (!known) {
    const id = newId();
    const columns = { id, uri, groupId, actorId, name, locked, updatedAt: updated ?? published ?? sql`now()` };
    await tx.insert(discussions).values({ ...columns, ...(opened ? { createdAt: opened, messageAt: opened } : {}) });
    return id;
  }
  if (known.groupId !== groupId || known.deletedAt) return null;
  if (updated && updated > known.updatedAt)
    await tx.update(discussions).set({ name, locked, updatedAt: updated }).where(eq(discussions.id, known.id));
  return known.id;
}

/**
 * Keeps what the server of a group passes on of what was said in a discussion there, or newer words for it. An older word
 * changes nothing, nor what is read later and does not say of when it is; what was deleted stays so.
 */
export async function mirrorMessage(
  tx: Transaction,
  { id: discussionId, groupId }: { id: string; groupId: string },
  { updated, formerly, ...message }: MirroredMessage,
): Promise<void> {
  await lockAway(tx, groupId);
  const [known] = await tx.select().from(discussionMessages).where(eq(discussionMessages.uri, message.uri));
  if (!known) return append(tx, { ...message, id: newId(), discussionId, mediaType: "text/html" }, formerly);
  if (known.discussionId !== discussionId || known.actorId !== message.actorId || known.deletedAt) return;
  const { content, language, mentions } = message;
  if (updated ? known.editedAt && known.editedAt >= updated : formerly || known.content === content) return;
  const named = await nameAnew(tx, known, { content, mentions }, { formerly: formerly !== undefined });
  await tx
    .update(discussionMessages)
    .set({ content, language, ...named, editedAt: updated ?? sql`now()` })
    .where(eq(discussionMessages.id, known.id));
}

/** What the server of a group has done with a discussion there, as it was asked from here. */
export async function arrangeMirror(tx: Transaction, id: string, columns: { name?: string; locked?: boolean }) {
  await tx
    .update(discussions)
    .set(columns)
    .where(and(eq(discussions.id, id), isNull(discussions.deletedAt)));
}

/** What somebody here said in a group of another server stands there: it was passed on. `ids` of a message or a discussion. */
export async function confirmSaid(tx: Transaction, groupId: string, id: string): Promise<void> {
  await tx
    .update(discussions)
    .set({ awaiting: false })
    .where(and(eq(discussions.id, id), eq(discussions.groupId, groupId)));
  const among = sql`${discussionMessages.discussionId} in (select d.id from discussions d where d.group_id = ${groupId})`;
  await tx
    .update(discussionMessages)
    .set({ awaiting: false })
    .where(and(eq(discussionMessages.id, id), among));
}

/** The server of a group says that a discussion or a message there is gone, by the `id` of its row. */
export async function burySaid(tx: Transaction, groupId: string, id: string): Promise<void> {
  await lockAway(tx, groupId);
  const discussion = and(eq(discussions.id, id), isNull(discussions.deletedAt));
  const ended = await tx
    .update(discussions)
    .set(erasedDiscussion())
    .where(and(discussion, eq(discussions.groupId, groupId)))
    .returning({ id: discussions.id });
  for (const one of ended) await eraseWords(tx, one.id);
  const message = eq(discussionMessages.id, id);
  const among = sql`${discussionMessages.discussionId} in (select d.id from discussions d where d.group_id = ${groupId})`;
  await tx
    .update(discussionMessages)
    .set(erased)
    .where(and(message, among, isNull(discussionMessages.deletedAt)));
}

/**
 * Forgets what was discussed in groups of other servers of which nobody here is a member any more: whoever comes in
 * again begins anew. What was written of late stays for a day. By `discussions_lively`, `memberships_list`.
 */
export async function forgetAway(db: Db): Promise<void> {
  await db.execute(sql`
    delete from discussions d using actors g
    where g.id = d.group_id and g.host is not null and d.message_at < now() - interval '1 day'
      and not exists (select 1 from memberships m where m.group_id = g.id and m.state = 'member')`);
}
