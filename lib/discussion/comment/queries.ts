import {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  inArray,
  ne,
  or,
  type Placeholder,
  type SQL,
  sql,
} from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema } from "#db/client.ts";
import { prepared } from "#db/prepared.ts";
import { isId } from "#lib/ids.ts";
import { commentsVisibleTo } from "#lib/policy/comment.ts";
import { eventsVisibleTo } from "#lib/policy/event.ts";
import { type EventRole, eventsWhere, roleAt } from "#lib/policy/staff.ts";
import { type Viewer, visitor } from "#lib/policy/viewer.ts";

const { actors, comments, events } = schema;
const organizers = alias(actors, "organizers");

/** Comments a page, replies counted like others. */
export const commentPage = 30;

const author = {
  id: actors.id,
  handle: actors.handle,
  host: actors.host,
  name: sql<string>`coalesce(nullif(${actors.name}, ''), ${actors.handle})`,
  iconId: actors.iconId,
  gone: sql<boolean>`${actors.deletedAt} is not null`,
};

const listed = {
  ...getTableColumns(comments),
  /** False for what keeps its place only because others have replied to it. */
  visible: sql<boolean>`true`,
  author,
};

export type ListedComment = Awaited<ReturnType<typeof listComments>>[number];

const order = [comments.threadAt, comments.threadId, comments.createdAt, comments.id];

/** Where a comment stands in that order, compared with another one: each column by itself, so that the index is used. */
const placeThan = (way: SQL, id: string): SQL => {
  const column = (name: string) => sql`(select m.${sql.identifier(name)} from comments m where m.id = ${id})`;
  const other = sql.join(["thread_at", "thread_id", "created_at", "id"].map(column), sql`, `);
  return sql`(${sql.join(order, sql`, `)}) ${way} (${other})`;
};

/** Behind a comment in the order of the page. By `comments_threads`. */
export const behindComment = (id: string): SQL => placeThan(sql`>`, id);

/** What stands on the page: what the viewer may read, and the place of what began a thread that others carry on. */
const standing = (viewer: Viewer, role: EventRole | null): SQL =>
  or(
    commentsVisibleTo(viewer, role),
    and(
      eq(comments.id, comments.threadId),
      // By `comments_replies`.
      sql`exists (select 1 from comments r where r.thread_id = comments.id and r.id <> r.thread_id and r.state = 'published')`,
    ),
  )!;

type Page = {
  eventId: string | Placeholder;
  role: EventRole | null;
  after?: string | null;
  limit?: number | Placeholder;
};

const page = (db: Db, viewer: Viewer, { eventId, role, after, limit }: Page) =>
  db
    .select({ ...listed, visible: sql<boolean>`coalesce(${commentsVisibleTo(viewer, role) ?? sql`true`}, false)` })
    .from(comments)
    .innerJoin(actors, eq(actors.id, comments.actorId))
    .where(and(eq(comments.eventId, eventId), standing(viewer, role), after ? behindComment(after) : undefined))
    .orderBy(...order.map((column) => asc(column)))
    .limit(limit!);

const firstForVisitors = prepared((db) =>
  page(db, visitor, { eventId: sql.placeholder("eventId"), role: null, limit: sql.placeholder("limit") }).prepare(
    "comments",
  ),
);

/**
 * A page of what is said under an event, from behind `after` (a comment's id) on: thread after thread, oldest first,
 * each with its replies. `role` is the viewer's at the event, which the caller has asked for. By `comments_threads`.
 */
export const listComments = async (
  db: Db,
  viewer: Viewer,
  {
    eventId,
    role,
    after,
    limit = commentPage + 1,
  }: { eventId: string; role: EventRole | null; after?: string | null; limit?: number },
) =>
  viewer.kind === "visitor" && !after
    ? firstForVisitors(db).execute({ eventId, limit })
    : page(db, viewer, { eventId, role, after, limit });

/** A comment with its event, as far as the viewer may know of the event; also a tombstone. By primary key. */
export async function getComment(db: Db, viewer: Viewer, id: string) {
  if (!isId(id)) return null;
  const [row] = await db
    .select({
      comment: getTableColumns(comments),
      author: { ...author, suspendedAt: actors.suspendedAt },
      event: { id: events.id, name: events.name, state: events.state, uri: events.uri, timezone: events.timezone },
      organizer: { id: organizers.id, type: organizers.type, host: organizers.host },
      role: roleAt(viewer),
    })
    .from(comments)
    .innerJoin(events, eq(events.id, comments.eventId))
    .innerJoin(actors, eq(actors.id, comments.actorId))
    .innerJoin(organizers, eq(organizers.id, events.organizerId))
    .where(and(eq(comments.id, id), eventsVisibleTo(viewer)));
  return row ?? null;
}

/** Behind which comment the page begins that holds this one; null for the first page. By `comments_threads`. */
export async function pageBefore(
  db: Db,
  viewer: Viewer,
  { eventId, role, id }: { eventId: string; role: EventRole | null; id: string },
): Promise<string | null> {
  const before = db
    .select({
      id: comments.id,
      place: sql<number>`row_number() over (order by ${sql.join(order, sql`, `)})`.as("place"),
      all: sql<number>`count(*) over ()`.as("all"),
    })
    .from(comments)
    .innerJoin(actors, eq(actors.id, comments.actorId))
    .where(and(eq(comments.eventId, eventId), standing(viewer, role), placeThan(sql`<`, id)))
    .as("before");
  const [row] = await db
    .select({ id: before.id })
    .from(before)
    .where(sql`${before.place} = ${before.all} - ${before.all} % ${commentPage}`);
  return row?.id ?? null;
}

/** What the staff of an event look at, each by its own list. */
export const commentShelves = ["waiting", "published", "hidden"] as const;
type CommentShelf = (typeof commentShelves)[number];

/**
 * One list of an event for its staff: what waits the oldest first, the rest the latest first; a page from behind `after`
 * on. The caller has asked for the event as its viewer. By `comments_waiting` or `comments_event`.
 */
export function listShelf(
  db: Db,
  eventId: string,
  { state, after, limit }: { state: CommentShelf; after?: string | null; limit: number },
) {
  const [way, beyond] = state === "waiting" ? ([asc, sql`>`] as const) : ([desc, sql`<`] as const);
  return db
    .select(listed)
    .from(comments)
    .innerJoin(actors, eq(actors.id, comments.actorId))
    .where(
      and(
        eq(comments.eventId, eventId),
        eq(comments.state, state),
        after && isId(after)
          ? sql`(${comments.createdAt}, ${comments.id}) ${beyond} (select m.created_at, m.id from comments m where m.id = ${after})`
          : undefined,
      ),
    )
    .orderBy(way(comments.createdAt), way(comments.id))
    .limit(limit);
}

/** How many comments of an event there are on each list. By `comments_event`. */
export async function countShelves(db: Db, eventId: string): Promise<Record<CommentShelf, number>> {
  const rows = await db
    .select({ state: comments.state, count: count() })
    .from(comments)
    .where(and(eq(comments.eventId, eventId), ne(comments.state, "deleted")))
    .groupBy(comments.state);
  const of = (state: CommentShelf) => rows.find((row) => row.state === state)?.count ?? 0;
  return { waiting: of("waiting"), published: of("published"), hidden: of("hidden") };
}

/** How many wait for approval. By `comments_waiting`. */
export const countWaitingComments = (db: Db, eventId: string): Promise<number> =>
  db.$count(comments, and(eq(comments.eventId, eventId), eq(comments.state, "waiting")));

/** A comment on which the viewer decides; `lock`: nobody changes it meanwhile. By primary key. */
export async function getDecidableComment(db: Db, viewer: Viewer, id: string, { lock = false } = {}) {
  if (!isId(id)) return null;
  const found = db
    .select(getTableColumns(comments))
    .from(comments)
    .innerJoin(events, eq(events.id, comments.eventId))
    .where(and(eq(comments.id, id), ne(comments.state, "deleted"), eventsWhere(viewer, "moderate")));
  const [row] = lock ? await found.for("update", { of: comments }) : await found;
  return row ?? null;
}

/** What somebody said here, for the export of their data, oldest first. By `comments_actor`. */
export const listOwnComments = (db: Db, accountId: string) =>
  db
    .select({
      id: comments.id,
      event: { id: events.id, name: events.name },
      as: actors.handle,
      replyTo: sql<string | null>`nullif(${comments.threadId}, ${comments.id})`,
      content: comments.content,
      language: comments.language,
      state: comments.state,
      createdAt: comments.createdAt,
      editedAt: comments.editedAt,
      deletedAt: comments.deletedAt,
    })
    .from(comments)
    .innerJoin(actors, eq(actors.id, comments.actorId))
    .innerJoin(events, eq(events.id, comments.eventId))
    .where(inArray(comments.actorId, db.select({ id: actors.id }).from(actors).where(eq(actors.accountId, accountId))))
    .orderBy(asc(comments.createdAt), asc(comments.id));
