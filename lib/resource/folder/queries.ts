import { and, eq, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";

const { resources } = schema;

/** A resource and all that lies in it, however deep, as rows `id, type, depth, actor_id`. By primary key, `resources_inside`. */
export const inside = (id: string): SQL => sql`
  with recursive inside as (
    select r.id, r.type, r.depth, r.actor_id from resources r where r.id = ${id} and r.deleted_at is null
    union all
    select r.id, r.type, r.depth, r.actor_id from inside i join resources r on r.parent_id = i.id)`;

/** How much lies in a folder, and how much of that others than its maker put there. */
export async function countInside(
  db: Db,
  { id, actorId }: { id: string; actorId: string },
): Promise<{ folders: number; links: number; others: number }> {
  const [counts] = await db.execute<{ folders: number; links: number; others: number }>(sql`${inside(id)}
    select count(*) filter (where type = 'folder')::int as folders, count(*) filter (where type <> 'folder')::int as links,
      count(*) filter (where actor_id <> ${actorId})::int as others
    from inside where id <> ${id}`);
  return counts!;
}

export type Folder = Awaited<ReturnType<typeof listFolders>>[number];

/** All folders of a group, each behind the one that it lies in, by name; with the way to it (`way`), itself the last. By `resources_list`. */
export async function listFolders(db: Db, groupId: string) {
  const rows = await db
    .select({ id: resources.id, parentId: resources.parentId, name: resources.name, depth: resources.depth })
    .from(resources)
    .where(and(eq(resources.groupId, groupId), sql`deleted_at is null and type = 'folder'`))
    .orderBy(sql`fold(name)`, resources.id);
  type Found = (typeof rows)[number];
  const below = (parentId: string | null, way: Found[]): (Found & { way: Found[] })[] =>
    rows
      .filter((row) => row.parentId === parentId)
      .flatMap((row) => [{ ...row, way: [...way, row] }, ...below(row.id, [...way, row])]);
  return below(null, []);
}
