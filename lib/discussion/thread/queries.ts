import { and, desc, eq, getTableColumns, isNull, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { nameOf } from "#lib/actor/queries.ts";
import { isRefused, lastAsk } from "#lib/group/ask/queries.ts";
import { isId } from "#lib/ids.ts";
import { groupMemberOf, groupRoleOf, groupsReadBy } from "#lib/policy/group.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { readUntil } from "../reading/queries.ts";

const { actors, discussions } = schema;
/** What somebody is called; everybody has a handle. */
const called = (whose: typeof actors) => nameOf(whose) as SQL<string>;
const { search: _, ...columns } = getTableColumns(discussions);

export type Discussion = NonNullable<Awaited<ReturnType<typeof getDiscussion>>>;

/**
 * A discussion with its group, as a member of it finds them; also a tombstone. Null: none, or the viewer is no member.
 * By primary keys, `memberships_member`, `discussion_messages_list`.
 */
export async function getDiscussion(db: Db, viewer: AccountViewer, id: string) {
  if (!isId(id)) return null;
  const own = sql`discussion_readers r where r.discussion_id = discussions.id and r.account_id = ${viewer.accountId}`;
  const [row] = await db
    .select({
      ...columns,
      refused: isRefused(discussions),
      group: {
        ...{ id: actors.id, handle: actors.handle, host: actors.host, name: called(actors), tone: actors.tone },
        movedTo: actors.movedTo,
        ...{ membersOrganise: actors.membersOrganise, role: groupRoleOf(viewer), actorId: groupMemberOf(viewer) },
      },
      /** What its group's server was asked to do with it, and has not done. */
      ask: lastAsk(discussions.id),
      /** The first message that they have not read. */
      unreadId: sql<string | null>`(select m.id from discussion_messages m where m.discussion_id = discussions.id
        and m.created_at > ${readUntil(viewer)} order by m.created_at, m.id limit 1)`,
      /** How often they wish to hear of it; null: as of all. */
      cadence: sql<string | null>`(select r.cadence from ${own})`,
    })
    .from(discussions)
    .innerJoin(actors, eq(actors.id, discussions.groupId))
    .where(and(eq(discussions.id, id), groupsReadBy(viewer)));
  return row ?? null;
}

/** The discussions that somebody opened, for the export of their data. By `discussions_actor`. */
export const listOwnDiscussions = (db: Db, accountId: string) =>
  db
    .select({ id: discussions.id, name: discussions.name, as: actors.handle, createdAt: discussions.createdAt })
    .from(discussions)
    .innerJoin(actors, eq(actors.id, discussions.actorId))
    .where(and(eq(actors.accountId, accountId), isNull(discussions.deletedAt)))
    .orderBy(discussions.createdAt, discussions.id);

/** The words of a search, in every language that we stem. */
const holding = (words: string) => sql`search @@ search_words(${words})`;

/** Behind a discussion in the order of the list: each column by itself, so that the index is used. */
function behind(id: string): SQL {
  const column = (name: string) => sql`(select o.${sql.identifier(name)} from discussions o where o.id = ${id})`;
  const other = sql.join(["pinned", "message_at", "id"].map(column), sql`, `);
  return sql`(${discussions.pinned}, ${discussions.messageAt}, ${discussions.id}) < (${other})`;
}

/** The last message of a discussion that says something, or that holds the words. By `discussion_messages_list`. */
const last = (words: string) => sql`lateral (
  select m.id, m.content, m.media_type, coalesce(nullif(w.name, ''), w.handle) as name
  from discussion_messages m join actors w on w.id = m.actor_id
  where m.discussion_id = discussions.id and m.deleted_at is null ${words ? sql`and m.${holding(words)}` : sql``}
  order by m.created_at desc, m.id desc limit 1) last`;

export type ListedDiscussion = Awaited<ReturnType<typeof listDiscussions>>[number];

/**
 * The discussions of a group, whose member the caller has shown the viewer to be: what is pinned first, then where
 * something was said last; a page from behind `after` on. With `words`: those that hold them in their title or in a message, which is
 * then told (`said`). By `discussions_list`, `discussion_messages_list`; for words `discussion_messages_words`.
 */
export const listDiscussions = (
  db: Db,
  viewer: AccountViewer,
  { groupId, words = "", after, limit }: { groupId: string; words?: string; after?: string; limit: number },
) =>
  db
    .select({
      id: discussions.id,
      name: discussions.name,
      pinned: discussions.pinned,
      locked: discussions.locked,
      messageAt: discussions.messageAt,
      openedBy: called(actors),
      unread: sql<boolean>`coalesce(${discussions.messageAt} > ${readUntil(viewer)}, true)`,
      said: sql<{ id: string; content: string; mediaType: string; name: string } | null>`(
        select json_build_object('id', last.id, 'content', last.content, 'mediaType', last.media_type, 'name', last.name)
        from ${last(words)})`,
    })
    .from(discussions)
    .innerJoin(actors, eq(actors.id, discussions.actorId))
    .where(
      and(
        eq(discussions.groupId, groupId),
        isNull(discussions.deletedAt),
        words
          ? sql`(discussions.${holding(words)} or ${discussions.id} in (
              select m.discussion_id from discussion_messages m where m.${holding(words)}))`
          : undefined,
        after ? behind(after) : undefined,
      ),
    )
    .orderBy(desc(discussions.pinned), desc(discussions.messageAt), desc(discussions.id))
    .limit(limit);
