import { and, eq, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import { type Db, schema, type Transaction, transact } from "#db/client.ts";
import { askAway, type Decided } from "#lib/group/ask/commands.ts";
import { lockGroup } from "#lib/group/commands.ts";
import { type Deed, writeLog } from "#lib/group/log/commands.ts";
import { isId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { spend } from "#lib/limits/commands.ts";
import { mayIn } from "#lib/policy/group.ts";
import { canArrange, canArrangeAll, canRemove } from "#lib/policy/resource.ts";
import { type AccountViewer, isViewer, type RemoteViewer, type Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { countInside, inside } from "./folder/queries.ts";
import type { ResourceInput, RevisionInput } from "./input.ts";
import { roomUrl } from "./room.ts";

const { resources } = schema;
type Row = typeof resources.$inferSelect;

/** Of a group: links and folders together, and folders alone. */
const most = { all: 2_000, folders: 200 };

/** What a link is called that was given no name, until its page says how it is called. */
export const nameOfUrl = (url: string): string => new URL(url).host.replace(/^www\./, "").slice(0, 200);

/** Whoever puts something there: here, or from another server, where it has its id. */
type Sharer = AccountViewer | RemoteViewer;

/** Tells other servers what became of a resource, unless it was said from there. */
const tell = async (tx: Transaction, viewer: Viewer, resourceId: string): Promise<void> => {
  if (viewer.kind !== "remote") await enqueue(tx, "resource-out", { resourceId });
};

/**
 * Puts a link, a folder, or a new pad or call among what the members of a group keep, as the profile that is a member
 * there; the page behind a link is then read by a job. `id` is the form's, or `uri` names it elsewhere: sent twice, it is
 * one. A group of another server decides there whether it stands: until it is passed on from there, it awaits that.
 * `updated`: when it became so elsewhere, by the word of its server.
 * @throws Refusal not-found, also for who is no member; gone, choice-invalid beside the field, folder-deep, resources-full,
 * too-many-requests.
 */
export async function addResource(
  db: Db,
  viewer: Sharer,
  groupId: string,
  {
    id,
    uri = null,
    folder,
    updated,
    ...input
  }: ResourceInput & { id: string; uri?: string | null; updated?: Date | null },
): Promise<void> {
  const url = input.type === "link" ? input.url : input.type === "folder" ? null : roomUrl(input.type, id, input.name);
  if (url === null && input.type !== "folder") throw new Refusal("choice-invalid", { field: "type" });
  const name = input.name || nameOfUrl(url!);
  const preview = input.type === "link" ? "waiting" : "none";
  await transact(db, async (tx) => {
    const { actorId, host } = await lockGroup(tx, viewer, groupId, "share", { anywhere: true, anew: true });
    if ((await tx.$count(resources, uri ? eq(resources.uri, uri) : eq(resources.id, id))) > 0) return;
    const depth = folder ? (await folderThere(tx, groupId, folder)).depth + 1 : 0;
    if (depth > (input.type === "folder" ? 4 : 5)) throw new Refusal("folder-deep", { field: "folder" });
    await expectRoom(tx, groupId, input.type);
    await spend(tx, "share", viewer.kind === "account" ? viewer.accountId : viewer.actorId);
    const place = { groupId, actorId: actorId!, parentId: folder, depth, updatedAt: updated ?? sql`now()` };
    await tx.insert(resources).values({ ...input, ...place, id, uri, url, name, preview, awaiting: host !== null });
    // What happens in a group of another server is written down there.
    if (host === null) await writeLog(tx, { groupId, actorId, kind: "resource-added", object: { id, name } });
    if (preview === "waiting") await enqueue(tx, "resource-preview", { resourceId: id });
    await tell(tx, viewer, id);
  });
}

/** @throws Refusal resources-full. */
async function expectRoom(tx: Transaction, groupId: string, type: string): Promise<void> {
  const [counts] = await tx
    .select({ all: sql<number>`count(*)::int`, folders: sql<number>`(count(*) filter (where type = 'folder'))::int` })
    .from(resources)
    .where(and(eq(resources.groupId, groupId), isNull(resources.deletedAt)));
  if (counts!.all >= most.all || (type === "folder" && counts!.folders >= most.folders))
    throw new Refusal("resources-full");
}

/** A folder of the group. @throws Refusal choice-invalid. */
async function folderThere(tx: Transaction, groupId: string, id: string): Promise<Row> {
  const [folder] = await tx
    .select()
    .from(resources)
    .where(and(eq(resources.id, id), eq(resources.groupId, groupId), eq(resources.type, "folder")));
  if (!folder || folder.deletedAt) throw new Refusal("choice-invalid", { field: "folder" });
  return folder;
}

/**
 * A resource that the viewer may arrange, or as `may` says, with its group, which is locked until the transaction ends: what
 * lies where is changed by one at a time.
 * @throws Refusal not-found, also for who may not; gone.
 */
export async function lockResource(tx: Transaction, viewer: Viewer, id: string, may = canArrange) {
  if (!isId(id)) throw new Refusal("not-found");
  const here = eq(resources.id, id);
  const [known] = await tx.select({ groupId: resources.groupId }).from(resources).where(here);
  if (!known) throw new Refusal("not-found");
  const group = await lockGroup(tx, viewer, known.groupId, "see", { anywhere: true });
  const [resource] = await tx.select().from(resources).where(here);
  if (resource!.deletedAt) throw new Refusal("gone");
  if (!may(viewer, group, resource!)) throw new Refusal("not-found");
  const log = async (kind: Deed, name = resource!.name): Promise<void> => {
    const entry = { groupId: group.id, actorId: group.actorId, kind, object: { id, name } };
    if (group.host === null) await writeLog(tx, entry);
  };
  return { group, resource: resource!, log };
}

/** Changes the name, address and summary of a resource. Where it leads elsewhere now, its page is read anew. @throws Refusal not-found, gone, required. */
export async function reviseResource(
  db: Db,
  viewer: Viewer,
  id: string,
  { name, url, summary }: RevisionInput,
): Promise<void> {
  await transact(db, async (tx) => {
    const { group, resource, log } = await lockResource(tx, viewer, id);
    const folder = resource.type === "folder";
    if (!folder && !url) throw new Refusal("required", { field: "url" });
    const moved = !folder && url !== resource.url;
    if (!moved && name === resource.name && summary === resource.summary) return;
    const elsewhere = moved ? { url, title: "", description: "", preview: "waiting", type: "link" } : {};
    await tx
      .update(resources)
      .set({ name, summary, ...elsewhere, updatedAt: sql`now()`, awaiting: group.host !== null })
      .where(eq(resources.id, id));
    await log("resource-changed", name);
    if (moved) await enqueue(tx, "resource-preview", { resourceId: id });
    await tell(tx, viewer, id);
  });
}

/**
 * Moves a resource, a folder with all that lies in it, into another folder of its group or out of all (null).
 * @throws Refusal not-found, gone, choice-invalid (also for a folder within itself), folder-deep.
 */
export async function moveResource(
  db: Db,
  viewer: Viewer,
  id: string,
  { folder }: { folder: string | null },
): Promise<void> {
  await transact(db, async (tx) => {
    const { group, resource, log } = await lockResource(tx, viewer, id);
    if (folder === resource.parentId) return;
    await relocate(tx, resource, folder);
    if (group.host !== null) await tx.update(resources).set({ awaiting: true }).where(eq(resources.id, id));
    await log("resource-moved");
    await tell(tx, viewer, id);
  });
}

/**
 * Puts a resource with all that lies in it elsewhere in its group, which is locked. @throws Refusal choice-invalid,
 * folder-deep.
 */
export async function relocate(
  tx: Transaction,
  { id, groupId, depth: before }: Pick<Row, "id" | "groupId" | "depth">,
  folder: string | null,
): Promise<void> {
  const depth = folder ? (await folderThere(tx, groupId, folder)).depth + 1 : 0;
  const deeper = depth - before;
  const [within] = await tx.execute<{ deepest: number; itself: boolean }>(sql`${inside(id)}
    select max(depth + case type when 'folder' then 1 else 0 end)::int as deepest,
      coalesce(bool_or(id = ${folder}::uuid), false) as itself from inside`);
  if (within!.itself) throw new Refusal("choice-invalid", { field: "folder" });
  if (within!.deepest + deeper > 5) throw new Refusal("folder-deep", { field: "folder" });
  // In one statement: whether each lies one deeper than its folder is looked at when it ends.
  await tx.execute(sql`${inside(id)}
    update resources set depth = depth + ${deeper}::int, parent_id = case id when ${id} then ${folder}::uuid else parent_id end,
      updated_at = case id when ${id} then now() else updated_at end
    where id in (select id from inside)`);
}

/** What is left of a resource that is deleted. Its address stays taken. */
const erased = {
  ...{ name: "", url: null, summary: "", title: "", description: "", preview: "none", awaiting: false },
  ...{ parentId: null, depth: 0, updatedAt: sql`now()`, deletedAt: sql`now()` },
};

/**
 * Deletes a resource, a folder with all that lies in it. What others put into one's folder is not one's to delete; who decides
 * in a group elsewhere asks its server to. Returns the handle of the group, the folder that it lay in, and what became of it.
 * @throws Refusal not-found, gone, folder-shared.
 */
export async function deleteResource(
  db: Db,
  viewer: Viewer,
  id: string,
): Promise<{ handle: string; host: string | null; parentId: string | null; decided: Decided }> {
  return transact(db, async (tx) => {
    const { group, resource, log } = await lockResource(tx, viewer, id, canRemove);
    const { handle, host } = group;
    const at = { handle, host, parentId: resource.parentId };
    const others = async () => !isViewer(viewer, resource.actorId) || (await countInside(tx, resource)).others > 0;
    if (!canArrangeAll(group) && (await others())) {
      if (!mayIn(group, "moderate")) throw new Refusal("folder-shared");
      const entry = { groupId: group.id, actorId: group.actorId, kind: "resource-deleted", object: resource } as const;
      return { ...at, decided: await askAway(tx, entry) };
    }
    for (const one of await eraseInside(tx, id)) await tell(tx, viewer, one);
    await log("resource-deleted");
    return { ...at, decided: "done" };
  });
}

/** Erases a resource and all that lies in it. Returns the ids. By primary key, `resources_inside`. */
export async function eraseInside(tx: Transaction, id: string): Promise<string[]> {
  const all = await tx.execute<{ id: string }>(sql`${inside(id)} select id from inside`);
  const ids = all.map((one) => one.id);
  if (ids.length > 0) await tx.update(resources).set(erased).where(inArray(resources.id, ids));
  return ids;
}

/**
 * Erases the links that some profiles put among the resources of groups, and their folders in which nothing of others
 * lies. Returns the ids. By `resources_actor`, `resources_inside`.
 */
export async function eraseResourcesOf(tx: Transaction, actorIds: string[]): Promise<string[]> {
  if (actorIds.length === 0) return [];
  const own = and(inArray(resources.actorId, actorIds), isNull(resources.deletedAt));
  const erase = async (which: SQL | undefined) => {
    const rows = await tx.update(resources).set(erased).where(and(own, which)).returning({ id: resources.id });
    return rows.map(({ id }) => id);
  };
  const ids = await erase(ne(resources.type, "folder"));
  const empty = sql`not exists (select 1 from resources r where r.parent_id = resources.id)`;
  for (let depth = 4; depth >= 0; depth--) ids.push(...(await erase(and(eq(resources.depth, depth), empty))));
  return ids;
}
