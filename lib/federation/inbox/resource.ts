import { and, eq, isNull } from "drizzle-orm";
import { type Db, schema, type Transaction } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { addResource, deleteResource } from "#lib/resource/commands.ts";
import { buryResource, confirmResource, mirrorResource } from "#lib/resource/mirror/commands.ts";
import { reviseAsTold } from "#lib/resource/remote/commands.ts";
import type { ActorRow } from "../actors.ts";
import { ownId, sameOrigin } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { forget, passOnToMembers } from "../outbox/discussion.ts";
import { knownActor } from "../remote/actor.ts";
import { momentOf } from "../remote/instant.ts";
import { mayBeResource, type ReadResource, readResource } from "../remote/resource.ts";
import { idOf, isObject } from "../remote/values.ts";
import { asAsked, asMember, authorOf, isOf, orRefuse, speaksFor, unlessGone } from "./asked.ts";
import { hasMembers } from "./create.ts";
import type { Effect, Received } from "./receive.ts";

const { actors, resources } = schema;

type Kept = { resource: typeof resources.$inferSelect; group: ActorRow };

/** Ours by its address here, another server's by its id. By primary key, `resources_uri`. */
async function keptBy(db: Db, uri: string): Promise<Kept | null> {
  const own = ownId(uri, "resources");
  const here = own ? and(eq(resources.id, own), isNull(resources.uri)) : eq(resources.uri, uri);
  const [found] = await db
    .select({ resource: resources, group: actors })
    .from(resources)
    .innerJoin(actors, eq(actors.id, resources.groupId))
    .where(here);
  return found ?? null;
}

/**
 * A member of a group puts a link or folder among its resources, or says something else of it: by the rules of the group
 * where it is ours, and then passed on to all members; as the group's server says where it is not. Undefined: it is about
 * nothing of that kind.
 */
export async function onResource(received: Received): Promise<Effect | undefined> {
  const { db, sender, actor, type, raw } = received;
  const object = raw.object;
  if (!isObject(object) || !mayBeResource(object)) return undefined;
  const id = idOf(object.id);
  const owners = [idOf(object.actor), idOf(object.attributedTo)];
  const own = id && sameOrigin(id, actor) && owners.includes(actor);
  // Those who lead a group change what others put there, too: by its own mouth.
  const byGroup = id && type === "Update" && (await keptBy(db, id))?.group.id === sender.id;
  return own || byGroup ? onResourceRead(received, object) : undefined;
}

/** The same of a document that is believed: its author's own, or read from where it is. */
export async function onResourceRead(received: Received, object: Json): Promise<Effect | undefined> {
  const { db } = received;
  const read = readResource(object);
  if (!read) return undefined;
  const known = await keptBy(db, read.uri);
  const group = known?.group ?? (await knownActor(db, idOf(object.attributedTo) ?? ""));
  if (group?.type !== "Group" || group.deletedAt || group.suspendedAt) return undefined;
  if (!isOf(object, group, received.actor)) return null;
  const parentId = await folderOf(db, group, read.context);
  if (parentId === undefined) return null;
  const about = { object, read, group, parentId, known: known?.resource ?? null };
  return group.host === null ? atHome(received, about) : elsewhere(received, about);
}

type About = {
  object: Json;
  read: ReadResource;
  group: ActorRow;
  parentId: string | null;
  known: Kept["resource"] | null;
};

/**
 * The folder of a group that something lies in; null: none that we know, or the group's resources themselves. Undefined: it
 * lies with another group.
 */
async function folderOf(db: Db, group: ActorRow, context: string): Promise<string | null | undefined> {
  const folder = await keptBy(db, context);
  const owner = folder?.group ?? (await knownActor(db, context.replace(/\/resources$/, "")));
  if (owner && owner.id !== group.id) return undefined;
  return folder?.resource.type === "folder" && !folder.resource.deletedAt ? folder.resource.id : null;
}

/** In a group of ours: the sender's own, as a member, by the same rules as everybody's. */
async function atHome(received: Received, { object, read, group, parentId, known }: About): Promise<Effect> {
  const { sender, raw, via, type } = received;
  // What others pass on to us was not said to the group.
  if (via || idOf(object.actor) !== sender.uri) return null;
  if (known && type !== "Update") return null;
  const viewer = asMember(sender);
  const { uri, url, name, summary, updated, published } = read;
  const id = known?.id ?? newId();
  const input = url === null ? ({ type: "folder" } as const) : ({ type: "link", url } as const);
  const effect = async (tx: Transaction) => {
    const words = { name, summary, folder: parentId };
    if (known) {
      if (!(await reviseAsTold(tx, viewer, id, { ...words, url: url ?? undefined, updated }))) return;
    } else await addResource(tx, viewer, group.id, { ...input, ...words, id, uri, updated: updated ?? published });
    await passOnToMembers(tx, group, raw, { objectId: id, line: group.id });
  };
  return (tx) => orRefuse(tx, group, received, effect);
}

/** In a group of another server, whose member is here: what that server says, or passes on. */
async function elsewhere(received: Received, { object, read, group, parentId, known }: About): Promise<Effect> {
  const { db, past } = received;
  if (!speaksFor(received, group) || !(await hasMembers(db, group))) return null;
  // It changed here since it was asked for.
  if (past && known && known.updatedAt > past.asked) return null;
  const actorId = known ? known.actorId : (await authorOf(received, object))?.id;
  if (!actorId) return null;
  const { context: _, updated: __, published: ___, ...said } = read;
  const kept = past && momentOf(object, past.until);
  return (tx) => mirrorResource(tx, group.id, { ...said, actorId, parentId, kept }, known?.id);
}

/** A link or folder is gone: by the rules of a group of ours, or as another group's server says. Undefined: it is neither. */
export async function onResourceEnd(received: Received, uri: string): Promise<Effect | undefined> {
  const { db, sender, raw, via } = received;
  const known = await keptBy(db, uri);
  if (!known) return undefined;
  const { group, resource } = known;
  if (group.host !== null) {
    if (resource.actorId !== sender.id && !speaksFor(received, group)) return null;
    return (tx) => buryResource(tx, group.id, resource.id);
  }
  if (via) return null;
  const effect = async (tx: Transaction) => {
    await deleteResource(tx, asMember(sender), resource.id);
    await forget(tx, resource.id);
    await passOnToMembers(tx, group, raw, { objectId: resource.id, line: group.id });
  };
  return resource.actorId === sender.id ? effect : asAsked(received, group, (tx) => effect(tx).catch(unlessGone));
}

/**
 * A group of another server passes on what somebody here put there: it stands; or, `ended`, that it is gone. Null: it is
 * nothing of that kind.
 */
export async function onOwnResource({ db, sender }: Received, uri: string, { ended = false } = {}): Promise<Effect> {
  const known = ownId(uri, "resources") ? await keptBy(db, uri) : null;
  if (!known || known.group.id !== sender.id) return null;
  return (tx) => (ended ? buryResource : confirmResource)(tx, sender.id, known.resource.id);
}

/** Whether we keep a link or folder of this id. By `resources_uri`. */
export const isResource = async (db: Db, uri: string): Promise<boolean> => (await keptBy(db, uri)) !== null;
