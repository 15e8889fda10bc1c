import { and, eq, isNull, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { renderContent } from "#lib/html.ts";
import { newId } from "#lib/ids.ts";
import { getInstance } from "#lib/instance/queries.ts";
import { seenBy } from "#lib/policy/event.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { absolute, eventPath, mediaPath, ownHost } from "#lib/urls.ts";
import { actorPart, actorUri, instanceHandle, isEventHandle, sharedInbox } from "./addresses.ts";
import { countMembers } from "./collections/group.ts";
import { actorContext } from "./contexts.ts";
import { type ActorKeys, keysOf } from "./keys.ts";

const { actors, events, media } = schema;

export type ActorRow = typeof actors.$inferSelect;

/** The actor of the instance itself, made when it is first needed. */
export async function instanceActor(db: Db): Promise<ActorRow> {
  const own = and(eq(actors.handle, instanceHandle), isNull(actors.host));
  const [row] = await db.select().from(actors).where(own);
  if (row) return row;
  const values = { id: newId(), type: "Application", handle: instanceHandle };
  await db.insert(actors).values(values).onConflictDoNothing();
  const [made] = await db.select().from(actors).where(own);
  return made!;
}

/** An actor of this server by its handle, also a tombstone; null when there never was one. By `actors_address`. */
export async function localActor(db: Db, handle: string): Promise<ActorRow | null> {
  if (handle === instanceHandle) return instanceActor(db);
  if (isEventHandle(handle)) return eventActor(db, handle);
  if (!/^[a-z0-9_]{1,30}$/.test(handle)) return null;
  const [row] = await db
    .select()
    .from(actors)
    .where(and(eq(actors.handle, handle), isNull(actors.host)));
  return row ?? null;
}

/**
 * The actor of an event of ours, made when it is first needed, as the event is now: named as it is, and gone when it is
 * gone or no more to be seen. By `events_handle`.
 */
async function eventActor(db: Db, handle: string): Promise<ActorRow | null> {
  const [found] = await db
    .select({ event: events, seen: seenBy(visitor) })
    .from(events)
    .where(and(sql`right(${events.id}::text, 12) = ${handle.slice(-12)}`, isNull(events.uri)))
    .orderBy(events.id)
    .limit(1);
  if (!found || found.event.publishedAt === null) return null;
  const { event, seen } = found;
  const read = () => db.select().from(actors).where(eq(actors.id, event.id));
  const [known] = await read();
  if (!known) {
    if (!seen) return null;
    await db.insert(actors).values({ id: event.id, type: "Service", handle }).onConflictDoNothing();
  }
  const [row] = known ? [known] : await read();
  const gone = event.state === "deleted" || !seen;
  return row ? { ...row, name: event.name, deletedAt: gone ? (event.deletedAt ?? event.updatedAt) : null } : null;
}

/** A picture as ActivityStreams has it. */
export type Picture = { type: "Image"; mediaType: string; url: string; name?: string };

/** The document of an actor of this server: the same by GET and inside an Update. */
export async function actorDocument(db: Db, actor: ActorRow): Promise<Record<string, unknown>> {
  const keys = await keysOf(db, actor.id);
  const instance = actor.handle === instanceHandle ? await getInstance(db) : null;
  const url = actor.type === "Service" ? absolute(eventPath(actor.id)) : undefined;
  const [icon, image] = await Promise.all([picture(db, actor.iconId), picture(db, actor.imageId)]);
  return describeActor(actor, keys, {
    icon,
    image,
    url,
    memberCount: actor.type === "Group" ? await countMembers(db, actor.id) : undefined,
    ...(instance ? { name: instance.name, summary: instance.description, url: absolute("/about") } : {}),
  });
}

async function picture(db: Db, id: string | null): Promise<Picture | undefined> {
  if (!id) return undefined;
  const [row] = await db.select().from(media).where(eq(media.id, id));
  if (!row?.path) return undefined;
  return { type: "Image", mediaType: row.mediaType ?? "image/webp", url: absolute(mediaPath(id)), name: row.name };
}

type Shown = {
  icon?: Picture;
  image?: Picture;
  name?: string;
  summary?: string;
  url?: string;
  memberCount?: number;
};

/** What Mobilizon looks for at a group, and again among its endpoints; and where its moderators are named (FEP-1b12). */
function partsOfGroup({ handle }: ActorRow) {
  const names = ["events", "members", "posts", "discussions", "resources", "todos"];
  const parts = Object.fromEntries(names.map((name) => [name, actorPart(handle, name)]));
  return { parts, attributedTo: actorPart(handle, "moderators") };
}

/** The town of somebody, as Mobilizon has the place of a group. */
const placeOf = (name: string) => ({
  ...{ type: "Place", name },
  address: { type: "PostalAddress", addressLocality: name },
});

function describeActor(actor: ActorRow, keys: ActorKeys, shown: Shown): Record<string, unknown> {
  const id = actorUri(actor);
  const part = (name: string) => actorPart(actor.handle, name);
  const group = actor.type === "Group" ? partsOfGroup(actor) : null;
  return {
    "@context": actorContext,
    id,
    type: actor.type,
    preferredUsername: actor.handle,
    webfinger: `${actor.handle}@${ownHost()}`,
    name: shown.name ?? (actor.name || actor.handle),
    summary: shown.summary ?? (actor.summary ? renderContent(actor.summary, "text/markdown") : ""),
    url: shown.url ?? id,
    inbox: part("inbox"),
    outbox: part("outbox"),
    followers: part("followers"),
    following: part("following"),
    featured: part("featured"),
    upcomingEvents: part("events"),
    endpoints: { sharedInbox: sharedInbox(), ...group?.parts },
    ...(actor.locality ? { location: placeOf(actor.locality) } : {}),
    tone: toneOf({ tone: null, organizer: actor }),
    seed: actor.id,
    ...(shown.icon ? { icon: shown.icon } : {}),
    ...(shown.image ? { image: shown.image } : {}),
    publicKey: { id: `${id}#${keys.rsaName}`, owner: id, publicKeyPem: keys.publicKeyPem },
    assertionMethod: [
      ...[{ name: keys.ed25519Name, publicKeyMultibase: keys.publicKeyMultibase }, ...keys.retired].map(
        ({ name, publicKeyMultibase }) => ({
          id: `${id}#${name}`,
          type: "Multikey",
          controller: id,
          publicKeyMultibase,
        }),
      ),
    ],
    manuallyApprovesFollowers: actor.approvesFollowers,
    discoverable: true,
    indexable: true,
    ...(actor.movedTo ? { movedTo: actor.movedTo } : {}),
    ...(actor.alsoKnownAs.length > 0 ? { alsoKnownAs: actor.alsoKnownAs } : {}),
    ...(actor.openness ? { openness: actor.openness } : {}),
    ...(group ? { ...group.parts, attributedTo: group.attributedTo, memberCount: shown.memberCount } : {}),
    ...(group ? { membersOrganise: actor.membersOrganise } : {}),
    published: actor.createdAt.toISOString(),
    updated: actor.updatedAt.toISOString(),
  };
}

/** What is left of an actor that is gone. */
export const actorTombstone = (actor: ActorRow): Record<string, unknown> => ({
  "@context": "https://www.w3.org/ns/activitystreams",
  id: actorUri(actor),
  type: "Tombstone",
  formerType: actor.type,
  deleted: (actor.deletedAt ?? actor.suspendedAt ?? actor.updatedAt).toISOString(),
});
