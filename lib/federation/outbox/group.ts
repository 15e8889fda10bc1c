import { and, eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { contentId } from "#lib/ids.ts";
import { isForAll } from "#lib/policy/event.ts";
import type { ActorRow } from "../actors.ts";
import { actorPart, actorUri, hostOf, publicUri } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { commentToTell, type Told } from "../objects/comment.ts";
import { idOf } from "../remote/values.ts";
import { audienceInboxes } from "./audience.ts";
import { receiversOf, say } from "./say.ts";

const { activities } = schema;

type Hearers = { objectId: string; line?: string; to: string[]; cc: string[]; inboxes: string[] };

/**
 * A group passes on what was said in it (FEP-1b12): the activity unchanged; of what is new also the id alone, since
 * Mobilizon and Mastodon read nothing else. Each once a group.
 */
export async function passOn(db: Db, group: ActorRow, activity: Json, hearers: Hearers): Promise<void> {
  const which = contentId(idOf(activity.id), String(activity.type), JSON.stringify(activity.object));
  await announce(db, group, activity, `announce ${which}`, hearers);
  const id = idOf(activity.object);
  if (activity.type === "Create" && id) await passOnId(db, group, id, hearers, which);
}

/** The same by the id alone: of what it is, or of one among several times that it is said. */
export const passOnId = (db: Db, group: ActorRow, id: string, hearers: Hearers, which = contentId(id)): Promise<void> =>
  announce(db, group, id, `announce id ${which}`, hearers);

async function announce(
  db: Db,
  actor: ActorRow,
  object: unknown,
  fact: string,
  { to, cc, ...about }: Hearers,
): Promise<void> {
  if (about.inboxes.length === 0) return;
  const said = { actor, type: "Announce", fact: `${fact} ${actor.id}`, body: { object, to, cc }, foreign: true };
  await say(db, { ...about, ...said });
}

/**
 * What a member of another server made in a group, and from now on shows to fewer (`inboxes`): what the group passed on of it
 * is to be read here no more, and whoever else has it is told the id alone, where its own server answers them that it is gone.
 * Returns where they receive. By `activities_object`, `deliveries_once`.
 */
export async function passOnLoss(
  db: Db,
  group: ActorRow,
  uri: string,
  { objectId, inboxes, which }: Pick<Hearers, "objectId" | "inboxes"> & { which: string },
): Promise<string[]> {
  const near = new Set(inboxes.map(hostOf));
  const lost = (await receiversOf(db, objectId)).filter((inbox) => !near.has(hostOf(inbox)));
  const passed = and(eq(activities.objectId, objectId), eq(activities.type, "Announce"));
  await db.update(activities).set({ public: false }).where(passed);
  const to = [actorPart(group.handle, "followers")];
  await passOnId(db, group, uri, { objectId, to, cc: [], inboxes: lost }, contentId("loss", which));
  return lost;
}

/** Says that a group of ours has an event of another server no more; `which`: one among several times that it has not. */
export async function tellRemoval(
  db: Db,
  group: ActorRow,
  uri: string,
  { objectId, inboxes, author, which }: Pick<Hearers, "objectId" | "inboxes"> & { author: ActorRow; which: string },
): Promise<void> {
  if (inboxes.length === 0) return;
  const to = [actorUri(author), actorPart(group.handle, "followers"), actorPart(group.handle, "members")];
  const body = { object: uri, origin: actorUri(group), to };
  await say(db, { actor: group, type: "Remove", objectId, fact: `removal ${contentId(which)}`, body, inboxes });
}

/** Passes on what this server said, known by its fact. By `activities_fact`. */
export async function passOnSaid(db: Db, group: ActorRow, fact: string, hearers: Hearers): Promise<void> {
  const [row] = await db.select().from(activities).where(eq(activities.fact, fact));
  if (row) await passOn(db, group, JSON.parse(row.document) as Json, hearers);
}

/** Who hears from a group of ours what is said under an event of its; null: no group passes it on. */
export async function hearersOf(
  db: Db,
  { comment, event, host }: Told,
): Promise<{ group: ActorRow; hearers: Hearers } | null> {
  const passes = host.type === "Group" && host.host === null && event.visibility === "public" && isForAll(event);
  if (!passes) return null;
  const inboxes = await audienceInboxes(db, host, "public");
  const cc = [actorPart(host.handle, "followers")];
  return { group: host, hearers: { objectId: comment.id, to: [publicUri], cc, inboxes } };
}

/** Passes on what somebody of another server said under an event of a group of ours, or newer words of theirs. */
export async function passOnComment(db: Db, commentId: string, activity: Json): Promise<void> {
  const told = await commentToTell(db, commentId);
  const heard = told && (await hearersOf(db, told));
  if (heard) await passOn(db, heard.group, activity, heard.hearers);
}

/** The same of its end: the words that were passed on are forgotten, also where they wait still. By `activities_object`. */
export async function passOnEnd(db: Db, commentId: string, activity: Json): Promise<void> {
  await db.delete(activities).where(and(eq(activities.objectId, commentId), eq(activities.type, "Announce")));
  await passOnComment(db, commentId, activity);
}
