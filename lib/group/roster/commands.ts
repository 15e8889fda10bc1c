import { and, eq, lt, sql } from "drizzle-orm";
import { type Database, type Db, schema, type Transaction, transact } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import type { RosterPlace } from "#lib/jobs/kinds.ts";
import type { GroupRole } from "#lib/policy/group.ts";
import { Refusal } from "#lib/refusal.ts";
import { type AskKind, askAway, type Decided } from "../ask/commands.ts";

const { rosterReadings, rosters } = schema;

/** Somebody of the list of a group of another server, as that server has it. */
export type Listed = {
  uri: string;
  actorUri: string;
  name: string;
  role: GroupRole;
  state: "member" | "invited" | "requested";
  message: string;
};

/** How many people of one group are read at most. */
export const mostListed = 10_000;

/** What a step of a reading that began at `since` told, and how far it came: to the end, not so far, or to where it goes on. */
type Step = { since: Date; listed: Listed[]; reach: "whole" | "part" | RosterPlace };

/**
 * Keeps what was read just now of the list of a group of another server, in its order. Who is not in it any more is not kept once it
 * was read to its end, and not before. By `rosters_uri`, `rosters_list`.
 */
export async function keepRoster(db: Db, groupId: string, { since, listed, reach }: Step): Promise<void> {
  await transact(db, async (tx) => {
    // Those of one millisecond are in no order.
    const ids = listed.map(() => newId()).sort();
    const rows = [
      ...new Map(listed.map((one, at) => [one.uri, { ...one, id: ids[at]!, groupId, seenAt: since }])).values(),
    ];
    for (let at = 0; at < rows.length; at += 500)
      await tx
        .insert(rosters)
        .values(rows.slice(at, at + 500))
        .onConflictDoUpdate({
          target: [rosters.groupId, rosters.uri],
          set: {
            ...{ actorUri: sql`excluded.actor_uri`, name: sql`excluded.name`, role: sql`excluded.role` },
            ...{ state: sql`excluded.state`, message: sql`excluded.message` },
            // A reading that began later may have seen them already.
            seenAt: sql`greatest(${rosters.seenAt}, excluded.seen_at)`,
          },
        });
    const over = typeof reach === "string";
    const reading = { startedAt: since, readAt: sql`now()`, ...(over ? { whole: reach === "whole" } : {}) };
    await tx
      .insert(rosterReadings)
      .values({ groupId, ...reading })
      .onConflictDoUpdate({ target: rosterReadings.groupId, set: reading });
    if (reach === "whole") await tx.delete(rosters).where(and(eq(rosters.groupId, groupId), lt(rosters.seenAt, since)));
    if (!over) await enqueue(tx, "roster", { groupId, from: reach }, { once: `${groupId} ${reach.since}` });
  });
}

type Reading = Pick<typeof rosterReadings.$inferSelect, "startedAt" | "readAt">;

/**
 * Has the list of a group of another server read anew, where what is known of it is older than a minute, or than ten times as long
 * as it took to read.
 */
export async function renewRoster(
  db: Database,
  groupId: string,
  last: Reading | null,
  now = new Date(),
): Promise<void> {
  const took = last ? last.readAt.getTime() - last.startedAt.getTime() : 0;
  if (last && now.getTime() - last.readAt.getTime() < Math.max(60_000, 10 * took)) return;
  await transact(db, (tx) => readAnew(tx, groupId));
}

/** Has it read anew in any case, once however many want it. */
export const readAnew = (tx: Transaction, groupId: string): Promise<void> =>
  enqueue(tx, "roster", { groupId }, { once: groupId });

type About = { kind: AskKind; state: Listed["state"]; role?: GroupRole; may?: (role: GroupRole) => boolean };

/**
 * Asks the server of a group, which is locked, for something about somebody of its list, if `may` says so of their role there.
 * @throws Refusal not-found, already-decided.
 */
export async function askAbout(
  tx: Transaction,
  { id: groupId, actorId }: { id: string; actorId: string | null },
  id: string,
  { kind, state, role, may = () => true }: About,
): Promise<Decided> {
  const [row] = await tx
    .select()
    .from(rosters)
    .where(and(eq(rosters.groupId, groupId), eq(rosters.id, id)));
  if (!row || !may(row.role as GroupRole)) throw new Refusal("not-found");
  if (row.state !== state) throw new Refusal("already-decided");
  return askAway(tx, { groupId, actorId, kind, role, object: row });
}

/** Forgets what was not said for a day: nobody looks at it any more. By `rosters_seen`; of readings there are few. */
export async function purgeRosters(db: Db): Promise<void> {
  const ago = sql`now() - interval '1 day'`;
  await db.delete(rosters).where(lt(rosters.seenAt, ago));
  await db.delete(rosterReadings).where(lt(rosterReadings.readAt, ago));
}
