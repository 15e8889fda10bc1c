import { and, desc, eq, inArray } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { getEvent } from "#lib/event/queries.ts";
import { withoutKept } from "#lib/policy/event.ts";
import { operator } from "#lib/policy/viewer.ts";
import { instanceActor } from "../actors.ts";
import { actorPart, actorUri, eventUri, publicUri } from "../addresses.ts";
import { addressees, describeEvent, eventTombstone } from "../objects/event.ts";
import { followerInboxes, remoteParticipants } from "./audience.ts";
import { tellCancellation, tellDeletion } from "./note.ts";
import { receiversOf, say } from "./say.ts";

const { activities, actors } = schema;

/**
 * Brings other servers up to date with an event of ours: Create and an Announce by the instance when it first becomes
 * public, Update when it changed since, Delete when it is gone or public no more. It reads what holds now, so it may
 * run late, twice or out of order.
 */
export async function tellEvent(db: Database, eventId: string): Promise<void> {
  const full = await getEvent(db, operator, eventId);
  if (!full || full.event.uri !== null) return;
  const { event } = full;
  const [actor] = await db.select().from(actors).where(eq(actors.id, event.organizerId));
  if (!actor || actor.host !== null) return;
  const last = await lastSaid(db, eventId);
  const received = await receiversOf(db, eventId);
  // What is for everybody is told to a server once; what is unlisted, to those alone whom it concerns.
  const listed = event.visibility === "public";
  const joined = (await remoteParticipants(db, eventId)).map(({ inbox, hub }) => (listed ? hub : inbox));
  const version = `event ${eventId} ${event.updatedAt.getTime()}`;
  const shown = event.state === "published" && !event.hiddenAt && ["public", "unlisted"].includes(event.visibility);

  if (!shown) {
    if (!last && received.length === 0 && joined.length === 0) return;
    const body = { object: eventTombstone(event), ...addressees(event, actor.handle) };
    const inboxes = [...received, ...joined];
    await say(db, { actor, type: "Delete", objectId: eventId, fact: `${version} Delete`, body, inboxes });
    if (event.state === "deleted" && event.status !== "cancelled") await tellDeletion(db, actor, full);
    return;
  }
  // As everybody sees it: what is kept back until one is accepted stays here.
  const open = withoutKept(full);
  const object = describeEvent(open);
  const body = { object, ...addressees(event, actor.handle) };
  if (!last && listed) {
    const inboxes = [...(await followerInboxes(db, actor.id)), ...joined];
    await say(db, { actor, type: "Create", objectId: eventId, fact: `event ${eventId} Create`, body, inboxes });
    await announceEvent(db, eventId, actorUri(actor));
    return;
  }
  const inboxes = [...received, ...joined, ...(listed ? await followerInboxes(db, actor.id) : [])];
  if (last ? last.updated !== object.updated : inboxes.length > 0)
    await say(db, {
      actor,
      type: "Update",
      objectId: eventId,
      // What comes back after its Delete is told anew, even if nobody changed it.
      fact: `${version} Update ${last?.ended ? last.id : ""}`.trim(),
      body: { ...body, updated: object.updated },
      inboxes,
    });
  if (event.status === "cancelled") await tellCancellation(db, actor, open);
}

/** What was said of an event most recently, and of which revision; null before the first word. By `activities_object`. */
async function lastSaid(db: Database, eventId: string) {
  const [row] = await db
    .select({ id: activities.id, type: activities.type, document: activities.document })
    .from(activities)
    .where(and(eq(activities.objectId, eventId), inArray(activities.type, ["Create", "Update", "Delete"])))
    .orderBy(desc(activities.id))
    .limit(1);
  if (!row) return null;
  const { object } = JSON.parse(row.document) as { object: { updated?: string } };
  return { id: row.id, ended: row.type === "Delete", updated: object.updated };
}

/** The instance's own word on a new event, by its id alone, for servers that follow the whole instance. */
async function announceEvent(db: Database, eventId: string, author: string): Promise<void> {
  const instance = await instanceActor(db);
  const inboxes = await followerInboxes(db, instance.id);
  const body = {
    object: eventUri({ id: eventId, uri: null }),
    to: [publicUri],
    cc: [actorPart(instance.handle, "followers"), author],
  };
  await say(db, {
    actor: instance,
    type: "Announce",
    objectId: eventId,
    fact: `event ${eventId} Announce`,
    body,
    inboxes,
  });
}
