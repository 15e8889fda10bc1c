import { and, asc, count, eq, gt, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { getDeskGroup } from "#lib/group/queries.ts";
import { groupsWhere } from "#lib/policy/group.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import type { ActorRow } from "../actors.ts";
import { actorPart, actorUri, eventUri } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { countDiscussions, describeDiscussion, discussionsToTell, repliesUri } from "../objects/discussion.ts";
import { listMember } from "../objects/member.ts";
import { countPostsToTell, postsToTell, toArticle } from "../objects/post.ts";
import { countResources, describeResource, resourcesToTell } from "../objects/resource.ts";
import { countEventsToTell, eventsToTell } from "./event.ts";
import { type Items, isPage, type Listed, nothing, paged } from "./page.ts";
import { passedOn } from "./passed.ts";

const { actors, memberships } = schema;

/** How many who are invited or ask to come in are told. */
const mostWaiting = 300;

type Asked = { db: Db; group: ActorRow; inside: boolean; viewer: Viewer };

const lists: Record<string, (asked: Asked) => Promise<Listed>> = {
  members: listMembers,
  moderators: listModerators,
  events: listEvents,
  posts: listPosts,
  discussions: listDiscussions,
  resources: listResources,
  // Mobilizon asks for them, and stops at the first collection that is not there.
  todos: async () => nothing,
};

/** Whether it is the name of such a collection. */
export const isOfGroup = (name: string): boolean => Object.hasOwn(lists, name);

/**
 * A collection of a group with its first page, or a further one: what is for members shows nothing to anybody else, and
 * fails for nobody. Null: no such page. `kept`: it is for whoever asked alone.
 */
export async function groupCollection(
  db: Db,
  group: ActorRow,
  name: string,
  { viewer, page }: { viewer: Viewer; page: string | undefined },
): Promise<{ document: Json; kept: boolean } | null> {
  if (group.type !== "Group" || !isPage(page)) return null;
  const kept = await isInside(db, viewer, group.id);
  const listed = await lists[name]!({ db, group, inside: kept, viewer });
  const document = await paged(actorPart(group.handle, name), { ...listed, attributedTo: actorUri(group), page });
  return { document, kept };
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

/**
 * Everybody sees how many they are, members who; those who lead it from another server, on the first page, also who is
 * invited or asks to come in. By `memberships_list`.
 */
async function listMembers({ db, group, inside, viewer }: Asked): Promise<Listed> {
  const read = async (which: SQL | undefined, limit: number) => {
    const rows = await db
      .select({ row: memberships, member: actors })
      .from(memberships)
      .innerJoin(actors, eq(actors.id, memberships.memberId))
      .where(and(which, present))
      .orderBy(asc(memberships.id))
      .limit(limit);
    return rows.map(({ row, member }) => ({ id: row.id, item: listMember(row, member, group) }));
  };
  const items: Items = (after, limit) =>
    read(and(amongMembers(group.id), after ? gt(memberships.id, after) : undefined), limit);
  const waiting = and(eq(memberships.groupId, group.id), inArray(memberships.state, ["invited", "requested"]));
  const leads = viewer.kind === "remote" && (await getDeskGroup(db, viewer, group.id, "decide")) !== null;
  return {
    total: await countMembers(db, group.id),
    items: inside ? items : nothing.items,
    before: leads ? () => read(waiting, mostWaiting) : undefined,
  };
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
  const items: Items = async (after, limit) => {
    const rows = await db
      .select({ id: memberships.id, actor: actors })
      .from(memberships)
      .innerJoin(actors, eq(actors.id, memberships.memberId))
      .where(and(those, after ? gt(memberships.id, after) : undefined))
      .orderBy(asc(memberships.id))
      .limit(limit);
    return rows.map(({ id, actor }) => ({ id, item: actorUri(actor) }));
  };
  return { total: all!.total, items };
}

/** What is on or to come, by start, as ids: everybody sees what is for everybody, members all that stands in a list. */
async function listEvents({ db, group, inside }: Asked): Promise<Listed> {
  const items: Items = async (after, limit) => {
    const rows = await eventsToTell(db, group.id, { inside, after, limit });
    const passed = inside ? await passedOn(db, group, rows) : null;
    return rows.map((row) => ({ id: row.id, ...(passed?.get(row.id) ?? { item: eventUri(row) }) }));
  };
  return { total: await countEventsToTell(db, group.id, { inside }), items };
}

/** What a group has to say: everybody sees what is for everybody, members all of it; the latest first. */
async function listPosts({ db, group, inside }: Asked): Promise<Listed> {
  const items: Items = async (after, limit) => {
    const rows = await postsToTell(db, group.id, { inside, after, limit });
    const passed = inside
      ? await passedOn(
          db,
          group,
          rows.map(({ post }) => post),
        )
      : null;
    return rows.map((full) => ({
      id: full.post.id,
      ...(passed?.get(full.post.id) ?? { item: full.post.uri ?? toArticle(full) }),
    }));
  };
  return { total: await countPostsToTell(db, group.id, { inside }), items };
}

/** What the members discuss, what was opened last first, with where it is read; nobody else hears how much that is. */
async function listDiscussions({ db, group, inside }: Asked): Promise<Listed> {
  if (!inside) return nothing;
  const items: Items = async (after, limit) => {
    const rows = await discussionsToTell(db, group.id, { after, limit });
    const passed = await passedOn(
      db,
      group,
      rows.map(({ discussion }) => discussion),
    );
    return rows.map((told) => {
      const { discussion } = told;
      const other = passed.get(discussion.id);
      const item = other ? { ...other.item, replies: repliesUri(discussion) } : describeDiscussion(told);
      return { id: discussion.id, ...other, item };
    });
  };
  return { total: await countDiscussions(db, group.id), items };
}

/** What the members keep together, a folder before what lies in it; nobody else hears how much that is. */
async function listResources({ db, group, inside }: Asked): Promise<Listed> {
  if (!inside) return nothing;
  const items: Items = async (after, limit) => {
    const rows = await resourcesToTell(db, group.id, { after, limit });
    const passed = await passedOn(
      db,
      group,
      rows.map(({ resource }) => resource),
    );
    return rows.map((told) => ({
      id: told.resource.id,
      ...(passed.get(told.resource.id) ?? { item: describeResource(told) }),
    }));
  };
  return { total: await countResources(db, group.id), items };
}
