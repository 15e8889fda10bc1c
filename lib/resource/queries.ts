import { and, eq, getTableColumns, isNull, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { nameOf } from "#lib/actor/queries.ts";
import { isRefused, lastAsk } from "#lib/group/ask/queries.ts";
import { isId } from "#lib/ids.ts";
import { groupMemberOf, groupRoleOf, groupsReadBy } from "#lib/policy/group.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import type { ResourceType } from "./input.ts";

const { actors, resources } = schema;
const { search: _, parentDepth: __, ...columns } = getTableColumns(resources);

/** A step on the way to where something lies. */
export type Step = { id: string; name: string };

/** The folders that a resource lies in, the outermost first. By primary key. */
const way = sql<Step[]>`coalesce((
  with recursive way as (
    select f.id, f.parent_id, f.name, f.depth from resources f where f.id = resources.parent_id
    union all select f.id, f.parent_id, f.name, f.depth from way join resources f on f.id = way.parent_id)
  select json_agg(json_build_object('id', id, 'name', name) order by depth) from way), '[]'::json)`;

/** What whoever put it there is called; null: they are here no more. By primary key. */
const sharer = sql<string | null>`(select coalesce(nullif(w.name, ''), w.handle) from actors w
  where w.id = resources.actor_id and w.deleted_at is null)`;

/** What somebody put there who is suspended, by themselves or with their server, is not shown; a folder holds what others put in it. */
const shown = sql`(resources.type = 'folder' or not exists (
  select 1 from actors w where w.id = resources.actor_id and w.suspended_at is not null))`;

export type Resource = NonNullable<Awaited<ReturnType<typeof getResource>>>;

/**
 * A link or folder with its group and the way to it, as a member of the group finds them; also a tombstone. Null: none, or
 * the viewer is no member. By primary keys, `memberships_member`.
 */
export async function getResource(db: Db, viewer: Viewer, id: string) {
  if (!isId(id)) return null;
  const [row] = await db
    .select({
      ...columns,
      type: sql<ResourceType>`${resources.type}`,
      by: sharer,
      way,
      refused: isRefused(resources),
      /** What its group's server was asked to do with it, and has not done. */
      ask: lastAsk(resources.id),
      group: {
        ...{ id: actors.id, handle: actors.handle, name: sql<string>`${nameOf(actors)}`, tone: actors.tone },
        ...{ host: actors.host, type: actors.type, uri: actors.uri, movedTo: actors.movedTo },
        ...{ membersOrganise: actors.membersOrganise, role: groupRoleOf(viewer), actorId: groupMemberOf(viewer) },
      },
    })
    .from(resources)
    .innerJoin(actors, eq(actors.id, resources.groupId))
    .where(and(eq(resources.id, id), shown, groupsReadBy(viewer)));
  return row ?? null;
}

const order = [sql`(type <> 'folder')`, sql`fold(name)`, sql`id`];

/** Behind a resource in the order of the list. */
const behind = (id: string): SQL => {
  const other = sql.join(
    order.map((part) => sql`(select ${part} from resources where id = ${id})`),
    sql`, `,
  );
  return sql`(${sql.join(order, sql`, `)}) > (${other})`;
};

/** The words of a search in every language that we stem, or all as they are written and the last perhaps unfinished. */
function holding(words: string): SQL {
  const parts = (words.match(/[\p{L}\p{Nd}\p{M}]+/gu) ?? []).slice(0, 12);
  if ((parts.at(-1)?.length ?? 0) < 3) return sql`search @@ search_words(${words})`;
  return sql`search @@ (search_words(${words}) || search_prefix(${sql.param(parts)}::text[]))`;
}

export type ListedResource = Awaited<ReturnType<typeof listResources>>[number];

/**
 * What lies in a folder of a group (null: in none), folders first, by name, behind `after`; the caller has shown that the
 * viewer is a member. With `words`: wherever it lies, what holds them in its name, summary, address, or in what the page
 * behind it says of itself. By `resources_list`; for words `resources_words`.
 */
export const listResources = (
  db: Db,
  {
    groupId,
    folderId = null,
    words = "",
    after,
    limit,
  }: { groupId: string; folderId?: string | null; words?: string; after?: string; limit: number },
) =>
  db
    .select({
      ...{ id: resources.id, name: resources.name, url: resources.url, summary: resources.summary },
      ...{ title: resources.title, description: resources.description, createdAt: resources.createdAt },
      awaiting: resources.awaiting,
      refused: isRefused({ id: sql`resources.id`, awaiting: sql`resources.awaiting` }),
      type: sql<ResourceType>`${resources.type}`,
      by: sharer,
      /** Where it was found, for a search. */
      way: words ? way : sql<Step[]>`'[]'::json`,
    })
    .from(resources)
    .where(
      and(
        eq(resources.groupId, groupId),
        isNull(resources.deletedAt),
        shown,
        words ? holding(words) : folderId ? eq(resources.parentId, folderId) : isNull(resources.parentId),
        after ? behind(after) : undefined,
      ),
    )
    .orderBy(...order)
    .limit(limit);

/** What somebody put among the resources of groups, for the export of their data. By `resources_actor`. */
export const listOwnResources = (db: Db, accountId: string) =>
  db
    .select({
      ...{ id: resources.id, type: resources.type, name: resources.name, url: resources.url },
      ...{ summary: resources.summary, title: resources.title, description: resources.description },
      ...{
        parentId: resources.parentId,
        groupId: resources.groupId,
        as: actors.handle,
        createdAt: resources.createdAt,
      },
    })
    .from(resources)
    .innerJoin(actors, eq(actors.id, resources.actorId))
    .where(and(eq(actors.accountId, accountId), isNull(resources.deletedAt)))
    .orderBy(resources.createdAt, resources.id);
