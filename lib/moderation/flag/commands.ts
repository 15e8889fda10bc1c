import { and, eq, isNotNull, ne } from "drizzle-orm";
import { type Db, schema, type Transaction, transact } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";

const { accounts, flags } = schema;

/** How many reports of one server may wait for the host: a flood is one server's, and buries nobody else's. */
const mostOpen = 200;

/** What a report is about: an actor, or something of theirs. */
export type FlagTarget = {
  actorId: string | null;
  eventId: string | null;
  commentId: string | null;
  postId: string | null;
  messageId: string | null;
};

type FlagInput = {
  uri: string | null;
  reporterId: string | null;
  /** The server that sent it; null: it was written here. */
  reporterHost: string | null;
  /** Plain text. */
  content: string;
  /**
   * The words of what is said for some alone, plain text: only where the reporter, who reads them, shows them to the host. Of
   * a comment "" where they do not; null: everybody reads it.
   */
  quote?: string | null;
  targets: FlagTarget[];
};

/** Puts a report before the host: a row for each thing that it is about. What a server sends beyond its measure is dropped. */
export async function raiseFlag(db: Db, { targets, content, quote = null, ...from }: FlagInput): Promise<void> {
  if (targets.length === 0) return;
  await transact(db, async (tx) => {
    if (from.reporterHost !== null) {
      // By `flags_queue`: what is open is few.
      const open = await tx.$count(flags, and(eq(flags.state, "open"), eq(flags.reporterHost, from.reporterHost)));
      if (open + targets.length > mostOpen) return;
    }
    const rows = targets.map((target) => ({ id: newId(), ...from, ...target, content: content.slice(0, 5000), quote }));
    await tx.insert(flags).values(rows);
    await tellModerators(tx, rows[0]!.id);
  });
}

const hour = 3600_000;

/**
 * Those who moderate are mailed at once, and once an hour at most: what is reported meanwhile waits for the next full hour.
 * Reads through the accounts, which reports are rare enough for.
 */
async function tellModerators(tx: Transaction, flagId: string): Promise<void> {
  const moderators = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(ne(accounts.role, "member"), eq(accounts.state, "active"), isNotNull(accounts.confirmedAt)));
  const now = Math.floor(Date.now() / hour);
  for (const { id: accountId } of moderators) {
    const mail = (at: number) =>
      ({ message: "report", accountId, data: { flagId }, dedupe: `report:${accountId}:${at}` }) as const;
    const told = await enqueueMail(tx, mail(now));
    if (!told) await enqueueMail(tx, { ...mail(now + 1), at: new Date((now + 1) * hour) });
  }
}
