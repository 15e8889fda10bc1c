import { and, eq, isNull } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";

const { eventNotices } = schema;

/** What people knew of an event before changes that they have not been told of yet; null: they know it as it is. By `event_notices_open`. */
export async function getOpenNotice(db: Db, eventId: string) {
  const [open] = await db
    .select()
    .from(eventNotices)
    .where(and(eq(eventNotices.eventId, eventId), isNull(eventNotices.closedAt)));
  return open ?? null;
}
