import { and, eq, getTableColumns, isNull, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { absolute } from "#lib/urls.ts";

const { actors } = schema;

/** Who an id names, of this server or known here of another; null: nobody. By `actors_uri`, or `actors_address`. */
export async function getActorByUri(db: Db, uri: string) {
  const own = absolute("/@");
  const which = uri.startsWith(own)
    ? and(eq(actors.handle, uri.slice(own.length)), isNull(actors.host))
    : eq(actors.uri, uri);
  const [row] = await db.select().from(actors).where(which);
  return row ?? null;
}

/**
 * Where a group may move to, as it was read last, and how many would go there; null: nobody is known by this id. By primary
 * key, `follows_followed`, `memberships_list`.
 */
export async function getDestination(db: Db, { groupId, toId }: { groupId: string; toId: string }) {
  const [row] = await db
    .select({
      to: getTableColumns(actors),
      followers: sql<number>`(select count(*)::int from follows f where f.followed_id = ${groupId} and f.state = 'accepted')`,
      members: sql<number>`(select count(*)::int from memberships m where m.group_id = ${groupId} and m.state = 'member')`,
    })
    .from(actors)
    .where(eq(actors.id, toId));
  return row ?? null;
}
