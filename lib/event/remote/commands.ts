import { and, eq, inArray, isNotNull, isNull, ne, type SQL, sql } from "drizzle-orm";
import { type Db, schema, type Transaction, transact } from "#db/client.ts";
import { askAway, type Decided } from "#lib/group/ask/commands.ts";
import { expectHere, lockGroup } from "#lib/group/commands.ts";
import { writeLog } from "#lib/group/log/commands.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { spend } from "#lib/limits/commands.ts";
import type { Standing } from "#lib/policy/domain.ts";
import type { RemoteViewer, Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { tellAuthor } from "../author/commands.ts";
import { keepMirror, type MirrorInput } from "../mirror/commands.ts";

const { eventContacts, events } = schema;

/**
 * Keeps what a member of another server makes in the name of a group of ours, or newer words for it: a mirror, whose seats are
 * where it lives. Once the group has taken it out it is its author's alone. Returns the row's id, where it is the group's and
 * nothing older; else null.
 * @throws Refusal not-found, also for who has not this right in the group; gone, group-moved, too-many-requests.
 */
export async function keepRemoteEvent(
  tx: Transaction,
  viewer: RemoteViewer,
  groupId: string,
  event: MirrorInput,
  standing: Standing,
): Promise<string | null> {
  const group = await lockGroup(tx, viewer, groupId, "organise");
  const { actorId } = group;
  const [known] = await tx.select().from(events).where(eq(events.uri, event.uri));
  const own = { organizerId: viewer.actorId, authorId: null };
  if (known?.takenOutOf === groupId) {
    await keepMirror(tx, own, event, standing);
    return null;
  }
  // What is another group's is not fetched from there.
  if (known?.authorId && known.organizerId !== groupId) return null;
  const comesIn = known?.organizerId !== groupId;
  if (comesIn) {
    expectHere(group);
    await spend(tx, "new-event", viewer.actorId);
  }
  // In lists it is the group's.
  const shown = standing === "silenced" ? "limited" : standing;
  // It is new here from now on, whatever it says.
  const made = { ...event, published: null };
  const id = await keepMirror(tx, { organizerId: groupId, authorId: viewer.actorId }, made, shown);
  if (id && comesIn) await writeLog(tx, { groupId, actorId, kind: "event-made", object: { id, name: event.name } });
  return id;
}

/** For nobody in particular any more: who has its address finds what was for everybody, and nobody what was for a few. */
const alone = sql`case when visibility in ('public', 'unlisted') then 'unlisted' else 'members' end`;

/**
 * A mirror that leaves the group in whose name it was goes on as its author's. No list shows it until their server says it
 * anew: then it is for whom its author makes it, like anything else that they have said in no group's name.
 */
const itsAuthors = { organizerId: sql`author_id`, authorId: null, visibility: alone, fetchedAt: sql`now()` };

/** What is of another server in the name of a group of none of its people. By primary key, `events_uri` or `events_organizer`. */
const inGroup = (groupId: string, which?: SQL) =>
  and(eq(events.organizerId, groupId), isNotNull(events.uri), isNotNull(events.authorId), which);

/**
 * Takes an event that lives on another server out of a group of ours, for good, by who decides there about what others write.
 * There it goes on as its author's own; other servers are told that it is the group's no more. The server of a group elsewhere
 * is asked to.
 * @throws Refusal not-found, also for who has not this right in the group, and for what lives here; gone.
 */
export async function takeOutEvent(
  db: Db,
  viewer: Viewer,
  { id, groupId }: { id: string; groupId: string },
): Promise<Decided> {
  return transact(db, async (tx) => {
    const { actorId, host } = await lockGroup(tx, viewer, groupId, "moderate", { anywhere: true });
    const there = and(inGroup(groupId, eq(events.id, id)), ne(events.state, "deleted"));
    const [event] = await tx.select({ id: events.id, name: events.name }).from(events).where(there);
    if (!event) throw new Refusal("not-found");
    const entry = { groupId, actorId, kind: "event-taken-out", object: event } as const;
    if (host !== null) return askAway(tx, entry);
    await tx
      .update(events)
      .set({ ...itsAuthors, takenOutOf: groupId })
      .where(there);
    await writeLog(tx, entry);
    await enqueue(tx, "event-out", { eventId: id });
    return "done";
  });
}

/** The same by the word of a group of another server, whose event it was. */
export async function takeOutAway(tx: Transaction, groupId: string, id: string): Promise<void> {
  await tx
    .update(events)
    .set(itsAuthors)
    .where(inGroup(groupId, eq(events.id, id)));
}

/** What a group that is gone had from other servers goes on there without it; of a group of ours they are told. By `events_organizer`. */
export async function takeOutAll(tx: Transaction, groupId: string, { ours = false } = {}): Promise<void> {
  const out = await tx
    .update(events)
    .set({ ...itsAuthors, ...(ours ? { takenOutOf: groupId } : {}) })
    .where(inGroup(groupId, ne(events.state, "deleted")))
    .returning({ id: events.id });
  if (ours) for (const { id } of out) await enqueue(tx, "event-out", { eventId: id });
}

/** Somebody here who makes an event for a group of another server has heard from there that it stands: it was passed on. By primary key. */
export async function confirmEvent(tx: Transaction, groupId: string, id: string): Promise<void> {
  await tx.update(events).set({ awaiting: false }).where(madeHere(groupId, id));
}

/**
 * The group did not take what was said of it last (`fact`): as it is now, it does not stand there. Its author is told by mail. By
 * primary key.
 */
export async function doubtEvent(tx: Transaction, groupId: string, id: string, fact: string): Promise<void> {
  const [event] = await tx.update(events).set({ awaiting: true }).where(madeHere(groupId, id)).returning();
  if (event?.authorId && event.state !== "deleted")
    await tellAuthor(tx, "event-refused", event, { groupId, authorId: event.authorId, fact });
}

/** What of a group of another server lives here, made by somebody here. By primary key, or `events_organizer`. */
const madeHere = (groupId: string, id?: string) =>
  and(
    eq(events.organizerId, groupId),
    isNull(events.uri),
    isNotNull(events.authorId),
    id ? eq(events.id, id) : undefined,
  );

/**
 * A group of another server is gone, or has an event of ours no more (`id`): it is its author's own from now on. What was for a
 * few is for nobody, until its author decides for whom it is; they are told by mail.
 */
export async function takeHome(tx: Transaction, groupId: string, id?: string): Promise<void> {
  for (const event of await bringHome(tx, madeHere(groupId, id)))
    await tellAuthor(tx, "event-taken-out", event, { groupId, authorId: event.organizerId });
}

/** The same when its author belongs to the group no more, of what that has not shown. By `events_organizer`. */
export async function takeHomeOf(tx: Transaction, groupId: string, authorId: string): Promise<void> {
  await bringHome(tx, and(madeHere(groupId), eq(events.authorId, authorId), eq(events.awaiting, true)));
}

async function bringHome(tx: Transaction, which?: SQL): Promise<(typeof events.$inferSelect)[]> {
  const rows = await tx
    .update(events)
    .set({
      ...{ organizerId: sql`author_id`, authorId: null, awaiting: false, updatedAt: sql`now()` },
      visibility: sql`case when visibility = 'followers' then 'members' else visibility end`,
    })
    .where(and(which, ne(events.state, "deleted")))
    .returning();
  // Whom the group named on its page is named no more. By primary key.
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await tx.delete(eventContacts).where(inArray(eventContacts.eventId, ids));
  for (const row of rows) if (row.publishedAt) await enqueue(tx, "event-out", { eventId: row.id });
  return rows;
}
