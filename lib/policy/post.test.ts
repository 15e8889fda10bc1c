import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { enrol, makeGroup, makeProfile } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { makePost } from "#lib/post/testing.ts";
import { groupRoleOf } from "./group.ts";
import { canReadPost, isForAll, postsListedTo, postsVisibleTo } from "./post.ts";
import { operator, type Viewer, visitor } from "./viewer.ts";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.drop());

const { actors, follows, posts } = schema;

const account = (...actorIds: string[]): Viewer => ({
  kind: "account",
  accountId: newId(),
  role: "administrator",
  actorIds,
});

/** Every kind of post, and who finds it: by its address, and in the lists of the group. */
const kinds: Record<string, Partial<typeof posts.$inferInsert>> = {
  public: {},
  unlisted: { visibility: "unlisted" },
  members: { visibility: "members" },
  draft: { state: "draft" },
  hidden: { hiddenAt: new Date() },
  gone: { state: "deleted" },
  "gone, for members": { state: "deleted", visibility: "members" },
};
const sees = {
  writer: Object.keys(kinds),
  member: ["public", "unlisted", "members", "gone", "gone, for members"],
  stranger: ["public", "unlisted", "gone"],
};
const isShown = {
  writer: ["public", "unlisted", "members"],
  member: ["public", "unlisted", "members"],
  stranger: ["public"],
};

const cast: [string, keyof typeof sees][] = [
  ["an administrator", "writer"],
  ["a moderator", "writer"],
  ["the operator", "writer"],
  ["a member", "member"],
  ["a member of another server", "member"],
  ["a visitor", "stranger"],
  ["an account without profiles", "stranger"],
  ["a follower", "stranger"],
  ["who is invited", "stranger"],
  ["who was sent away", "stranger"],
  ["an administrator of another group", "stranger"],
];

async function viewerOf(who: string, group: string): Promise<Viewer> {
  const as = async (role: string, state = "member", where = group) => enrol(base.db, where, { role, state });
  const follower = await makeProfile(base.db);
  const viewers: Record<string, () => Viewer | Promise<Viewer>> = {
    "an administrator": async () => account(await as("administrator")),
    "a moderator": async () => account(await as("moderator")),
    "the operator": () => operator,
    "a member": async () => account(await as("member")),
    "a member of another server": async () => ({ kind: "remote", actorId: await as("member") }),
    "a visitor": () => visitor,
    "an account without profiles": () => account(),
    "a follower": async () => {
      const pair = { followerId: follower, followedId: group };
      await base.db.insert(follows).values({ id: newId(), ...pair, uri: newId(), state: "accepted" });
      return account(follower);
    },
    "who is invited": async () => account(await as("administrator", "invited")),
    "who was sent away": async () => account(await as("administrator", "removed")),
    "an administrator of another group": async () =>
      account(await as("administrator", "member", await makeGroup(base.db))),
  };
  return viewers[who]!();
}

describe("who reads the posts of a group", () => {
  it.each(cast)("%s: the predicate and the filter agree, and lists show no more", async (who, what) => {
    const group = await makeGroup(base.db, { membersOrganise: true });
    const viewer = await viewerOf(who, group);
    const [standing] = await base.db
      .select({ role: groupRoleOf(viewer), membersOrganise: actors.membersOrganise })
      .from(actors)
      .where(eq(actors.id, group));
    const found = { asked: [] as string[], filtered: [] as string[], listed: [] as string[] };
    for (const [kind, change] of Object.entries(kinds)) {
      const id = await makePost(base.db, group, change);
      const [post] = await base.db.select().from(posts).where(eq(posts.id, id));
      const here = eq(posts.id, id);
      if (canReadPost(standing!, post!)) found.asked.push(kind);
      if (await base.db.$count(posts, and(here, postsVisibleTo(viewer)))) found.filtered.push(kind);
      if (await base.db.$count(posts, and(here, postsListedTo(viewer)))) found.listed.push(kind);
      expect(isForAll(post!)).toBe(["public", "unlisted"].includes(kind));
    }
    expect(found).toEqual({ asked: sees[what], filtered: sees[what], listed: isShown[what] });
  });

  it("is nobody's more, once the group is suspended or gone, but what was for everybody", async () => {
    for (const change of [{ suspendedAt: new Date() }, { deletedAt: new Date() }]) {
      const group = await makeGroup(base.db, change);
      const viewer = account(await enrol(base.db, group, { role: "administrator" }));
      const found = [];
      for (const [kind, post] of Object.entries(kinds)) {
        const id = await makePost(base.db, group, post);
        if (await base.db.$count(posts, and(eq(posts.id, id), postsVisibleTo(viewer)))) found.push(kind);
      }
      expect(found).toEqual(sees.stranger);
    }
  });
});
