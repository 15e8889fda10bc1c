import { and, eq } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import { type NewsSubject, newsSubjects } from "../choice/matrix.ts";
import { getSettledMoment, listWaiting, page, type Waiting } from "./queries.ts";
import { windowBegan } from "./window.ts";

const { notificationChoices } = schema;

/**
 * Tells those who run events what is new there, at the cadence that each has chosen: one mail of a kind a window, with
 * all events in it; at once means within a minute, and what follows within ten is gathered. A sweep over what happened,
 * not a job for each who comes. May run twice at once and again after a crash.
 */
export async function tellNews(db: Database, now = new Date()): Promise<number> {
  const settled = await getSettledMoment(db);
  let count = 0;
  for (const subject of newsSubjects)
    for (let after: string | null = null; ; ) {
      const waiting: Waiting[] = await listWaiting(db, subject, after);
      for (const one of waiting) {
        const until = untilWhen(one, settled, now);
        if (until && one.first < until) count += await tell(db, subject, one, until);
      }
      if (waiting.length < page) break;
      after = waiting.at(-1)!.accountId;
    }
  return count;
}

/** Up to when somebody is to be told now; null: not now. */
function untilWhen({ cadence, timezone, since, rested }: Waiting, settled: Date, now: Date): Date | null {
  if (cadence === "at-once") return rested ? settled : null;
  const began = windowBegan(cadence, timezone, now);
  // A transaction of before the window may still be open: its turn comes within the minute.
  return began && began > since && began <= settled ? began : null;
}

/** Writes the mail and remembers up to when it tells, both or neither; nothing, where another sweep was faster. */
const tell = (db: Database, subject: NewsSubject, one: Waiting, until: Date): Promise<number> =>
  transact(db, async (tx) => {
    const { accountId, cadence, since, choice } = one;
    await tx.insert(notificationChoices).values({ accountId, subject, cadence }).onConflictDoNothing();
    const mine = and(eq(notificationChoices.accountId, accountId), eq(notificationChoices.subject, subject));
    const [row] = await tx.select().from(notificationChoices).where(mine).for("update");
    if (row?.cadence !== cadence || row.toldAt?.getTime() !== choice?.getTime()) return 0;
    await tx.update(notificationChoices).set({ toldAt: until }).where(mine);
    const data = { subject, since: since.toISOString(), until: until.toISOString() };
    const dedupe = `news:${subject}:${accountId}:${until.getTime()}`;
    return (await enqueueMail(tx, { message: "organizer-news", accountId, data, dedupe })) ? 1 : 0;
  });
