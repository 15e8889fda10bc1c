import { count, eq, gt, sql } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { createActor } from "#lib/actor/commands.ts";
import type { ActorRow } from "#lib/actor/queries.ts";
import { cancelEvent, createEvents } from "#lib/event/commands.ts";
import type { EventInput } from "#lib/event/input.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { newId } from "#lib/ids.ts";
import { updateInstance } from "#lib/instance/commands.ts";
import { storePicture } from "#lib/media/commands.ts";
import { confirmParticipation } from "#lib/participation/commands.ts";
import { joinEvent } from "#lib/participation/request/commands.ts";
import { takeSeats } from "#lib/participation/seats/commands.ts";
import { operator, visitor } from "#lib/policy/viewer.ts";
import { addressKey, linkToken } from "#lib/secrets.ts";
import { addDays, dayOf, weekday } from "#lib/time.ts";
import { seedAdministrator } from "./demo/administrator.ts";
import { talk } from "./demo/comments.ts";
import { seedDiscussions } from "./demo/discussions.ts";
import { elsewhere } from "./demo/elsewhere.ts";
import { english } from "./demo/english.ts";
import type { Entry, Moment } from "./demo/entry.ts";
import { french } from "./demo/french.ts";
import { german } from "./demo/german.ts";
import { seedGroups } from "./demo/groups.ts";
import { organisers } from "./demo/organisers.ts";
import { drawPicture, pictureWords } from "./demo/picture.ts";
import { seedPosts } from "./demo/posts.ts";
import { seedResources } from "./demo/resources.ts";
import { venues } from "./demo/venues.ts";

const entries: Entry[] = [...french, ...english, ...german, ...elsewhere];

/**
 * Fills a new demonstration, with dates relative to today. One that was filled before is left as it is while most of its
 * events still lie ahead; later it is filled once more beside what is over.
 */
export async function seed(db: Database, say: (line: string) => void): Promise<void> {
  await seedAdministrator(db, say);
  const [ahead] = await db.select({ events: count() }).from(schema.events).where(gt(schema.events.endTime, sql`now()`));
  if (ahead!.events > entries.length / 4) return;
  say("Writing the demonstration's events …");
  await updateInstance(db, {
    name: "Parvis des Tilleuls",
    description: "A demonstration: sixty invented events in real towns. Nothing here takes place; everything works.",
    contact: "host@example.org",
    timezone: "Europe/Paris",
    demonstration: true,
  });
  const actors = await organiserRows(db);
  await seedGroups(db);
  await seedDiscussions(db);
  await seedPosts(db);
  await seedResources(db);
  const today = dayOf(new Date(), "Europe/Paris");
  const made: { id: string; entry: Entry }[] = [];
  for (const [handle, actor] of actors) {
    const own = entries.filter(({ by }) => by === handle);
    const inputs = await Promise.all(own.map((entry) => inputOf(db, entry, actor, today)));
    const ids = await createEvents(db, operator, actor.id, inputs);
    made.push(...ids.map((id, at) => ({ id, entry: own[at]! })));
  }
  for (const { id, entry } of made) await people(db, id, entry);
  for (const { id, entry } of made) if (entry.calledOff) await cancelEvent(db, operator, id, entry.calledOff);
  await letters(db, made);
  await talk(db, made);
}

async function organiserRows(db: Database): Promise<Map<string, ActorRow>> {
  const rows = new Map<string, ActorRow>();
  for (const input of organisers) {
    const [there] = await db.select().from(schema.actors).where(eq(schema.actors.handle, input.handle));
    rows.set(input.handle, there ?? (await createActor(db, operator, input)));
  }
  return rows;
}

/** The day that a moment means, seen from `today`. A week-end that has begun counts as the coming one. */
export function dayFor([day]: Moment, today: string): string {
  if (typeof day === "number") return addDays(today, day);
  const [name, weeks = "0"] = day.split("+");
  const target = name === "sat" ? 6 : 7;
  return addDays(today, ((target - weekday(today) + 7) % 7) + Number(weeks) * 7);
}

async function inputOf(db: Database, entry: Entry, actor: ActorRow, today: string): Promise<EventInput> {
  const venue = entry.at ? venues[entry.at] : null;
  const { timezone = entry.more?.timezone ?? "Europe/Paris", ...place } = venue ?? {};
  const day = dayFor(entry.on, today);
  const clock = entry.on[1];
  const startWall = `${day}T${clock ?? "00:00"}:00`;
  const hours = (entry.hours ?? 2) * 3_600_000;
  const endWall = clock
    ? new Date(Date.parse(`${startWall}Z`) + hours).toISOString().slice(0, 19)
    : `${addDays(day, (entry.days ?? 1) - 1)}T00:00:00`;
  const tone = toneOf({ tone: null, organizer: actor });
  const coverId = entry.picture
    ? await storePicture(db, await drawPicture(entry.name, tone), pictureWords[entry.lang] ?? pictureWords.en!)
    : null;
  return {
    state: "published",
    name: entry.name,
    content: entry.text,
    language: entry.lang,
    category: entry.category,
    tags: entry.tags ?? [],
    timezone,
    startWall,
    endWall,
    allDay: !clock,
    attendanceMode: venue ? "offline" : "online",
    place: venue ? place : null,
    coverId,
    ...entry.more,
  };
}

/** Invented people who come, or ask to: their rows and their seats together, as everywhere. */
async function people(db: Database, eventId: string, entry: Entry): Promise<void> {
  const some = (state: "accepted" | "pending" | "waitlisted", number: number) =>
    Array.from({ length: number }, (_, at) => {
      const name = names[(at * 7 + entry.name.length) % names.length]!;
      const email = `${name
        .normalize("NFD")
        .replace(/[^A-Za-z]/g, "")
        .toLowerCase()}.${{ accepted: 0, pending: 100, waitlisted: 200 }[state] + at}@example.org`;
      return {
        id: newId(),
        eventId,
        email,
        emailKey: addressKey(email),
        name,
        state,
        message: state === "pending" ? "I have never done this, and would love to try." : "",
        language: entry.lang === "fr" ? "fr" : "en",
        timezone: "Europe/Paris",
        confirmedAt: new Date(),
        decidedAt: state === "accepted" ? new Date() : null,
        waitlistedAt: state === "waitlisted" ? new Date(Date.now() - (20 - at) * 60_000) : null,
      };
    });
  const rows = [
    ...some("accepted", entry.people ?? 0),
    ...some("pending", entry.pending ?? 0),
    ...some("waitlisted", entry.waiting ?? 0),
  ];
  if (rows.length === 0) return;
  await transact(db, async (tx) => {
    if (entry.people) await takeSeats(tx, eventId, entry.people);
    await tx.insert(schema.participations).values(rows);
  });
}

/** Two people take part before one's eyes, so that the mailbox shows what they get. */
async function letters(db: Database, made: { id: string; entry: Entry }[]): Promise<void> {
  const open = made.filter(({ entry }) => ["Repair café du samedi", "Silent reading, loud tea"].includes(entry.name));
  for (const { id, entry } of open) {
    const request = {
      eventId: id,
      email: `ada-${id.slice(-6)}@example.org`,
      name: "Ada",
      guests: 0,
      message: "",
      answers: {},
    };
    const participation = await joinEvent(db, visitor, { ...request, language: entry.lang, formId: newId() });
    await confirmParticipation(db, linkToken("participation", participation, 0));
  }
}

const names = [
  "Ada",
  "Björn",
  "Chloé",
  "Dmitri",
  "Esra",
  "Fatou",
  "Giulia",
  "Hiroshi",
  "Inês",
  "João",
  "Kwame",
  "Łukasz",
  "Maëlle",
  "Noor",
  "Óscar",
  "Priya",
];
