import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { follow } from "#lib/actor/follow/commands.ts";
import { localActor } from "#lib/federation/actors.ts";
import { groupCollection } from "#lib/federation/collections/group.ts";
import { postObject } from "#lib/federation/objects/post.ts";
import { tellPost } from "#lib/federation/outbox/post.ts";
import { getGroupFacts } from "#lib/group/queries.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { getPicture } from "#lib/media/queries.ts";
import { type Viewer, visitor } from "#lib/policy/viewer.ts";
import { getPost, listPosts, listPostsForSitemap } from "./queries.ts";
import { makePost } from "./testing.ts";

const { activities, media } = schema;

/** A text that stands in posts which are not for everybody, and nowhere else. */
const canary = "Canarybird";
const kinds = ["public", "members", "draft"] as const;

let base: TestDatabase;
let group: string;
const handle = "bricoleuses";
let cast: Record<string, Viewer>;
const ids: Record<string, string> = {};
const covers: Record<string, string> = {};
beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
  const [moderator, member, follower, stranger] = await Promise.all(
    ["moderator", "member", "follower", "stranger"].map((handle) => person(base.db, handle)),
  );
  group = await makeGroup(base.db, { handle, membersOrganise: true });
  await enrol(base.db, group, { memberId: moderator!.actor.id, role: "moderator" });
  await enrol(base.db, group, { memberId: member!.actor.id });
  await follow(base.db, follower!.viewer, follower!.actor.id, group);
  cast = {
    moderator: moderator!.viewer,
    member: member!.viewer,
    follower: follower!.viewer,
    stranger: stranger!.viewer,
    visitor,
  };
  for (const kind of kinds) {
    covers[kind] = newId();
    const picture = { id: covers[kind]!, path: `${kind}.webp`, mediaType: "image/webp", width: 1, height: 1 };
    await base.db.insert(media).values(picture);
    const said = kind === "public" ? "Open" : canary;
    const shows = kind === "members" ? `${said} ![](/media/${covers[kind]})` : said;
    ids[kind] = await makePost(base.db, group, {
      ...{ name: said, content: shows, coverId: kind === "members" ? null : covers[kind] },
      ...{ visibility: kind === "members" ? "members" : "public", state: kind === "draft" ? "draft" : "published" },
    });
  }
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const sees: Record<string, string[]> = {
  moderator: ["public", "members", "draft"],
  member: ["public", "members"],
  follower: ["public"],
  stranger: ["public"],
  visitor: ["public"],
};

describe("posts that are for members alone, and drafts", () => {
  it.each(Object.keys(sees))(
    "as a %s: pages, pictures, lists and the group's page show what is for them",
    async (who) => {
      const viewer = cast[who]!;
      const found = { pages: [] as string[], pictures: [] as string[] };
      for (const kind of kinds) {
        if (await getPost(base.db, viewer, ids[kind]!)) found.pages.push(kind);
        const picture = await getPicture(base.db, viewer, covers[kind]!);
        if (picture) found.pictures.push(kind);
        // Only what everybody may see is kept in places that many share.
        if (picture) expect(picture.open).toBe(kind === "public");
      }
      expect(found).toEqual({ pages: sees[who], pictures: sees[who] });
      const listed = await listPosts(base.db, viewer, { groupId: group, limit: 9 });
      const { posts } = await getGroupFacts(base.db, viewer, { id: group, membersShown: false });
      const shown = sees[who]!.filter((kind) => kind !== "draft").map((kind) => ids[kind]);
      for (const list of [listed, posts]) expect(list.map(({ id }) => id).sort()).toEqual([...shown].sort());
    },
  );

  it("say nothing in what anybody may read: feed, sitemap, another server’s copy, what is said to it", async () => {
    for (const kind of kinds) await tellPost(base.db, ids[kind]!);
    const own = await localActor(base.db, handle);
    const open = [
      await listPosts(base.db, visitor, { groupId: group, limit: 9 }),
      await listPostsForSitemap(base.db, 9),
      await Promise.all(kinds.map((kind) => postObject(base.db, ids[kind]!))),
      await groupCollection(base.db, own!, "posts", { viewer: cast.stranger!, page: undefined }),
      await base.db.select().from(activities),
    ];
    expect(JSON.stringify(open)).toContain("Open");
    expect(JSON.stringify(open)).not.toContain(canary);
    expect(JSON.stringify(open)).not.toContain(ids.members);
    expect(JSON.stringify(open)).not.toContain(ids.draft);
    // The same search would find it where it may be read.
    expect(JSON.stringify(await listPosts(base.db, cast.member!, { groupId: group, limit: 9 }))).toContain(canary);
  });
});
