import { and, asc, desc, eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema } from "#db/client.ts";
import { nameOf } from "#lib/actor/queries.ts";
import { isRefused, lastAsk } from "#lib/group/ask/queries.ts";
import { isId } from "#lib/ids.ts";
import { groupsReadBy } from "#lib/policy/group.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";

const { actors, discussionMessages, discussions, memberships } = schema;
const quoted = alias(discussionMessages, "quoted");
const quotedActors = alias(actors, "quoted_actors");
/** What somebody is called; everybody has a handle. */
const called = (whose: typeof actors | typeof quotedActors) => nameOf(whose) as SQL<string>;
const { search: _, pictures: __, ...columns } = getTableColumns(discussionMessages);

/** Messages a page. */
export const messagePage = 30;
/** How many of those before stand above the place where a page opens, to find one's way in. */
const lead = 3;

const author = {
  id: actors.id,
  handle: actors.handle,
  host: actors.host,
  name: called(actors),
  iconId: actors.iconId,
};

const listed = (db: Db, discussionId: string, where?: SQL) =>
  db
    .select({
      ...columns,
      refused: isRefused(discussionMessages),
      /** What its group's server was asked to do with it, and has not done. */
      ask: lastAsk(discussionMessages.id),
      author,
      quoted: {
        id: quoted.id,
        content: quoted.content,
        mediaType: quoted.mediaType,
        deletedAt: quoted.deletedAt,
        name: called(quotedActors),
      },
    })
    .from(discussionMessages)
    .innerJoin(actors, eq(actors.id, discussionMessages.actorId))
    .leftJoin(quoted, eq(quoted.id, discussionMessages.quotedId))
    .leftJoin(quotedActors, eq(quotedActors.id, quoted.actorId))
    .where(and(eq(discussionMessages.discussionId, discussionId), where))
    .$dynamic();

export type ListedMessage = Awaited<ReturnType<typeof listed>>[number];

/** Where a page of a discussion begins: after or before a message, or at it, with some of those before. */
export type Place = { way: "after" | "before" | "at"; id: string } | null;

/** In comparison with a message: each column by itself, so that the index is used. */
function than(way: ">" | ">=" | "<", id: string): SQL {
  const column = (name: string) =>
    sql`(select o.${sql.identifier(name)} from discussion_messages o where o.id = ${id})`;
  return sql`(${discussionMessages.createdAt}, ${discussionMessages.id}) ${sql.raw(way)} (${column("created_at")}, ${column("id")})`;
}

const oldest = [asc(discussionMessages.createdAt), asc(discussionMessages.id)];
const latest = [desc(discussionMessages.createdAt), desc(discussionMessages.id)];

/**
 * A page of a discussion, oldest first, and whether there are others before and behind it; without a place, the last one.
 * The caller has asked for the discussion as its viewer. At most two queries. By `discussion_messages_list`.
 */
export async function listMessages(db: Db, discussionId: string, place: Place) {
  const up = (where?: SQL) =>
    listed(db, discussionId, where)
      .orderBy(...oldest)
      .limit(messagePage + 1);
  const down = async (limit: number, where?: SQL) => {
    const rows = await listed(db, discussionId, where)
      .orderBy(...latest)
      .limit(limit + 1);
    return { rows: rows.slice(0, limit).reverse(), more: rows.length > limit };
  };
  if (!place || place.way === "before") {
    const { rows, more } = await down(messagePage, place ? than("<", place.id) : undefined);
    return { messages: rows, earlier: more, later: place !== null };
  }
  const before = place.way === "at" ? await down(lead, than("<", place.id)) : { rows: [], more: true };
  const found = await up(than(place.way === "at" ? ">=" : ">", place.id));
  return {
    messages: [...before.rows, ...found.slice(0, messagePage)],
    earlier: before.more,
    later: found.length > messagePage,
  };
}

export type Message = NonNullable<Awaited<ReturnType<typeof getMessage>>>;

/** A message that says something, with its discussion and group, as a member finds it. By primary keys, `memberships_member`. */
export async function getMessage(db: Db, viewer: AccountViewer, id: string) {
  if (!isId(id)) return null;
  const [row] = await db
    .select({ ...columns, name: called(quotedActors) })
    .from(discussionMessages)
    .innerJoin(discussions, eq(discussions.id, discussionMessages.discussionId))
    .innerJoin(actors, eq(actors.id, discussions.groupId))
    .innerJoin(quotedActors, eq(quotedActors.id, discussionMessages.actorId))
    .where(and(eq(discussionMessages.id, id), sql`${discussionMessages.deletedAt} is null`, groupsReadBy(viewer)));
  return row ?? null;
}

/**
 * As which of several profiles somebody may speak in a group: who spoke last in it first, then who is most there. Whoever has
 * no choice gets none. By `memberships_pair`, `discussion_messages_actor`.
 */
export async function listSpeakers(db: Db, { actorIds }: AccountViewer, groupId: string) {
  if (actorIds.length < 2) return [];
  const spoke = sql`(select max(m.created_at) from discussion_messages m join discussions d on d.id = m.discussion_id
    where m.actor_id = ${actors.id} and d.group_id = ${groupId})`;
  const speakers = await db
    .select({ id: actors.id, handle: actors.handle, name: called(actors) })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.memberId))
    .where(and(eq(memberships.groupId, groupId), eq(memberships.state, "member"), inArray(actors.id, actorIds)))
    .orderBy(
      sql`${spoke} desc nulls last, ${memberships.role} = 'administrator' desc, ${memberships.role} = 'moderator' desc`,
      actors.id,
    );
  return speakers.length > 1 ? speakers : [];
}

/**
 * How many messages stand in a discussion, behind one of them or all; null: the viewer is no member, or it is gone. By
 * primary keys, `memberships_member`, `discussion_messages_list`.
 */
export async function countArrivals(
  db: Db,
  viewer: AccountViewer,
  { discussionId, after }: { discussionId: string; after: string | null },
): Promise<number | null> {
  const [row] = await db
    .select({
      count: sql<number>`(select count(*)::int from ${discussionMessages}
        where ${discussionMessages.discussionId} = ${discussionId} and ${discussionMessages.deletedAt} is null
          ${after ? sql`and ${than(">", after)}` : sql``})`,
    })
    .from(discussions)
    .innerJoin(actors, eq(actors.id, discussions.groupId))
    .where(and(eq(discussions.id, discussionId), sql`${discussions.deletedAt} is null`, groupsReadBy(viewer)));
  return row?.count ?? null;
}

/** What somebody said among the members of their groups, for the export of their data, oldest first. By `discussion_messages_actor`. */
export const listOwnMessages = (db: Db, accountId: string) =>
  db
    .select({
      ...{ id: discussionMessages.id, discussion: { id: discussions.id, name: discussions.name } },
      as: actors.handle,
      answers: discussionMessages.quotedId,
      content: discussionMessages.content,
      language: discussionMessages.language,
      createdAt: discussionMessages.createdAt,
      editedAt: discussionMessages.editedAt,
      deletedAt: discussionMessages.deletedAt,
    })
    .from(discussionMessages)
    .innerJoin(actors, eq(actors.id, discussionMessages.actorId))
    .innerJoin(discussions, eq(discussions.id, discussionMessages.discussionId))
    .where(
      inArray(
        discussionMessages.actorId,
        db.select({ id: actors.id }).from(actors).where(eq(actors.accountId, accountId)),
      ),
    )
    .orderBy(asc(discussionMessages.createdAt), asc(discussionMessages.id));
