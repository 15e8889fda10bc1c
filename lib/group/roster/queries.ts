import { and, asc, eq, gt, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { containing } from "#lib/actor/queries.ts";
import type { GroupRole } from "#lib/policy/group.ts";
import { lastAsk } from "../ask/queries.ts";
import type { Listed } from "./commands.ts";

const { actors, rosterReadings, rosters } = schema;

export type RosterRow = Awaited<ReturnType<typeof listRoster>>[number];

/**
 * One page of those who belong to a group of another server, are invited or ask to come in, as its server told its
 * members here, behind `after`; who is no member yet concerns those who lead it alone. By `rosters_list`, `group_log_asked`.
 */
export const listRoster = (
  db: Db,
  groupId: string,
  { state, words = "", after, limit }: { state: Listed["state"]; words?: string; after?: string; limit: number },
) =>
  db
    .select({
      ...{ id: rosters.id, name: rosters.name, actorUri: rosters.actorUri, message: rosters.message },
      role: sql<GroupRole>`${rosters.role}`,
      /** What that server was asked about them, and has not done. */
      ask: lastAsk(sql`rosters.id`),
    })
    .from(rosters)
    .where(
      and(
        eq(rosters.groupId, groupId),
        eq(rosters.state, state),
        words ? containing(sql`${rosters.name}`, words) : undefined,
        after ? gt(rosters.id, after) : undefined,
      ),
    )
    .orderBy(asc(rosters.id))
    .limit(limit);

/** How the list of a group of another server was read last; null: not yet. By primary key. */
export async function getReading(db: Db, groupId: string) {
  const [row] = await db.select().from(rosterReadings).where(eq(rosterReadings.groupId, groupId));
  return row ?? null;
}

/**
 * Whether somebody of another server is missing among the members of a group elsewhere, by its list as that was read to its end
 * in the last twelve hours; where it was not, that is not known, and false. By primary keys, `rosters_list`.
 */
export async function isMissing(db: Db, groupId: string, actorId: string): Promise<boolean> {
  const theirs = sql`select from ${rosters} l join ${actors} a on a.uri = l.actor_uri
    where l.group_id = ${groupId} and l.state = 'member' and a.id = ${actorId}`;
  const read = and(eq(rosterReadings.groupId, groupId), eq(rosterReadings.whole, true));
  const lately = sql`${rosterReadings.readAt} > now() - interval '12 hours'`;
  return (await db.$count(rosterReadings, and(read, lately, sql`not exists (${theirs})`))) > 0;
}
