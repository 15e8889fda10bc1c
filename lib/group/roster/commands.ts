import { and, eq, lt, sql } from "drizzle-orm";
import { type Database, type Db, schema, type Transaction, transact } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import type { GroupRole } from "#lib/policy/group.ts";
import { Refusal } from "#lib/refusal.ts";
import { type AskKind, askAway, type Decided } from "../ask/commands.ts";

const { rosters } = schema;

/** Somebody of the list of a group of another server, as that server has it. */
export type Listed = {
  uri: string;
  actorUri: string;
  name: string;
  role: GroupRole;
  state: "member" | "invited" | "requested";
  message: string;
};

/** Keeps the list of a group of another server as it was read just now, in its order; who is not in it any more is not kept. */
export async function keepRoster(db: Db, groupId: string, listed: Listed[]): Promise<void> {
  await transact(db, async (tx) => {
    const seenAt = new Date();
    // Those of one millisecond are in no order.
    const ids = listed.map(() => newId()).sort();
    const rows = [...new Map(listed.map((one, at) => [one.uri, { ...one, id: ids[at]!, groupId, seenAt }])).values()];
    for (let at = 0; at < rows.length; at += 500)
      await tx
        .insert(rosters)
        .values(rows.slice(at, at + 500))
        .onConflictDoUpdate({
          target: [rosters.groupId, rosters.uri],
          set: {
            ...{ actorUri: sql`excluded.actor_uri`, name: sql`excluded.name`, role: sql`excluded.role` },
            ...{ state: sql`excluded.state`, message: sql`excluded.message`, seenAt },
          },
        });
    await tx.delete(rosters).where(and(eq(rosters.groupId, groupId), lt(rosters.seenAt, seenAt)));
  });
}

/** Has the list of a group of another server read anew, where what is known of it is older than a minute. */
export async function renewRoster(db: Database, groupId: string, seenAt: Date | null, now = new Date()): Promise<void> {
  if (seenAt && now.getTime() - seenAt.getTime() < 60_000) return;
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

/** Forgets what was not said for a day: nobody looks at it any more. By `rosters_seen`. */
export async function purgeRosters(db: Db): Promise<void> {
  await db.delete(rosters).where(lt(rosters.seenAt, sql`now() - interval '1 day'`));
}
