import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { behindComment } from "#lib/discussion/comment/queries.ts";
import { isId } from "#lib/ids.ts";
import { commentsVisibleTo } from "#lib/policy/comment.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { eventUri } from "./addresses.ts";
import type { Json } from "./documents.ts";
import { commentUri } from "./objects/comment.ts";

const { actors, comments } = schema;

const pageSize = 20;

type Asked = { event: { id: string; organizer: string }; name: "replies" | "context"; query: URLSearchParams };

/**
 * What was said under an event, as addresses, oldest first: `replies` to the event itself; or `context` (FEP-7888), the
 * event and all that followed. Pages of twenty, from behind a comment on. By `comments_threads`.
 */
export async function repliesOf(db: Db, { event, name, query }: Asked): Promise<Json | null> {
  const own = eventUri({ id: event.id, uri: null });
  const id = `${own}/${name}`;
  const whole = name === "context";
  const among = and(
    eq(comments.eventId, event.id),
    commentsVisibleTo(visitor, null),
    whole ? undefined : eq(comments.threadId, comments.id),
  );
  const kind = whole ? "OrderedCollection" : "Collection";
  const head = {
    "@context": "https://www.w3.org/ns/activitystreams",
    ...(whole ? { attributedTo: event.organizer } : {}),
    totalItems: (await countAmong(db, among)) + (whole ? 1 : 0),
  };
  if (!query.has("page")) return { ...head, id, type: kind, first: `${id}?page=1` };
  const after = query.get("after");
  if (after !== null && !isId(after)) return null;
  const rows = await db
    .select({ id: comments.id, uri: comments.uri })
    .from(comments)
    .innerJoin(actors, eq(actors.id, comments.actorId))
    .where(and(among, after ? behindComment(after) : undefined))
    .orderBy(asc(comments.threadAt), asc(comments.threadId), asc(comments.createdAt), asc(comments.id))
    .limit(pageSize + 1);
  const shown = rows.slice(0, pageSize);
  const items = [...(whole && !after ? [own] : []), ...shown.map(commentUri)];
  return {
    ...head,
    id: `${id}?page=1${after ? `&after=${after}` : ""}`,
    type: `${kind}Page`,
    partOf: id,
    ...(rows.length > pageSize ? { next: `${id}?page=1&after=${shown.at(-1)!.id}` } : {}),
    ...(whole ? { orderedItems: items } : { items }),
  };
}

async function countAmong(db: Db, among: SQL | undefined): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(comments)
    .innerJoin(actors, eq(actors.id, comments.actorId))
    .where(among);
  return row!.count;
}
