import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { deletePost, revisePost, writePost } from "#lib/post/commands.ts";
import { getPost, listPosts } from "#lib/post/queries.ts";
import { deliverTo } from "../outbox/delivery.ts";
import { tellPost } from "../outbox/post.ts";
import { resolveActor } from "../remote/actor.ts";
import type { Json } from "../testing/peer.ts";
import { publicly, type Stage, stage } from "../testing/stage.ts";

const { posts } = schema;

/** Mia leads a group of ours from one server, Noa is a plain member from another. */
let at: Stage;
let mia: string;
let noa: string;
let group: { id: string; uri: string };
beforeAll(async () => {
  at = await stage();
  [mia, noa] = [at.peer.actor("mia"), at.other.actor("noa")];
  const id = await makeGroup(at.db, { handle: "atelier" });
  group = { id, uri: `${at.origin}/@atelier` };
  const rowOf = async (uri: string) => (await resolveActor(at.db, uri))!.id;
  await enrol(at.db, id, { memberId: at.ann.actor.id, role: "moderator" });
  await enrol(at.db, id, { memberId: await rowOf(mia), role: "moderator" });
  await enrol(at.db, id, { memberId: await rowOf(noa) });
});
afterAll(() => at.stop());
beforeEach(async () => {
  await deliver();
  for (const { inbox } of [at.peer, at.other]) inbox.length = 0;
  await at.db.execute(sql`delete from limits`);
});

const peerOf = (uri: string) => (uri.startsWith(at.peer.origin) ? at.peer : at.other);
const deliver = () => Promise.all([at.peer, at.other].map(({ host }) => deliverTo(at.db, host)));
let count = 0;

/** What somebody elsewhere posts in the group's name, as Mobilizon has it. */
const article = (author: string, change: Json = {}): Json => ({
  ...{ id: `${new URL(author).origin}/p/${++count}`, type: "Article", actor: author, attributedTo: group.uri },
  ...{ to: [publicly], cc: [], name: "Thanks", content: "<p>It was <b>good</b>.<script>1</script></p>" },
  ...{ published: "2026-11-01T08:00:00Z", updated: "2026-11-01T08:00:00Z", draft: false, ...change },
});
async function says(author: string, type: string, object: unknown) {
  const activity = peerOf(author).activity(author, type, object, { to: [group.uri] });
  expect((await peerOf(author).send(at.inbox, activity, { signer: author })).status).toBeLessThan(500);
  await deliver();
  return activity;
}
const rowOf = async (uri: unknown) =>
  (
    await at.db
      .select()
      .from(posts)
      .where(eq(posts.uri, String(uri)))
  )[0] ?? null;
const passedOn = () => at.other.inbox.filter(({ activity }) => activity.type === "Announce").map((one) => one.activity);

describe("a post in the name of a group of this server", () => {
  it("is kept from who leads the group elsewhere, cleaned, on its page, and passed on as it came", async () => {
    const object = article(mia);
    const activity = await says(mia, "Create", object);
    const row = await rowOf(object.id);
    expect(row).toMatchObject({ groupId: group.id, state: "published", visibility: "public", name: "Thanks" });
    expect(row!.content).toBe("<p>It was <b>good</b>.</p>");
    expect((await listPosts(at.db, visitor, { groupId: group.id, limit: 9 })).map(({ id }) => id)).toContain(row!.id);
    expect(passedOn().map((one) => one.object)).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: activity.id, type: "Create" }), object.id]),
    );
    // It belongs where it was written: nobody changes it here.
    const change = {
      name: "Ours",
      content: "Ours",
      language: "en",
      visibility: "public" as const,
      tags: [],
      coverId: null,
    };
    const seen = { seenAt: row!.updatedAt };
    await expect(revisePost(at.db, at.ann.viewer, row!.id, { ...change, publish: false }, seen)).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("is kept from nobody who does not lead it, nor from another's address, nor as a draft or for nobody in particular", async () => {
    const [member, foreign] = [article(noa), article(mia, { id: `${at.other.origin}/p/x` })];
    const [draft, nobody] = [article(mia, { draft: true }), article(mia, { to: [mia] })];
    await says(noa, "Create", member);
    for (const one of [foreign, draft, nobody]) await says(mia, "Create", one);
    for (const one of [member, foreign, draft, nobody]) expect(await rowOf(one.id)).toBeNull();
    expect(passedOn()).toEqual([]);
  });

  it("is for whom it says: what is for members is read and passed on among them", async () => {
    const object = article(mia, { to: [`${group.uri}/members`] });
    await says(mia, "Create", object);
    const row = await rowOf(object.id);
    expect(row!.visibility).toBe("members");
    expect(await getPost(at.db, visitor, row!.id)).toBeNull();
    expect(await getPost(at.db, at.ann.viewer, row!.id)).not.toBeNull();
    expect(passedOn()[0]).toMatchObject({ to: [`${group.uri}/members`], cc: [] });
    const unlisted = article(mia, { to: [`${group.uri}/followers`] });
    await says(mia, "Create", unlisted);
    expect(await rowOf(unlisted.id)).toMatchObject({ visibility: "unlisted", listed: false });
  });

  it("follows its newer words, not older ones; once deleted it does not come back", async () => {
    const object = article(mia);
    await says(mia, "Create", object);
    await says(mia, "Update", { ...object, name: "Newer", updated: "2026-11-02T08:00:00Z" });
    await says(mia, "Update", { ...object, name: "Older", updated: "2026-11-01T09:00:00Z" });
    expect((await rowOf(object.id))!.name).toBe("Newer");
    // Who does not lead it deletes nothing.
    await says(noa, "Delete", object.id);
    expect((await rowOf(object.id))!.state).toBe("published");
    await says(mia, "Delete", object.id);
    expect(await rowOf(object.id)).toMatchObject({ state: "deleted", name: "", content: "" });
    expect(passedOn().at(-1)!.object).toMatchObject({ type: "Delete" });
    await says(mia, "Update", { ...object, updated: "2026-11-03T08:00:00Z" });
    expect((await rowOf(object.id))!.state).toBe("deleted");
  });

  it("is taken away by who leads the group here, and one of ours by who leads it elsewhere; all others hear of it", async () => {
    const object = article(mia);
    await says(mia, "Create", object);
    const { id } = (await rowOf(object.id))!;
    at.other.inbox.length = 0;
    await deletePost(at.db, at.ann.viewer, id);
    await tellPost(at.db, id);
    await deliver();
    const ends = at.other.inbox.map(({ activity }) => activity).filter(({ type }) => type === "Delete");
    expect(ends).toEqual([
      expect.objectContaining({ actor: group.uri, object: expect.objectContaining({ id: object.id }) }),
    ]);

    const own = newId();
    const words = {
      name: "Ours",
      content: "Ours",
      language: "en",
      visibility: "public" as const,
      tags: [],
      coverId: null,
    };
    await writePost(at.db, at.ann.viewer, group.id, { ...words, id: own, publish: true });
    await says(noa, "Delete", `${at.origin}/posts/${own}`);
    expect((await getPost(at.db, visitor, own))!.post.state).toBe("published");
    await says(mia, "Delete", `${at.origin}/posts/${own}`);
    expect((await getPost(at.db, visitor, own))!.post.state).toBe("deleted");
  });
});
