import { and, desc, eq } from "drizzle-orm";
import { type Database, type Db, schema, transact } from "#db/client.ts";
import { type FullEvent, getEvent } from "#lib/event/queries.ts";
import { isTakenDown, keeperOf, withoutKept } from "#lib/policy/event.ts";
import { operator } from "#lib/policy/viewer.ts";
import { type ActorRow, instanceActor } from "../actors.ts";
import { actorPart, actorUri, eventUri, hostOf, publicUri } from "../addresses.ts";
import { addressees, addresseesOf, type Document, describeEvent, eventTombstone, wasTold } from "../objects/event.ts";
import { audienceInboxes, followerInboxes, remoteParticipants } from "./audience.ts";
import { forget } from "./discussion.ts";
import { passOnId, passOnSaid, tellRemoval } from "./group.ts";
import { tellCancellation, tellDeletion } from "./note.ts";
import { fateOf, lastSaid, receiversOf, say } from "./say.ts";

const { activities, actors } = schema;

/**
 * Brings other servers up to date with an event of ours: Create, and for what is public an Announce by the instance, to
 * whoever may see it and has it not; Update when it changed since; Delete to whoever has it and may see it no more. What the
 * group passes on is said with it. It reads what holds now, so it may run late, twice or out of order.
 */
export async function tellEvent(db: Database, eventId: string): Promise<void> {
  const full = await getEvent(db, operator, eventId);
  if (!full) return;
  const { event } = full;
  if (event.uri !== null) return tellMirrored(db, event);
  const [actor] = await db
    .select()
    .from(actors)
    .where(eq(actors.id, keeperOf(event)));
  if (!actor || actor.host !== null) return;
  const last = await lastSaid(db, eventId);
  const shown = event.state === "published" && !event.hiddenAt;
  const { entitled, lost, held } = await reachOf(db, actor, event, shown);
  const whom = addresseesOf(full);
  const tell = (type: string, object: Document, fact: string, inboxes: string[], more: Document = {}) =>
    transact(db, async (tx) => {
      await say(tx, { actor, type, objectId: eventId, fact, body: { object, ...whom, ...more }, inboxes });
      if (actor.type === "Group") await passOnSaid(tx, actor, fact, { objectId: eventId, ...whom, inboxes });
      if (first && type === "Create") await announceEvent(tx, eventId, actorUri(actor));
    });
  const version = `event ${eventId} ${event.updatedAt.getTime()}`;
  const first = shown && event.visibility === "public" && !(await wasTold(db, eventId));

  if (lost.length > 0 || (last && !shown)) await tell("Delete", eventTombstone(event), `${version} Delete`, lost);
  if (!shown) {
    if (event.state === "deleted" && event.status !== "cancelled") await tellDeletion(db, actor, full);
    return;
  }
  // As whoever is not accepted sees it: what is kept back until one is stays here.
  const open = withoutKept(full);
  const object = describeEvent(open);
  // What comes back after its Delete is told anew, even if nobody changed it.
  const anew = last?.ended ? ` ${last.id}` : "";
  const quiet = event.authorId !== null || event.visibility === "followers" || event.visibility === "members";
  const fresh = first || quiet ? entitled.filter((inbox) => !held.has(hostOf(inbox))) : [];
  if (first || fresh.length > 0)
    await tell("Create", object, first ? `event ${eventId} Create` : `${version} Create${anew}`, fresh);
  const others = entitled.filter((inbox) => !fresh.includes(inbox));
  if (others.length > 0 && last?.updated !== object.updated)
    await tell("Update", object, `${version} Update${anew}`, others, { updated: object.updated });
  if (event.status === "cancelled") await tellCancellation(db, actor, open);
}

/** Who of other servers may see an event now, who has it and may not, and the servers that have it. */
async function reachOf(db: Database, actor: ActorRow, event: FullEvent["event"], shown: boolean) {
  const { holders, ended } = await fateOf(db, event.id);
  const participants = await remoteParticipants(db, event.id);
  const former = await remoteParticipants(db, event.id, { closed: true });
  // Whoever asked for a place has it before anybody told them; whom it is for no more, until they are told so.
  const told = new Set([...holders, ...ended].map(hostOf));
  const asked = [...participants, ...former].map((one) => one.inbox).filter((inbox) => !told.has(hostOf(inbox)));
  const having = [...new Set([...holders, ...asked])];
  const held = new Set(having.map(hostOf));
  if (!shown) return { entitled: [], lost: having, held };
  const audience = event.authorId ? await groupInbox(db, event) : await audienceInboxes(db, actor, event.visibility);
  // A server is told once of what all of it may see; of what is for some, those alone whom it concerns.
  const shared = new Set(audience);
  const joined = participants.map((one) =>
    event.visibility === "public" || shared.has(one.hub) ? one.hub : one.inbox,
  );
  const forAll = event.visibility === "public" || event.visibility === "unlisted";
  const entitled = [...new Set([...audience, ...joined, ...(forAll ? holders : [])])];
  const near = new Set(entitled.map(hostOf));
  return { entitled, lost: having.filter((inbox) => !near.has(hostOf(inbox))), held };
}

/** Where a group of another server receives, which passes on what is made in its name, and to whom. */
async function groupInbox(db: Database, { organizerId }: FullEvent["event"]): Promise<string[]> {
  const [group] = await db.select().from(actors).where(eq(actors.id, organizerId));
  return group?.inbox && !group.deletedAt && !group.suspendedAt ? [group.inbox] : [];
}

/** The instance's own word on a new event, by its id alone, for servers that follow the whole instance. */
async function announceEvent(db: Db, eventId: string, author: string): Promise<void> {
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

/**
 * Says that a group of ours has an event of another server no more: taken out, to its author as well as to whoever heard of it by
 * the group; hidden by the host, to these alone. What the host shows again is passed on again, by its id.
 */
async function tellMirrored(db: Database, event: FullEvent["event"]): Promise<void> {
  const [group] = await db
    .select()
    .from(actors)
    .where(eq(actors.id, event.takenOutOf ?? event.organizerId));
  const [author] = await db
    .select()
    .from(actors)
    .where(eq(actors.id, keeperOf(event)));
  const inbox = author?.sharedInbox ?? author?.inbox;
  if (group?.type !== "Group" || group.host !== null || !author || !inbox) return;
  const elsewhere = (one: string) => hostOf(one) !== hostOf(inbox);
  const heard = await receiversOf(db, event.id);
  const about = { objectId: event.id, author, which: `${event.id} ${group.id}` };
  if (event.takenOutOf)
    return transact(db, async (tx) => {
      // What the group passed on of it is not to be read there any more either.
      await forget(tx, event.id);
      await tellRemoval(tx, group, event.uri!, { ...about, inboxes: [...new Set([...heard, inbox])] });
    });
  if (event.state === "deleted") return;
  if (isTakenDown(event)) {
    const which = `${about.which} ${event.hiddenAt?.getTime()}`;
    return tellRemoval(db, group, event.uri!, { ...about, which, inboxes: heard.filter(elsewhere) });
  }
  const out = await lastRemoved(db, group.id, event.id);
  const inboxes = (await audienceInboxes(db, group, event.visibility)).filter(elsewhere);
  const hearers = { objectId: event.id, ...addressees(event, group.handle), inboxes };
  if (out) await passOnId(db, group, event.uri!, hearers, out);
}

/** The group's last word that it has something no more. By `activities_object`. */
async function lastRemoved(db: Db, groupId: string, objectId: string): Promise<string | null> {
  const said = and(eq(activities.objectId, objectId), eq(activities.actorId, groupId), eq(activities.type, "Remove"));
  const [last] = await db
    .select({ id: activities.id })
    .from(activities)
    .where(said)
    .orderBy(desc(activities.id))
    .limit(1);
  return last?.id ?? null;
}
