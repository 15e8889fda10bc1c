import { type SQL, sql } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { isTakenDown } from "./event.ts";
import { groupIdsWhere, groupsReadBy, mayIn, type Standing } from "./group.ts";
import type { Viewer } from "./viewer.ts";

const { actors, memberships, posts } = schema;

type Shown = Pick<typeof posts.$inferSelect, "state" | "visibility" | "hiddenAt" | "hiddenWith">;

/** Whether what is published is there for everybody who has its address. */
export const isForAll = (post: Shown): boolean =>
  post.state === "published" && !isTakenDown(post) && post.visibility !== "members";

/**
 * Whether somebody of this standing in its group finds a post: what is published, and its tombstone, is there for all or for
 * members, as it says; drafts, what was sent to a group elsewhere and what the host has hidden for those who write the
 * group's posts.
 */
export function canReadPost(standing: Standing, post: Shown): boolean {
  if (mayIn(standing, "publish")) return true;
  const out = post.state === "deleted" || (post.state === "published" && !isTakenDown(post));
  return out && (post.visibility !== "members" || mayIn(standing, "see"));
}

/** Also in groups of other servers. */
const inside = (viewer: Viewer): SQL =>
  sql`posts.group_id in (select actors.id from ${actors} where ${groupsReadBy(viewer)})`;

/** What is written here for a group of another server, which that server reads before it publishes it. By `actors_host`. */
function sentTo(viewer: Viewer): SQL {
  const host =
    viewer.kind === "server"
      ? sql`${viewer.host}`
      : viewer.kind === "remote"
        ? sql`(select p.host from ${actors} p where p.id = ${viewer.actorId} and p.suspended_at is null)`
        : null;
  return host
    ? sql`(posts.uri is null and posts.state in ('sent', 'published') and posts.hidden_at is null
        and posts.group_id in (select g.id from ${actors} g where g.host = ${host}))`
    : sql`false`;
}

/** The same as a filter over `posts`, for every outward shape of one. By `memberships_member`. */
export function postsVisibleTo(viewer: Viewer): SQL {
  if (viewer.kind === "operator") return sql`true`;
  return sql`(${sentTo(viewer)} or (posts.state = 'deleted' or posts.state = 'published' and (posts.hidden_at is null or posts.hidden_with = 'silenced'))
      and (posts.visibility <> 'members' or ${inside(viewer)})
    or posts.group_id in (${groupIdsWhere(viewer, "publish", { anywhere: true })}))`;
}

/**
 * A filter over `posts`: what a group's lists show. Everybody what is public; members also what is for them alone, and what
 * strangers need the address for. Lists without a viewer take `posts.listed` by itself.
 */
export const postsListedTo = (viewer: Viewer): SQL =>
  viewer.kind === "visitor"
    ? sql`posts.listed`
    : sql`(posts.listed or posts.state = 'published' and posts.hidden_at is null
        and ${viewer.kind === "operator" ? sql`true` : inside(viewer)})`;

/**
 * A condition over `posts`, its group as `actors`, and `writers`: whether the viewer may know who wrote it. Everybody where the group shows
 * its members and the writer chose to be shown; other members in any case; nobody once they have left. By `memberships_pair`.
 */
export const writerShownTo = (viewer: Viewer): SQL =>
  sql`writers.deleted_at is null and writers.suspended_at is null and exists (select 1 from ${memberships} m
    where m.group_id = posts.group_id and m.member_id = posts.actor_id and m.state = 'member'
      and (${actors.membersShown} and m.shown or ${viewer.kind === "operator" ? sql`true` : inside(viewer)}))`;
