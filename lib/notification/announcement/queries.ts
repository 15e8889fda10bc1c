import { and, desc, eq, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { tellable } from "#lib/participation/queries.ts";

const { announcements, participations } = schema;

/** A message of an organiser; its words are empty when it is gone. By primary key. */
export async function getAnnouncement(db: Db, id: string): Promise<{ name: string; content: string }> {
  const [row] = await db.select().from(announcements).where(eq(announcements.id, id));
  return row ?? { name: "", content: "" };
}

/** What was sent about an event, the latest first, fifty at most. By `announcements_event`. */
export const listAnnouncements = (db: Db, eventId: string) =>
  db
    .select()
    .from(announcements)
    .where(eq(announcements.eventId, eventId))
    .orderBy(desc(announcements.createdAt))
    .limit(50);

/** How many of each list get what is written to it, by mail or by a note. By `participations_list`. */
export async function countTellable(db: Db, eventId: string): Promise<Record<Audience, number>> {
  const rows = await db
    .select({ state: participations.state, count: sql<number>`count(*)::int` })
    .from(participations)
    .where(and(eq(participations.eventId, eventId), tellable()))
    .groupBy(participations.state);
  const of = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
  const [accepted, pending, waitlisted] = [of("accepted"), of("pending"), of("waitlisted")];
  return { all: accepted + pending + waitlisted + of("tentative"), accepted, pending, waitlisted };
}

export const audiences = ["all", "accepted", "pending", "waitlisted"] as const;
export type Audience = (typeof audiences)[number];
