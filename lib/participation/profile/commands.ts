import { and, eq, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import { isId, newId } from "#lib/ids.ts";
import { enqueueMail } from "#lib/jobs/enqueue.ts";
import { isPresent } from "#lib/policy/participation.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { addressKey, linkToken, tokenHash } from "#lib/secrets.ts";
import { admit } from "../admission/commands.ts";
import { replaceAnswers } from "../answers/commands.ts";
import { answersTo } from "../answers/input.ts";
import { type ParticipationRow, refused } from "../commands.ts";
import type { ProfileInput } from "../input.ts";
import { getJoinable } from "../queries.ts";
import { ownedBy } from "./queries.ts";

const { accounts, actors, events, participations } = schema;

/**
 * Takes part as one of one's profiles: no address is typed and no mail must come back, since the account has proven its
 * own. A seat at once, a request, or a place in the queue, by the same rules as a form; the receipt goes to the account.
 * What the account's address asked before becomes the profile's. Who is in already stays as they are: `repeated`.
 * @throws Refusal not-found, address-unproven, already-decided, why it cannot be joined, or the field that does not fit.
 */
export async function joinAsProfile(
  db: Database,
  viewer: AccountViewer,
  eventId: string,
  { actor, guests, message, answers: given }: ProfileInput,
): Promise<{ state: string; repeated: boolean }> {
  if (!isId(eventId) || !viewer.actorIds.includes(actor)) throw new Refusal("not-found");
  return transact(db, async (tx) => {
    const profile = await getProfile(tx, actor);
    // The event's row first, as all do who move seats.
    await tx.select({ id: events.id }).from(events).where(eq(events.id, eventId)).for("no key update");
    const joinable = await getJoinable(tx, viewer, eventId);
    if (!joinable || !profile) throw new Refusal("not-found");
    if (!profile.email) throw new Refusal("address-unproven");
    const { event, questions, now } = joinable;
    const emailKey = addressKey(profile.email);
    const { language, timezone } = profile;
    const own = { eventId, actorId: actor, emailKey, language, timezone };
    const { id, ...row } = await lockOwn(tx, viewer, own);
    if (isPresent(row.state)) return { state: row.state, repeated: true };
    if (row.state === "rejected") throw new Refusal("already-decided");
    if (guests > event.maximumGuests) throw new Refusal("guests-too-many", { field: "guests" });
    const answers = answersTo(questions, given);
    const admitted = await admit(tx, event, 1 + guests, now);
    if ("obstacle" in admitted) throw refused(admitted.obstacle);
    const { state } = admitted;
    const values = {
      ...own,
      state,
      guests,
      email: null,
      source: "account",
      name: profile.name || profile.handle,
      message: event.joinMode === "approval" ? message : "",
      tokenHash: tokenHash(linkToken("participation", id, row.tokenGeneration)),
      confirmedAt: sql`now()`,
      waitlistedAt: state === "waitlisted" ? sql`clock_timestamp()` : null,
      expiresAt: null,
      leftAt: null,
      decidedAt: null,
      updatedAt: sql`now()`,
    };
    await tx.update(participations).set(values).where(eq(participations.id, id));
    await replaceAnswers(tx, id, answers);
    const order = state === "accepted" ? "participation-receipt" : "participation-requested";
    await enqueueMail(tx, { message: order, participationId: id });
    return { state, repeated: false };
  });
}

/** A profile, with the proven address of its account; by primary keys. */
async function getProfile(tx: Transaction, actorId: string) {
  const [row] = await tx
    .select({
      name: actors.name,
      handle: actors.handle,
      language: accounts.language,
      timezone: accounts.timezone,
      email: sql<string | null>`case when ${accounts.confirmedAt} is not null then ${accounts.email} end`,
    })
    .from(actors)
    .innerJoin(accounts, eq(accounts.id, actors.accountId))
    .where(and(eq(actors.id, actorId), eq(accounts.state, "active"), sql`${actors.deletedAt} is null`));
  return row ?? null;
}

type Own = Pick<ParticipationRow, "eventId" | "actorId" | "emailKey" | "language" | "timezone">;

/** What the account already is to the event, by any of its profiles or by its address; else a row that is nothing yet. */
async function lockOwn(tx: Transaction, viewer: AccountViewer, own: Own): Promise<ParticipationRow> {
  const find = () =>
    tx
      .select()
      .from(participations)
      .where(and(eq(participations.eventId, own.eventId), ownedBy(viewer.actorIds, own.emailKey!)))
      .for("update");
  const [known] = await find();
  if (known) return known;
  // Whoever types the same address at this moment makes the row, or meets it.
  await tx
    .insert(participations)
    .values({ ...own, id: newId(), state: "left", source: "account" })
    .onConflictDoNothing();
  const [row] = await find();
  return row!;
}
