import { and, count, desc, eq, lt, ne, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema } from "#db/client.ts";
import { isId } from "#lib/ids.ts";

const { actors, comments, discussionMessages: messages, discussions, events, flags, posts } = schema;
const reporters = alias(actors, "reporters");
const groups = alias(actors, "groups");

export const flagStates = ["open", "resolved", "dismissed"] as const;
type FlagState = (typeof flagStates)[number];

const named = (table: typeof actors | typeof reporters | typeof groups) =>
  sql<string | null>`coalesce(nullif(${table.name}, ''), ${table.handle})`;

const columns = {
  id: flags.id,
  state: flags.state,
  content: flags.content,
  quote: flags.quote,
  createdAt: flags.createdAt,
  closedAt: flags.closedAt,
  reporterHost: flags.reporterHost,
  reporter: named(reporters),
  actor: {
    id: actors.id,
    name: named(actors),
    handle: actors.handle,
    host: actors.host,
    suspendedAt: actors.suspendedAt,
    deletedAt: actors.deletedAt,
  },
  event: { id: events.id, name: events.name, hiddenAt: events.hiddenAt, state: events.state },
  /** Of one that was for some alone, what the reporter shows. */
  comment: {
    id: comments.id,
    content: sql<string>`coalesce(${flags.quote}, ${comments.content})`,
    mediaType: sql<string>`case when ${flags.quote} is null then ${comments.mediaType} else 'text/plain' end`,
    state: comments.state,
  },
  post: { id: posts.id, name: posts.name, hiddenAt: posts.hiddenAt, state: posts.state },
  /** Never its words: the host has those in `quote`, or not at all. */
  message: { id: messages.id, deletedAt: messages.deletedAt },
  /** In whose discussion it stands. */
  group: { name: named(groups), handle: groups.handle, host: groups.host },
};

const reports = (db: Db) =>
  db
    .select(columns)
    .from(flags)
    .leftJoin(actors, eq(actors.id, flags.actorId))
    .leftJoin(events, eq(events.id, flags.eventId))
    .leftJoin(comments, eq(comments.id, flags.commentId))
    .leftJoin(posts, eq(posts.id, flags.postId))
    .leftJoin(messages, eq(messages.id, flags.messageId))
    .leftJoin(discussions, eq(discussions.id, messages.discussionId))
    .leftJoin(groups, eq(groups.id, discussions.groupId))
    .leftJoin(reporters, eq(reporters.id, flags.reporterId));

export type Report = Awaited<ReturnType<typeof listReports>>[number];

/** What was reported and is in this state, the latest first, from before `before` (a report's id) on. By `flags_queue`. */
export const listReports = (db: Db, { state, before, limit }: { state: FlagState; before?: string; limit: number }) =>
  reports(db)
    .where(and(eq(flags.state, state), before ? lt(flags.id, before) : undefined))
    .orderBy(desc(flags.id))
    .limit(limit);

/** One report; null: there is none. By primary key. */
export async function getReport(db: Db, id: string): Promise<Report | null> {
  if (!isId(id)) return null;
  const [row] = await reports(db).where(eq(flags.id, id));
  return row ?? null;
}

/** How many other reports about the same person there are, by state. By `flags_actor`. */
export async function countOthers(db: Db, { id, actorId }: { id: string; actorId: string }) {
  const rows = await db
    .select({ state: flags.state, many: count() })
    .from(flags)
    .where(and(eq(flags.actorId, actorId), ne(flags.id, id)))
    .groupBy(flags.state);
  const of = (state: FlagState) => rows.find((row) => row.state === state)?.many ?? 0;
  return { open: of("open"), resolved: of("resolved"), dismissed: of("dismissed") };
}

/** How many reports wait. By `flags_queue`. */
export const countReports = (db: Db): Promise<number> => db.$count(flags, eq(flags.state, "open"));

/** How many events of somebody are shown: what suspending them would hide. By `events_organizer`, `events_author`. */
export const countShown = (db: Db, actorId: string): Promise<number> =>
  db.$count(
    events,
    and(
      or(eq(events.organizerId, actorId), eq(events.authorId, actorId)),
      eq(events.state, "published"),
      sql`${events.hiddenAt} is null`,
    ),
  );
