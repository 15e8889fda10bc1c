import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { createActor } from "#lib/actor/commands.ts";
import { enrol } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { operator } from "#lib/policy/viewer.ts";
import { deletePost, revisePost, writePost } from "#lib/post/commands.ts";
import type { PostInput } from "#lib/post/input.ts";
import { resolveActor } from "../remote/actor.ts";
import { isProven, isSigned, type Json, Peer, read } from "../testing/peer.ts";
import { type Served, serveFederation } from "../testing/server.ts";
import { deliverTo } from "./delivery.ts";
import { tellPost } from "./post.ts";

const { posts } = schema;
const publicly = "https://www.w3.org/ns/activitystreams#Public";

let served: Served;
let peer: Peer;
/** Of a server one of whose people is a member. */
let inner: Peer;
let member: string;
let writer: Awaited<ReturnType<typeof person>>;
let groupId: string;
let group: string;
const db = () => served.base.db;
const uri = (id: string) => `${served.origin}/posts/${id}`;

beforeAll(async () => {
  [peer, inner] = [await new Peer().start(), await new Peer().start()];
  served = await serveFederation(() => [peer.host, inner.host]);
  groupId = (await createActor(db(), operator, { type: "Group", handle: "atelier", name: "Atelier" })).id;
  group = `${served.origin}/@atelier`;
  writer = await person(db(), "ann");
  await enrol(db(), groupId, { memberId: writer.actor.id, role: "moderator" });
  await peer.send(`${group}/inbox`, peer.activity(peer.actor("bob"), "Follow", group));
  await deliverTo(db(), peer.host);
  member = inner.actor("cid");
  await enrol(db(), groupId, { memberId: (await resolveActor(db(), member))!.id });
});
afterAll(async () => {
  await served.stop();
  await Promise.all([peer.stop(), inner.stop()]);
});

const words: PostInput = {
  ...{ name: "Thanks", content: "It was **good**.", language: "en", tags: ["repair café"] },
  ...{ visibility: "public", coverId: null },
};
const settle = async (id: string) => {
  await tellPost(db(), id);
  for (const { host } of [peer, inner]) await deliverTo(db(), host);
};
async function write(change: Partial<PostInput> = {}, { publish = true } = {}) {
  const id = newId();
  await writePost(db(), writer.viewer, groupId, { ...words, ...change, id, publish });
  await settle(id);
  return id;
}
async function revise(id: string, change: Partial<PostInput>, { publish = false } = {}) {
  const [row] = await db().select().from(posts).where(eq(posts.id, id));
  await revisePost(db(), writer.viewer, id, { ...words, ...change, publish }, { seenAt: row!.updatedAt });
  await settle(id);
}
const about = (id: string, where = peer) =>
  where.inbox.filter(({ activity }) => (activity.object as Json | undefined)?.id === uri(id));
const told = (id: string, where = peer) => about(id, where).map(({ activity }) => activity.type);
const ask = (id: string) => fetch(uri(id), { headers: { accept: "application/activity+json" } });

describe("a post on the wire", () => {
  it("is an Article of the group, signed, the same by its address and to those who follow", async () => {
    const id = await write();
    const [create] = about(id);
    expect([told(id), await isSigned(create!), await isProven(create!.activity)]).toEqual([["Create"], true, true]);
    const { "@context": _, ...article } = (await (await ask(id)).json()) as Json;
    const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(article).toEqual({
      ...{ id: uri(id), url: uri(id), type: "Article", uuid: id },
      ...{ actor: group, attributedTo: group, audience: group, to: [publicly], cc: [`${group}/followers`] },
      ...{ name: "Thanks", summary: "It was good.", content: "<p>It was <strong>good</strong>.</p>\n" },
      ...{ contentMap: { en: "<p>It was <strong>good</strong>.</p>\n" }, mediaType: "text/html", inLanguage: "en" },
      attachment: [],
      tag: [{ type: "Hashtag", name: "#repaircafé", href: expect.stringContaining("/search?tag=repair%20caf") }],
      ...{ draft: false, published: moment, updated: moment },
    });
    expect(create!.activity.object).toEqual(article);
    expect(create!.body).not.toContain("ann");
  });

  it("is said to be changed once a change, and to be gone, when its address says so already", async () => {
    const id = await write();
    await revise(id, { name: "Thank you" });
    await settle(id);
    expect(told(id)).toEqual(["Create", "Update"]);
    await deletePost(db(), writer.viewer, id);
    const gone = await ask(id);
    expect([gone.status, await gone.json()]).toEqual([
      410,
      expect.objectContaining({ type: "Tombstone", formerType: "Article" }),
    ]);
    await settle(id);
    await settle(id);
    expect(told(id)).toEqual(["Create", "Update", "Delete"]);
    expect(about(id).at(-1)!.body).not.toContain("Thank");
  });

  it("goes to followers when it is unlisted, addressed to them, and stands in no outbox", async () => {
    const [open, id] = [await write(), await write({ visibility: "unlisted" })];
    expect(about(id)[0]!.activity).toMatchObject({ to: [`${group}/followers`], cc: [publicly] });
    expect((await ask(id)).status).toBe(200);
    const { json: outbox } = await read(`${group}/outbox?cursor=`);
    const ids = (outbox.orderedItems as Json[]).map(({ object }) => (object as Json).id);
    expect([ids.includes(uri(open)), ids.includes(uri(id))]).toEqual([true, false]);
  });

  it("is told to nobody while it is a draft; what becomes one for members is gone for those who are none", async () => {
    const draft = await write({}, { publish: false });
    expect([told(draft), told(draft, inner), (await ask(draft)).status]).toEqual([[], [], 404]);
    await revise(draft, {}, { publish: true });
    expect(told(draft)).toEqual(["Create"]);
    await revise(draft, { visibility: "members" });
    expect([told(draft), (await ask(draft)).status]).toEqual([["Create", "Delete"], 410]);
    expect(told(draft, inner)).toEqual(["Create", "Update"]);
    const { id } = about(draft)[0]!.activity as { id: string };
    expect((await fetch(id, { headers: { accept: "application/activity+json" } })).status).toBe(410);
  });

  it("for members goes to their servers alone, and is there for who signs as one, also in the collection", async () => {
    const id = await write({ visibility: "members", name: "Between us" });
    expect([told(id), told(id, inner)]).toEqual([[], ["Create"]]);
    const { activity } = about(id, inner)[0]!;
    expect([activity.to, activity.cc, activity.signature]).toEqual([[`${group}/members`], [], undefined]);
    expect((await ask(id)).status).toBe(404);
    expect((await peer.ask(uri(id), peer.actor("bob"))).status).toBe(404);
    const shown = await inner.ask(uri(id), member);
    expect([shown.status, shown.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
    expect(shown.json).toMatchObject({ type: "Article", name: "Between us", to: [`${group}/members`] });
    const listed = async (where: Peer, who: string) => {
      const { first } = (await where.ask(`${group}/posts`, who)).json as { first: { orderedItems: Json[] } };
      return first.orderedItems.map((one) => one.id);
    };
    expect(await listed(inner, member)).toContain(uri(id));
    const open = await listed(peer, peer.actor("bob"));
    expect([open.length > 0, open.includes(uri(id))]).toEqual([true, false]);
  });

  it("is passed on by the group, unchanged, and by its id", async () => {
    const id = await write();
    const passed = peer.inbox
      .filter(({ activity }) => activity.type === "Announce")
      .map(({ activity }) => activity.object);
    expect(passed).toContain(uri(id));
    expect(passed).toContainEqual(
      expect.objectContaining({ type: "Create", object: expect.objectContaining({ id: uri(id) }) }),
    );
  });
});
