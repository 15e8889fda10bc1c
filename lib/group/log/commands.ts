import { lt, sql } from "drizzle-orm";
import { type Db, schema, type Transaction } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import type { GroupRole } from "#lib/policy/group.ts";

const { groupLog } = schema;

/** What can happen in a group. Each has a sentence in `group.ts` of every language. */
const deeds = [
  "founded",
  "settings",
  "invited",
  "withdrawn",
  "declined",
  "requested",
  "joined",
  "accepted",
  "rejected",
  "role",
  "left",
  "removed",
  "moved",
  "moved-back",
  "event-made",
  "event-deleted",
  "event-taken-out",
  "discussion-named",
  "discussion-locked",
  "discussion-unlocked",
  "discussion-pinned",
  "discussion-unpinned",
  "discussion-deleted",
  "message-deleted",
  "post-published",
  "post-deleted",
  "resource-added",
  "resource-changed",
  "resource-moved",
  "resource-deleted",
] as const;
export type Deed = (typeof deeds)[number];

export type Entry = {
  groupId: string;
  /** Who did it; null: the server by itself, or its operator. */
  actorId: string | null;
  kind: Deed;
  memberId?: string | null;
  role?: GroupRole;
  object?: { id: string; name: string };
};

/** Writes down what happened in a group, in the transaction of the fact. */
export async function writeLog(tx: Transaction, { object, ...entry }: Entry): Promise<void> {
  await tx
    .insert(groupLog)
    .values({ id: newId(), ...entry, objectId: object?.id ?? null, name: object?.name.slice(0, 200) ?? "" });
}

/** Forgets what is older than a year. By `group_log_age`. */
export async function purgeLog(db: Db): Promise<void> {
  await db.delete(groupLog).where(lt(groupLog.createdAt, sql`now() - interval '365 days'`));
}
