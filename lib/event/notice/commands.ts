import { and, eq, isNull } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import type { EventFigure } from "#db/schema/event.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { getOpenNotice } from "./queries.ts";

const { eventNotices } = schema;

/** How long changes are gathered before people are told once. */
const gathering = 10 * 60_000;

/** Remembers what people knew, unless that is remembered already, and enqueues the telling. Returns when it is due. */
export async function openNotice(tx: Transaction, eventId: string, before: EventFigure, now = false): Promise<Date> {
  const at = new Date(Date.now() + (now ? 0 : gathering));
  const [opened] = await tx
    .insert(eventNotices)
    .values({ id: newId(), eventId, before })
    .onConflictDoNothing()
    .returning({ id: eventNotices.id });
  if (opened) {
    await enqueue(tx, "event-changed", { noticeId: opened.id }, { at });
    return at;
  }
  const open = await getOpenNotice(tx, eventId);
  if (!open || now) {
    if (open) await enqueue(tx, "event-changed", { noticeId: open.id });
    return at;
  }
  return new Date(open.createdAt.getTime() + gathering);
}

/** Enqueues the last word on an event; a change that people were not told of yet is not told any more. */
export async function callOff(
  tx: Transaction,
  eventId: string,
  message: "event-cancelled" | "event-deleted",
): Promise<Date> {
  await tx
    .update(eventNotices)
    .set({ closedAt: new Date() })
    .where(and(eq(eventNotices.eventId, eventId), isNull(eventNotices.closedAt)));
  await enqueue(tx, "event-called-off", { eventId, message });
  return new Date();
}
