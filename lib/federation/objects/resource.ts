import { and, eq, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema } from "#db/client.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { absolute, resourcePath } from "#lib/urls.ts";
import type { ActorRow } from "../actors.ts";
import { actorPart, actorUri } from "../addresses.ts";
import { eventContext } from "../contexts.ts";
import { membersOf, reads } from "./discussion.ts";
import type { Document } from "./event.ts";

const { actors, resources } = schema;
const [groups, folders] = [alias(actors, "groups"), alias(resources, "folders")];

/** The id of a resource in the network. */
const resourceUri = (resource: { id: string; uri: string | null }): string =>
  resource.uri ?? absolute(resourcePath(resource.id));

/** The collection of what a group keeps: as we have it, and Mobilizon. */
const shelfOf = (group: ActorRow): string =>
  group.host === null ? actorPart(group.handle, "resources") : `${group.uri}/resources`;

/** A resource with all that it names: who put it there, its group, and the folder that it lies in. By primary keys. */
const told = (db: Db) =>
  db
    .select({ resource: resources, sharer: actors, group: groups, folder: { id: folders.id, uri: folders.uri } })
    .from(resources)
    .innerJoin(actors, eq(actors.id, resources.actorId))
    .innerJoin(groups, eq(groups.id, resources.groupId))
    .leftJoin(folders, eq(folders.id, resources.parentId));
type ToldResource = Awaited<ReturnType<typeof told>>[number];

/** One resource, also a tombstone; null: there is none. */
export async function resourceToTell(db: Db, id: string): Promise<ToldResource | null> {
  const [found] = await told(db).where(eq(resources.id, id));
  return found ?? null;
}

/** How much a group keeps. By `resources_feed`. */
export const countResources = (db: Db, groupId: string): Promise<number> =>
  db.$count(resources, and(eq(resources.groupId, groupId), isNull(resources.deletedAt)));

/**
 * A page of what a group keeps, a folder before what lies in it, behind `after`: for the servers of its members, as the
 * caller has shown them to be. By `resources_feed`.
 */
export const resourcesToTell = (db: Db, groupId: string, { after, limit }: { after?: string; limit: number }) =>
  told(db)
    .where(
      and(
        eq(resources.groupId, groupId),
        isNull(resources.deletedAt),
        after
          ? sql`(${resources.depth}, ${resources.id}) > (select b.depth, b.id from resources b where b.id = ${after})`
          : undefined,
      ),
    )
    .orderBy(resources.depth, resources.id)
    .limit(limit);

/**
 * A link as a Document or a folder as Mobilizon's ResourceCollection, without its context: to the members of its group
 * alone. `context` is where it lies: a folder, or the group's resources.
 */
export function describeResource({ resource, sharer, group, folder }: ToldResource): Document {
  const id = resourceUri(resource);
  return {
    id,
    type: resource.type === "folder" ? "ResourceCollection" : "Document",
    actor: actorUri(sharer),
    attributedTo: actorUri(group),
    audience: actorUri(group),
    to: [membersOf(group)],
    cc: [],
    name: resource.name,
    summary: resource.summary || null,
    url: resource.url ?? id,
    context: folder ? resourceUri(folder) : shelfOf(group),
    published: resource.createdAt.toISOString(),
    updated: resource.updatedAt.toISOString(),
  };
}

/** What is left for other servers of a link or folder: that there was one. */
export const resourceTombstone = ({ resource }: ToldResource): Document => ({
  id: resourceUri(resource),
  type: "Tombstone",
  formerType: resource.type === "folder" ? "ResourceCollection" : "Document",
  deleted: (resource.deletedAt ?? resource.updatedAt).toISOString(),
});

/**
 * A resource of this server for whoever reads among the members of its group, with its context, or what is left of it with `gone`. Null for what
 * is not theirs to see, and for what another server made.
 */
export async function resourceObject(
  db: Db,
  viewer: Viewer,
  id: string,
): Promise<{ document: Document; gone: boolean } | null> {
  const found = await resourceToTell(db, id);
  if (!found || found.resource.uri !== null || !(await reads(db, viewer, found.group))) return null;
  const gone = found.resource.deletedAt !== null;
  return {
    document: { "@context": eventContext, ...(gone ? resourceTombstone(found) : describeResource(found)) },
    gone,
  };
}
