import { and, asc, desc, eq, getTableColumns, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import { type Db, schema, type Transaction, transact } from "#db/client.ts";
import { operator } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { quitAway } from "../away/commands.ts";
import { endGroup, lockGroup } from "../commands.ts";
import { writeLog } from "../log/commands.ts";

const { actors, memberships, transfers } = schema;

/** Whoever looks after a group next: the moderator of longest standing, else the member; of this server. By `memberships_list`. */
async function heirOf(tx: Transaction, groupId: string, leaving: string) {
  const [heir] = await tx
    .select({ id: memberships.id, memberId: memberships.memberId, role: memberships.role })
    .from(memberships)
    .innerJoin(actors, and(eq(actors.id, memberships.memberId), isNull(actors.host), isNotNull(actors.accountId)))
    .where(and(eq(memberships.groupId, groupId), eq(memberships.state, "member"), ne(memberships.memberId, leaving)))
    .orderBy(
      desc(sql`${memberships.role} = 'administrator'`),
      desc(sql`${memberships.role} = 'moderator'`),
      asc(memberships.joinedAt),
      asc(memberships.id),
    )
    .limit(1);
  return heir ?? null;
}

/**
 * Takes somebody out of all groups whose profile goes, of this server or another. Who was the last administrator leaves the group to its moderator of
 * longest standing, or else its member; a group that nobody is left in is closed. May run twice.
 */
export async function departFromGroups(db: Db, actorId: string): Promise<void> {
  // By primary key, `transfers_group`.
  await db.delete(transfers).where(or(eq(transfers.actorId, actorId), eq(transfers.groupId, actorId)));
  const own = await db
    .select({ ...getTableColumns(memberships), host: actors.host })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.groupId))
    .where(eq(memberships.memberId, actorId));
  for (const { id, groupId, state, role, host } of own)
    await transact(db, async (tx) => {
      if (host) return quitAway(tx, { id, state });
      const group = await lockGroup(tx, operator, groupId, null).catch((error: unknown) => {
        if (error instanceof Refusal) return null;
        throw error;
      });
      await tx.delete(memberships).where(eq(memberships.id, id));
      if (!group || state !== "member") return;
      await writeLog(tx, { groupId, actorId: null, kind: "left" });
      if (role !== "administrator") return;
      const heir = await heirOf(tx, groupId, actorId);
      if (!heir) return endGroup(tx, groupId);
      if (heir.role === "administrator") return;
      await tx
        .update(memberships)
        .set({ role: "administrator", updatedAt: sql`now()` })
        .where(eq(memberships.id, heir.id));
      await writeLog(tx, { groupId, actorId: null, kind: "role", memberId: heir.memberId, role: "administrator" });
    });
}
