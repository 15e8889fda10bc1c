import { and, eq, isNull, lt, ne, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import type { MailData } from "#db/schema/mail.ts";
import { changesBetween, figureOf } from "#lib/event/figure.ts";
import { enqueue, enqueueMails } from "#lib/jobs/enqueue.ts";
import type { Jobs, MailMessage } from "#lib/jobs/kinds.ts";
import { placeLine } from "#lib/place/address.ts";
import { listToldParticipations, lockToldEvent } from "./queries.ts";

const { eventNotices, mails } = schema;

/**
 * Tells participants what changed since a notice was opened: once each, from the first "before" to what holds now. What
 * was changed back, called off or is over meanwhile is not told. All or nothing, so it may run again.
 */
export async function tellChanges(db: Database, noticeId: string): Promise<number> {
  return transact(db, async (tx) => {
    const [open] = await tx
      .select({ eventId: eventNotices.eventId })
      .from(eventNotices)
      .where(and(eq(eventNotices.id, noticeId), isNull(eventNotices.closedAt)));
    if (!open) return 0;
    // The event's row first, as whoever changes it does: a change is before us and told, or after us and opens a notice.
    const told = await lockToldEvent(tx, open.eventId);
    const [notice] = await tx
      .update(eventNotices)
      .set({ closedAt: sql`now()` })
      .where(and(eq(eventNotices.id, noticeId), isNull(eventNotices.closedAt)))
      .returning();
    if (!notice || !told) return 0;
    const { event, place } = told;
    const after = figureOf(event, place ? placeLine(place) : "");
    const { before } = notice;
    const future = [event.endTime, new Date(before.endTime ?? before.startTime)].some((end) => end > new Date());
    const silent = event.state !== "published" || event.status === "cancelled" || !future;
    if (silent || changesBetween(before, after).length === 0) return 0;
    // Of another server's event, that server speaks.
    if (event.uri === null) await enqueue(tx, "event-note", { noticeId });
    return fanOut(tx, event.id, "event-changed", noticeId, { before, after });
  });
}

/**
 * Writes one mail a participant of an event that was cancelled or deleted; running again writes none. Who was told that
 * it is cancelled is not told that it was removed afterwards.
 */
export async function callOffEvent(
  db: Database,
  eventId: string,
  message: Jobs["event-called-off"]["message"],
): Promise<number> {
  return transact(db, async (tx) => {
    const told = await lockToldEvent(tx, eventId);
    if (!told) return 0;
    const { event } = told;
    const holds = message === "event-deleted" ? event.state === "deleted" : event.state !== "draft";
    if (!holds || (event.status === "cancelled") !== (message === "event-cancelled")) return 0;
    return fanOut(tx, eventId, message, `${eventId}:${event.sequence}`, {});
  });
}

async function fanOut(
  tx: Transaction,
  eventId: string,
  message: MailMessage,
  fact: string,
  data: MailData,
): Promise<number> {
  let count = 0;
  for (let after: string | null = null; ; ) {
    const ids: string[] = await listToldParticipations(tx, eventId, after);
    count += await enqueueMails(
      tx,
      ids.map((participationId) => ({
        message,
        participationId,
        data,
        dedupe: `${message}:${fact}:${participationId}`,
      })),
    );
    if (ids.length < 500) return count;
    after = ids.at(-1)!;
  }
}

/** Forgets notices and mails that were settled 30 days ago. By index `mails_finished`. */
export async function purgeMails(db: Database): Promise<void> {
  await db.delete(mails).where(and(ne(mails.state, "queued"), lt(mails.createdAt, sql`now() - interval '30 days'`)));
  await db.delete(eventNotices).where(lt(eventNotices.closedAt, sql`now() - interval '30 days'`));
}
