import { and, eq, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { type Db, schema, transact } from "#db/client.ts";
import { eraseCommentsOf } from "#lib/discussion/comment/commands.ts";
import { eraseMessagesOf } from "#lib/discussion/thread/commands.ts";
import { takeHome, takeOutAll } from "#lib/event/remote/commands.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { departFromGroups } from "#lib/group/departure/commands.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { tellEnded } from "#lib/notification/group/commands.ts";
import { leaveAll } from "#lib/participation/remote/commands.ts";
import { localityOf } from "#lib/place/address.ts";
import { deletePostsOf } from "#lib/post/commands.ts";
import { Refusal } from "#lib/refusal.ts";
import { eraseResourcesOf } from "#lib/resource/commands.ts";
import { webUrl } from "#lib/urls.ts";
import { type ActorRow, localActor } from "../actors.ts";
import { hostOf, ownHandle, sameOrigin } from "../addresses.ts";
import { fetchObject, type Json } from "../documents.ts";
import { knowPeer } from "../peers/commands.ts";
import { readPlace } from "./event.ts";
import { lacksPictures } from "./pictures.ts";
import { fits, idOf, idsOf, linkOf, textOf } from "./values.ts";

const { actors, follows, memberships, messages, participations, resources } = schema;

const types = ["Person", "Group", "Application", "Service", "Organization"];
const opennesses = ["open", "moderated", "invite_only"] as const;
const day = 24 * 3_600_000;

const shape = z.object({
  id: z.string().refine(fits),
  type: z.union([z.string(), z.array(z.string()).transform((all) => all.find((one) => types.includes(one)) ?? "")]),
  preferredUsername: z.unknown().transform((value) => textOf(value)),
  // Each delivery has it in an index: one that does not fit would keep what is said to all others from being written.
  inbox: z.string().refine(fits),
});

/** What of an actor's document we keep; null for what is none, or lies elsewhere than it says. */
export function readActor(document: Json) {
  const read = shape.safeParse(document);
  if (!read.success) return null;
  const { id, type, inbox } = read.data;
  const host = hostOf(id);
  if (!host || !types.includes(type) || !sameOrigin(id, inbox)) return null;
  // An inbox lies with its actor: nobody has us send to somebody else's.
  const near = (value: unknown) => (typeof value === "string" && fits(value) && sameOrigin(value, id) ? value : null);
  const handle = read.data.preferredUsername
    .replace(/[^\p{L}\p{N}_.-]+/gu, "")
    .toLowerCase()
    .slice(0, 64);
  if (!handle) return null;
  const place = readPlace(document.location);
  const seed = textOf(document.seed).slice(0, 64) || null;
  return {
    uri: id,
    host,
    type,
    handle,
    inbox,
    sharedInbox: near((document.endpoints as Json | undefined)?.sharedInbox),
    outbox: near(document.outbox),
    followersUri: near(document.followers),
    url: linkOf(document.url) ?? webUrl(id),
    name: textOf(document.name).slice(0, 100),
    summary: textOf(document.summary).slice(0, 5000),
    locality: place && (localityOf(place)?.slice(0, 120) ?? null),
    ...{ iconUrl: linkOf(document.icon), imageUrl: linkOf(document.image) },
    ...{ seed, tone: toneOf({ tone: textOf(document.tone), organizer: { id: seed ?? id, tone: null } }) },
    approvesFollowers: document.manuallyApprovesFollowers === true,
    openness: opennesses.find((one) => one === document.openness) ?? null,
    membersOrganise: type === "Group" && document.membersOrganise === true,
    movedTo: idOf(document.movedTo),
    alsoKnownAs: type === "Group" ? idsOf(document.alsoKnownAs).slice(0, 10) : [],
  };
}

/** Keeps what an actor's document says now. @throws Refusal answer-odd. */
export async function keepActor(db: Db, document: Json): Promise<ActorRow> {
  const read = readActor(document);
  if (!read) throw new Refusal("answer-odd");
  await knowPeer(db, read.host);
  const values = { ...read, fetchedAt: sql`now()`, updatedAt: sql`now()`, deletedAt: null };
  return transact(db, async (tx) => {
    // Whoever has a handle of that server now is it: its server decides.
    await tx
      .update(actors)
      .set({ handle: sql`left(${actors.handle}, 50) || '-' || right(${actors.id}::text, 12)` })
      .where(and(eq(actors.handle, read.handle), eq(actors.host, read.host), ne(actors.uri, read.uri)));
    const [row] = await tx
      .insert(actors)
      .values({ id: newId(), ...values })
      .onConflictDoUpdate({ target: actors.uri, set: values })
      .returning();
    if (await lacksPictures(tx, row!)) await enqueue(tx, "actor-pictures", { actorId: row!.id }, { once: row!.id });
    return row!;
  });
}

/** The row of an actor that is known already, of this server or another. */
export async function knownActor(db: Db, uri: string): Promise<ActorRow | null> {
  const own = ownHandle(uri);
  if (own) return localActor(db, own);
  const [row] = await db.select().from(actors).where(eq(actors.uri, uri));
  return row ?? null;
}

/**
 * An actor of another server by its id, read again when what we know is older than a day. Where its server cannot be
 * reached what is known stands. Null: it is not there, or no actor.
 */
export async function resolveActor(db: Db, uri: string, { fresh = false } = {}): Promise<ActorRow | null> {
  const known = await knownActor(db, uri);
  if (known && (known.host === null || (!fresh && known.fetchedAt && Date.now() - known.fetchedAt.getTime() < day)))
    return known;
  try {
    const document = await fetchObject(db, uri);
    return document.id === uri ? await keepActor(db, document) : null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "gone" && known) await buryActor(db, known);
    log("federation").debug("An actor could not be read", { reason: error.code });
    return error.code === "gone" ? null : known;
  }
}

const bare = { locality: null, iconUrl: null, imageUrl: null, iconId: null, imageId: null };

/**
 * An actor that its own server says is gone: what it followed ends, its seats are free, groups are without it and it without
 * members, who are told, and nobody is called by it any more.
 */
export async function buryActor(db: Db, actor: ActorRow): Promise<void> {
  const gone = { deletedAt: sql`now()`, name: "", summary: "", ...bare, updatedAt: sql`now()` };
  await transact(db, async (tx) => {
    await tx.delete(follows).where(sql`${actor.id} in (${follows.followerId}, ${follows.followedId})`);
    await leaveAll(tx, actor.id);
    await tx.delete(messages).where(eq(messages.actorId, actor.id));
    await tx.update(participations).set({ name: "", message: "" }).where(eq(participations.actorId, actor.id));
    await eraseCommentsOf(tx, [actor.id]);
    await eraseMessagesOf(tx, [actor.id]);
    await eraseResourcesOf(tx, [actor.id]);
    await tx.delete(resources).where(eq(resources.groupId, actor.id));
    await deletePostsOf(tx, actor.id);
    await takeHome(tx, actor.id);
    await takeOutAll(tx, actor.id);
    await departFromGroups(tx, actor.id);
    await tellEnded(tx, actor.id);
    await tx.delete(memberships).where(eq(memberships.groupId, actor.id));
    await tx.update(actors).set(gone).where(eq(actors.id, actor.id));
  });
}
