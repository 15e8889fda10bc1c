import { and, eq } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import { cadences } from "../choice/matrix.ts";
import { getSettledMoment } from "../news/queries.ts";
import { windowBegan } from "../news/window.ts";
import { listPending, listZones, type Pending, page } from "./queries.ts";

const { discussionReaders } = schema;

/**
 * Tells members what was written in the discussions of their groups and they have not read: one mail a discussion and
 * window, at the cadence that each has chosen; whoever is named in it hears at once, unless they wish to hear nothing. A
 * sweep, as `tellNews`; may run twice at once and again after a crash.
 */
export async function tellDiscussions(db: Database, now = new Date()): Promise<number> {
  const settled = await getSettledMoment(db);
  const windows = (await listZones(db)).flatMap((timezone) =>
    cadences.flatMap((cadence) => {
      const began = windowBegan(cadence, timezone, now);
      return began ? [{ cadence, timezone, began }] : [];
    }),
  );
  let count = 0;
  for (let after: Pending | null = null; ; ) {
    const pending: Pending[] = await listPending(db, windows, after);
    for (const one of pending) {
      const until = untilWhen(one, settled, now);
      if (until && one.first && one.first < until) count += await tell(db, one, until);
    }
    if (pending.length < page) return count;
    after = pending.at(-1)!;
  }
}

/** Up to when somebody is to be told now; null: not now. */
function untilWhen({ cadence, timezone, since, named, rested }: Pending, settled: Date, now: Date): Date | null {
  if (named) return settled;
  if (cadence === "at-once") return rested ? settled : null;
  const began = windowBegan(cadence, timezone, now);
  return began && began > since && began <= settled ? began : null;
}

/** Writes the mail and remembers up to when it tells, both or neither; nothing, where another sweep was faster. */
const tell = (db: Database, { accountId, discussionId, since, told }: Pending, until: Date): Promise<number> =>
  transact(db, async (tx) => {
    await tx.insert(discussionReaders).values({ accountId, discussionId }).onConflictDoNothing();
    const mine = and(eq(discussionReaders.accountId, accountId), eq(discussionReaders.discussionId, discussionId));
    const [row] = await tx.select().from(discussionReaders).where(mine).for("update");
    if (!row || row.toldAt?.getTime() !== told?.getTime()) return 0;
    await tx.update(discussionReaders).set({ toldAt: until }).where(mine);
    const data = { discussionId, since: since.toISOString(), until: until.toISOString() };
    const dedupe = `discussion:${discussionId}:${accountId}:${until.getTime()}`;
    return (await enqueueMail(tx, { message: "discussion-news", accountId, data, dedupe })) ? 1 : 0;
  });
