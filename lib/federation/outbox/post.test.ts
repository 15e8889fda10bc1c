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
import { isProven, isSigned, type Json, Peer, read } from "../testing/peer.ts";
import { type Served, serveFederation } from "../testing/server.ts";
import { deliverTo } from "./delivery.ts";
import { tellPost } from "./post.ts";

const { posts } = schema;
const publicly = "https://www.w3.org/ns/activitystreams#Public";

let served: Served;
let peer: Peer;
let writer: Awaited<ReturnType<typeof person>>;
let groupId: string;
let group: string;
const db = () => served.base.db;
const uri = (id: string) => `${served.origin}/posts/${id}`;

beforeAll(async () => {
  peer = await new Peer().start();
  served = await serveFederation(() => [peer.host]);
  groupId = (await createActor(db(), operator, { type: "Group", handle: "atelier", name: "Atelier" })).id;
  group = `${served.origin}/@atelier`;
  writer = await person(db(), "ann");
  await enrol(db(), groupId, { memberId: writer.actor.id, role: "moderator" });
  await peer.send(`${group}/inbox`, peer.activity(peer.actor("bob"), "Follow", group));
  await deliverTo(db(), peer.host);
});
afterAll(async () => {
  await served.stop();
  await peer.stop();
});

const words: PostInput = {
  ...{ name: "Thanks", content: "It was **good**.", language: "en", tags: ["repair café"] },
  ...{ visibility: "public", coverId: null },
};
const settle = async (id: string) => {
  await tellPost(db(), id);
  await deliverTo(db(), peer.host);
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
const about = (id: string) =>
  peer.inbox.filter(({ activity }) => (activity.object as Json | undefined)?.id === uri(id));
const told = (id: string) => about(id).map(({ activity }) => activity.type);
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

  it("is told to nobody while it is a draft or for members alone; what becomes so is gone for those who had it", async () => {
    const draft = await write({}, { publish: false });
    const inner = await write({ visibility: "members" });
    expect([told(draft), told(inner)]).toEqual([[], []]);
    expect([(await ask(draft)).status, (await ask(inner)).status]).toEqual([404, 404]);
    await revise(draft, {}, { publish: true });
    expect(told(draft)).toEqual(["Create"]);
    await revise(draft, { visibility: "members" });
    expect([told(draft), (await ask(draft)).status]).toEqual([["Create", "Delete"], 410]);
    const { id } = about(draft)[0]!.activity as { id: string };
    expect((await fetch(id, { headers: { accept: "application/activity+json" } })).status).toBe(410);
  });
});
