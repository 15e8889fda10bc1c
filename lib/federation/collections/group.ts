import { and, asc, count, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import { groupsWhere } from "#lib/policy/group.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import type { ActorRow } from "../actors.ts";
import { actorPart, actorUri } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { countDiscussions, describeDiscussion, discussionsToTell } from "../objects/discussion.ts";
import { describeMember } from "../objects/member.ts";
import { countPostsToTell, postsToTell, toArticle } from "../objects/post.ts";
import { countResources, describeResource, resourcesToTell } from "../objects/resource.ts";

const { actors, memberships } = schema;

const pageSize = 20;
const context = "https://www.w3.org/ns/activitystreams";

/** One thing in a collection, and the row that a page goes on behind. */
type Item = { id: string; item: Json | string };
type Listed = { total: number; items: (after: string | undefined) => Promise<Item[]> };
type Asked = { db: Db; group: ActorRow; inside: boolean };

const nothing: Listed = { total: 0, items: async () => [] };

const lists: Record<string, (asked: Asked) => Promise<Listed>> = {
  members: listMembers,
  moderators: listModerators,
  posts: listPosts,
  discussions: listDiscussions,
  resources: listResources,
  // Mobilizon asks for them, and stops at the first collection that is not there.
  todos: async () => nothing,
};

export const isOfGroup = (name: string): boolean => Object.hasOwn(lists, name);

/**
 * A collection that groups alone have, with its first page, or a further one: what is for members shows nothing to anybody
 * else, and fails for nobody. A page has a path and no query, which some sign and others do not. Null: no such page. `kept`:
 * it is for whoever asked alone.
 */
export async function groupCollection(
  db: Db,
  group: ActorRow,
  name: string,
  { viewer, page }: { viewer: Viewer; page: string | undefined },
): Promise<{ document: Json; kept: boolean } | null> {
  if (group.type !== "Group" || (page && page !== "first" && !isId(page))) return null;
  const kept = await isInside(db, viewer, group.id);
  const { total, items } = await lists[name]!({ db, group, inside: kept });
  const id = actorPart(group.handle, name);
  const rows = await items(page === "first" ? undefined : page);
  const shown = rows.slice(0, pageSize);
  const common = { attributedTo: actorUri(group), totalItems: total };
  const first = {
    ...{ ...common, id: `${id}/${page ?? "first"}`, type: "OrderedCollectionPage", partOf: id },
    ...(rows.length > pageSize ? { next: `${id}/${shown.at(-1)!.id}` } : {}),
    orderedItems: shown.map(({ item }) => item),
  };
  const whole = { ...common, id, type: "OrderedCollection", first };
  return { document: { "@context": context, ...(page ? first : whole) }, kept };
}

/** Whether somebody sees what is for the members of a group. By primary key, `memberships_member`. */
async function isInside(db: Db, viewer: Viewer, groupId: string): Promise<boolean> {
  if (viewer.kind === "visitor") return false;
  const theirs = and(eq(actors.id, groupId), groupsWhere(viewer, "see"));
  const [group] = await db.select({ id: actors.id }).from(actors).where(theirs);
  return group !== undefined;
}

const amongMembers = (groupId: string) => and(eq(memberships.groupId, groupId), eq(memberships.state, "member"));
const present = and(isNull(actors.deletedAt), isNull(actors.suspendedAt));

/** Everybody sees how many they are, members who. By `memberships_list`. */
async function listMembers({ db, group, inside }: Asked): Promise<Listed> {
  const items = async (after: string | undefined) => {
    const rows = await db
      .select({ row: memberships, member: actors })
      .from(memberships)
      .innerJoin(actors, eq(actors.id, memberships.memberId))
      .where(and(amongMembers(group.id), present, after ? gt(memberships.id, after) : undefined))
      .orderBy(asc(memberships.id))
      .limit(pageSize + 1);
    return rows.map(({ row, member }) => ({
      id: row.id,
      item: describeMember(row, actorUri(member), actorUri(group)),
    }));
  };
  return { total: await countMembers(db, group.id), items: inside ? items : nothing.items };
}

/** How many members a group has. By `memberships_list`. */
export const countMembers = (db: Db, groupId: string): Promise<number> => db.$count(memberships, amongMembers(groupId));

/** Who leads a group (FEP-1b12), as far as its page names them to whoever asks. By `memberships_leaders`. */
async function listModerators({ db, group, inside }: Asked): Promise<Listed> {
  const named = inside ? undefined : group.membersShown ? eq(memberships.shown, true) : sql`false`;
  const those = and(amongMembers(group.id), ne(memberships.role, "member"), present, named);
  const [all] = await db
    .select({ total: count() })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.memberId))
    .where(those);
  const items = async (after: string | undefined) => {
    const rows = await db
      .select({ id: memberships.id, actor: actors })
      .from(memberships)
      .innerJoin(actors, eq(actors.id, memberships.memberId))
      .where(and(those, after ? gt(memberships.id, after) : undefined))
      .orderBy(asc(memberships.id))
      .limit(pageSize + 1);
    return rows.map(({ id, actor }) => ({ id, item: actorUri(actor) }));
  };
  return { total: all!.total, items };
}

/** What a group has to say: everybody sees what is for everybody, members all of it; the latest first. */
async function listPosts({ db, group, inside }: Asked): Promise<Listed> {
  const items = async (after: string | undefined) => {
    const rows = await postsToTell(db, group.id, { inside, after, limit: pageSize + 1 });
    return rows.map((full) => ({ id: full.post.id, item: full.post.uri ?? toArticle(full) }));
  };
  return { total: await countPostsToTell(db, group.id, { inside }), items };
}

/** What the members discuss, in the order in which it was opened; nobody else hears how much that is. */
async function listDiscussions({ db, group, inside }: Asked): Promise<Listed> {
  if (!inside) return nothing;
  const items = async (after: string | undefined) => {
    const rows = await discussionsToTell(db, group.id, { after, limit: pageSize + 1 });
    return rows.map((told) => {
      const { id, uri } = told.discussion;
      return { id, item: uri ?? describeDiscussion(told) };
    });
  };
  return { total: await countDiscussions(db, group.id), items };
}

/** What the members keep together, a folder before what lies in it; nobody else hears how much that is. */
async function listResources({ db, group, inside }: Asked): Promise<Listed> {
  if (!inside) return nothing;
  const items = async (after: string | undefined) => {
    const rows = await resourcesToTell(db, group.id, { after, limit: pageSize + 1 });
    return rows.map((told) => ({ id: told.resource.id, item: describeResource(told) }));
  };
  return { total: await countResources(db, group.id), items };
}
