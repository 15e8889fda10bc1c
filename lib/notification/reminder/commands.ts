import { and, asc, eq, gt, lte, ne, notExists, sql } from "drizzle-orm";
import { type Database, type Db, schema, type Transaction, transact } from "#db/client.ts";
import { enqueueMails } from "#lib/jobs/enqueue.ts";
import { reachable } from "#lib/participation/queries.ts";
import type { ReminderSubject } from "../choice/matrix.ts";
import { reminderAt } from "./due.ts";

const { accounts, actors, events, mails, notificationChoices, participations } = schema;
const page = 500;

/** Published, not called off, starts within a day, and nobody was reminded of this very start. By `events_reminders`. */
const isDue = and(
  eq(events.state, "published"),
  ne(events.status, "cancelled"),
  gt(events.startTime, sql`now()`),
  lte(events.startTime, sql`now() + interval '24 hours'`),
  sql`${events.remindedOf} is distinct from ${events.startTime}`,
);

/**
 * Reminds everybody who has a place of what starts within a day, once a start: an event that moves is reminded of anew. A
 * sweep over the events themselves, not a job for each person kept for months: what moves, is called off or is left needs
 * no job to be found and changed. May run twice at once and again after a crash.
 */
export async function remindAll(db: Database, now = new Date()): Promise<number> {
  const due = await db.select({ id: events.id }).from(events).where(isDue).orderBy(asc(events.startTime)).limit(1_000);
  let count = 0;
  for (const { id } of due) count += await transact(db, (tx) => remind(tx, id));
  for (const subject of ["reminder-week", "reminder-morning"] as const) count += await remindHolders(db, subject, now);
  return count;
}

/**
 * Reminds those who chose it for their account: a week before, or that same morning, each by their own clock. Once a
 * start, known by its mail.
 */
async function remindHolders(db: Database, subject: "reminder-week" | "reminder-morning", now: Date): Promise<number> {
  let count = 0;
  for (let after: string | null = null; ; ) {
    const chosen: Chosen[] = await listChosen(db, subject, after);
    const due = chosen.filter((one) => isDueAt(subject, one, now));
    count += await transact(db, (tx) =>
      enqueueMails(
        tx,
        due.map(({ id, startTime }) => ({
          message: "event-reminder" as const,
          participationId: id,
          data: { reminder: subject, startTime: startTime.toISOString() },
          dedupe: `${subject}:${startTime.getTime()}:${id}`,
        })),
      ),
    );
    if (chosen.length < page) return count;
    after = chosen.at(-1)!.id;
  }
}

/** Its time has come and the event has not; and who joined after that time has just been told everything. */
function isDueAt(subject: ReminderSubject, one: Chosen, now: Date): boolean {
  const at = reminderAt(subject, one, one.zone);
  return at !== null && at <= now && one.joined < at && now < (one.allDay ? one.endTime : one.startTime);
}

async function remind(tx: Transaction, eventId: string): Promise<number> {
  const [event] = await tx
    .select({ startTime: events.startTime })
    .from(events)
    .where(and(eq(events.id, eventId), isDue))
    .for("no key update");
  if (!event) return 0;
  await tx.update(events).set({ remindedOf: event.startTime }).where(eq(events.id, eventId));
  let count = 0;
  for (let after: string | null = null; ; ) {
    const ids = await listReminded(tx, eventId, after);
    count += await enqueueMails(
      tx,
      ids.map((participationId) => ({
        message: "event-reminder" as const,
        participationId,
        dedupe: `event-reminder:${event.startTime.getTime()}:${participationId}`,
      })),
    );
    if (ids.length < page) return count;
    after = ids.at(-1)!;
  }
}

/** Who has a place, can be written to, and did not switch reminders off, of this event or of all: a page of ids. By `participations_list`. */
async function listReminded(tx: Transaction, eventId: string, after: string | null): Promise<string[]> {
  const rows = await tx
    .select({ id: participations.id })
    .from(participations)
    .where(
      and(
        eq(participations.eventId, eventId),
        eq(participations.state, "accepted"),
        eq(participations.reminder, true),
        reachable(),
        notExists(
          tx
            .select({ one: sql`1` })
            .from(notificationChoices)
            .innerJoin(actors, eq(actors.accountId, notificationChoices.accountId))
            .where(
              and(
                eq(actors.id, participations.actorId),
                eq(notificationChoices.subject, "reminder-day"),
                eq(notificationChoices.cadence, "off"),
              ),
            ),
        ),
        // Who joined within this day has just been told everything.
        sql`coalesce(${participations.confirmedAt}, ${participations.createdAt}) < now() - interval '1 hour'`,
        after ? gt(participations.id, after) : undefined,
      ),
    )
    .orderBy(asc(participations.id))
    .limit(page);
  return rows.map(({ id }) => id);
}

type Chosen = Awaited<ReturnType<typeof listChosen>>[number];

/**
 * Who takes part as a profile, in something for which such a reminder may be due about now, chose it, and did not get it
 * yet: a page, to be looked at one by one, since only their own clock knows. By `notification_choices`' key, the
 * profiles of `actors_account`, `participations_profile` and the events' key.
 */
const listChosen = (db: Db, subject: "reminder-week" | "reminder-morning", after: string | null) =>
  db
    .select({
      id: participations.id,
      startTime: events.startTime,
      endTime: events.endTime,
      allDay: events.allDay,
      timezone: events.timezone,
      zone: accounts.timezone,
      joined: sql`coalesce(${participations.confirmedAt}, ${participations.createdAt})`.mapWith(events.createdAt),
    })
    .from(notificationChoices)
    .innerJoin(accounts, and(eq(accounts.id, notificationChoices.accountId), eq(accounts.state, "active")))
    .innerJoin(actors, eq(actors.accountId, accounts.id))
    .innerJoin(participations, eq(participations.actorId, actors.id))
    .innerJoin(events, eq(events.id, participations.eventId))
    .where(
      and(
        eq(notificationChoices.subject, subject),
        ne(notificationChoices.cadence, "off"),
        eq(participations.state, "accepted"),
        eq(participations.reminder, true),
        eq(events.state, "published"),
        ne(events.status, "cancelled"),
        subject === "reminder-week"
          ? sql`${events.startTime} > now() + interval '6 days' and ${events.startTime} <= now() + interval '7 days'`
          : // A day that lasts all day has begun somewhere before its morning; another begins within that morning's day.
            sql`${events.startTime} > now() - interval '1 day' and ${events.startTime} <= now() + interval '1 day'`,
        notExists(
          db
            .select({ one: sql`1` })
            .from(mails)
            .where(
              sql`${mails.dedupe} = ${subject} || ':' || (extract(epoch from ${events.startTime}) * 1000)::bigint || ':' || ${participations.id}`,
            ),
        ),
        after ? gt(participations.id, after) : undefined,
      ),
    )
    .orderBy(asc(participations.id))
    .limit(page);
