import { and, eq, sql } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { canSeeEvent } from "#lib/policy/event.ts";
import type { Obstacle } from "#lib/policy/participation.ts";
import { Refusal } from "#lib/refusal.ts";
import { admit } from "../admission/commands.ts";
import { releaseSeats } from "../waiting-list/commands.ts";

const { events, participations } = schema;

/** Somebody of another server, as their server names them. */
export type RemotePerson = { id: string; name: string; handle: string; host: string };

export type RemoteRequest = {
  /** The id of the activity that asks; its answer embeds it. */
  uri: string;
  source: "join" | "invite";
  message: string;
  language: string;
};

const present = ["accepted", "pending", "waitlisted", "tentative"];

async function lock(tx: Transaction, person: RemotePerson, eventId: string) {
  const [at] = await tx
    .select({ event: events, now: sql`now()`.mapWith(events.createdAt) })
    .from(events)
    .where(eq(events.id, eventId))
    .for("no key update");
  if (!at || at.event.uri !== null || !canSeeEvent({ kind: "remote", actorId: person.id }, at.event)) return null;
  const [row] = await tx
    .select()
    .from(participations)
    .where(and(eq(participations.eventId, eventId), eq(participations.actorId, person.id)))
    .for("update");
  return { ...at, row };
}

/**
 * Lets somebody of another server take part: a seat at once, a request, or a place in the queue, by the same rules as a
 * form. Asked again it changes nothing, and is answered again. Returns what stands in the way, or null.
 * @throws Refusal not-found for an event that is not ours or not theirs to see.
 */
export async function joinFromElsewhere(
  tx: Transaction,
  person: RemotePerson,
  eventId: string,
  { uri, source, message, language }: RemoteRequest,
): Promise<Obstacle | null> {
  const found = await lock(tx, person, eventId);
  if (!found) throw new Refusal("not-found");
  const { row, event, now } = found;
  if (row && (present.includes(row.state) || (row.state === "rejected" && row.decidedAt))) {
    await tx.update(participations).set({ uri, answered: null }).where(eq(participations.id, row.id));
    await enqueue(tx, "participation-answers", {}, { once: row.id });
    return null;
  }
  const admitted = await admit(tx, event, 1, now);
  if ("obstacle" in admitted) return admitted.obstacle;
  const { state } = admitted;
  const values = {
    state,
    uri,
    source,
    answered: null,
    message: message.slice(0, 1000),
    name: `${person.name || person.handle} (@${person.handle}@${person.host})`.slice(0, 100),
    confirmedAt: sql`now()`,
    waitlistedAt: state === "waitlisted" ? sql`clock_timestamp()` : null,
    leftAt: null,
    decidedAt: null,
    updatedAt: sql`now()`,
  };
  if (row) await tx.update(participations).set(values).where(eq(participations.id, row.id));
  const id = row?.id ?? newId();
  const { timezone } = event;
  if (!row) await tx.insert(participations).values({ ...values, id, eventId, actorId: person.id, language, timezone });
  await enqueue(tx, "participation-answers", {}, { once: id });
  return null;
}

/** Gives the place of somebody of another server back. What was not there stays so. */
export async function leaveFromElsewhere(tx: Transaction, person: RemotePerson, eventId: string): Promise<void> {
  const found = await lock(tx, person, eventId);
  const row = found?.row;
  if (!row || !present.includes(row.state)) return;
  const change = { state: "left", leftAt: sql`now()`, updatedAt: sql`now()`, expiresAt: null };
  await tx.update(participations).set(change).where(eq(participations.id, row.id));
  if (row.state === "accepted") await releaseSeats(tx, eventId, 1 + row.guests);
}
