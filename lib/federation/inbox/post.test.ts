import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { closeGroup } from "#lib/group/commands.ts";
import { getGroupFacts } from "#lib/group/queries.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { concludeGroup } from "#lib/notification/group/commands.ts";
import { listNews } from "#lib/notification/news/queries.ts";
import { operator, type Viewer, visitor } from "#lib/policy/viewer.ts";
import { deletePost, revisePost, writePost } from "#lib/post/commands.ts";
import { getDeskPost, getPost, listPosts, listPostsForSitemap } from "#lib/post/queries.ts";
import { tellAsk } from "../outbox/ask.ts";
import { tellPost } from "../outbox/post.ts";
import { judgePeer } from "../peers/judgement.ts";
import { buryActor, resolveActor } from "../remote/actor.ts";
import { readOutbox } from "../remote/outbox.ts";
import { idOf } from "../remote/values.ts";
import { type Json, read } from "../testing/peer.ts";
import { publicly, type Stage, stage } from "../testing/stage.ts";

const { activities, follows, groupLog, posts } = schema;

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
beforeEach(() => at.clear());

const words = {
  ...{ name: "Ours", content: "Ours", language: "en", visibility: "public" as const },
  ...{ tags: [], coverId: null },
};
let count = 0;

/** What somebody elsewhere posts in the group's name, as Mobilizon has it. */
const article = (author: string, change: Json = {}): Json => ({
  ...{ id: `${new URL(author).origin}/p/${++count}`, type: "Article", actor: author, attributedTo: group.uri },
  ...{ to: [publicly], cc: [], name: "Thanks", content: "<p>It was <b>good</b>.<script>1</script></p>" },
  ...{ published: "2026-11-01T08:00:00Z", updated: "2026-11-01T08:00:00Z", draft: false, ...change },
});
async function says(author: string, type: string, object: unknown) {
  const activity = at.peerOf(author).activity(author, type, object, { to: [group.uri] });
  expect((await at.peerOf(author).send(at.inbox, activity, { signer: author })).status).toBeLessThan(500);
  await at.deliver();
  return activity;
}
const rowOf = async (uri: unknown) =>
  (
    await at.db
      .select()
      .from(posts)
      .where(eq(posts.uri, String(uri)))
  )[0] ?? null;
const hides = (id: string, hidden: boolean) =>
  at.db
    .update(posts)
    .set({ hiddenAt: hidden ? sql`now()` : null, updatedAt: sql`now()` })
    .where(eq(posts.id, id));
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
    // A member hears that it was not taken.
    const refusals = at.other.received("Reject").map(({ actor, object }) => [actor, (object as Json).object]);
    expect(refusals).toEqual([[group.uri, member.id]]);
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

  it("is taken from who followed the group when it becomes one for members: nothing of it is said there any more", async () => {
    const id = await makeGroup(at.db, { handle: "studio" });
    const studio = `${at.origin}/@studio`;
    await enrol(at.db, id, { memberId: (await resolveActor(at.db, mia))!.id, role: "moderator" });
    const fox = (await resolveActor(at.db, at.other.actor("fox")))!.id;
    const follow = { id: newId(), followerId: fox, followedId: id, uri: newId(), state: "accepted" };
    await at.db.insert(follows).values(follow);
    const object = article(mia, { attributedTo: studio });
    await says(mia, "Create", object);
    const change = { to: [`${studio}/members`], name: "Among us", updated: "2026-11-02T08:00:00Z" };
    await says(mia, "Update", { ...object, ...change });
    const [whole, ...ids] = passedOn();
    expect([(await read(String(whole!.id))).status, ids.map((one) => one.object)]).toEqual([
      404,
      [object.id, object.id],
    ]);
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
    await at.deliver();
    const ends = at.other.inbox.map(({ activity }) => activity).filter(({ type }) => type === "Delete");
    expect(ends).toEqual([
      expect.objectContaining({ actor: group.uri, object: expect.objectContaining({ id: object.id }) }),
    ]);

    const own = newId();
    await writePost(at.db, at.ann.viewer, group.id, { ...words, id: own, publish: true });
    await says(noa, "Delete", `${at.origin}/posts/${own}`);
    expect((await getPost(at.db, visitor, own))!.post.state).toBe("published");
    await says(mia, "Delete", `${at.origin}/posts/${own}`);
    expect((await getPost(at.db, visitor, own))!.post.state).toBe("deleted");
  });
});

it.each<[string, (post: { id: string; uri: string }, groupId: string) => Promise<unknown>]>([
  ["its author deletes it", ({ uri }) => says(mia, "Delete", uri)],
  ["who leads the group deletes it", ({ id }) => deletePost(at.db, at.ann.viewer, id)],
  ["the host hides it", ({ id }) => hides(id, true)],
  [
    "the group is closed",
    (_, id) => closeGroup(at.db, operator, id, `brief${count}`).then(() => concludeGroup(at.db, id)),
  ],
])(
  "a post in the group's name is read by nobody once %s, also not in what the group passed on; who heard of it is told",
  async (_, end) => {
    const handle = `brief${count + 1}`;
    const id = await makeGroup(at.db, { handle });
    await enrol(at.db, id, { memberId: at.ann.actor.id, role: "administrator" });
    await enrol(at.db, id, { memberId: (await at.actorOf(mia)).id, role: "moderator" });
    const flo = at.other.actor(`flo${count}`);
    await at.send(at.other.activity(flo, "Follow", `${at.origin}/@${handle}`));
    const object = article(mia, { attributedTo: `${at.origin}/@${handle}` });
    await says(mia, "Create", object);
    const row = (await rowOf(object.id))!;
    const passed = await at.db.select().from(activities).where(eq(activities.objectId, row.id));
    const statuses = () =>
      Promise.all(passed.map(async (one) => (await read(`${at.origin}/activities/${one.id}`)).status));
    expect(await statuses()).toEqual([200, 200]);
    at.other.inbox.length = 0;
    await end({ id: row.id, uri: String(object.id) }, id);
    await tellPost(at.db, row.id);
    await at.deliver();
    for (const status of await statuses()) expect([404, 410]).toContain(status);
    const told = at.other.inbox.map(
      ({ activity }) => (activity.type === "Announce" ? activity.object : activity) as Json,
    );
    expect(told.filter(({ type }) => type === "Delete").map((one) => idOf(one.object))).toContain(object.id);
    expect(JSON.stringify(told)).not.toContain(object.name);
  },
);

it("a post in the group's name that the host hides is told in no newer words, and passed on by its id once it is shown again", async () => {
  const object = article(mia);
  await says(mia, "Create", object);
  const { id } = (await rowOf(object.id))!;
  await hides(id, true);
  await tellPost(at.db, id);
  await at.clear();
  await says(mia, "Update", { ...object, name: "Newer", updated: new Date(Date.now() + 60_000).toISOString() });
  expect([(await rowOf(object.id))!.name, passedOn()]).toEqual(["Newer", []]);
  await hides(id, false);
  for (const _ of [1, 2]) await tellPost(at.db, id);
  await at.deliver();
  expect(passedOn().map((one) => one.object)).toEqual([object.id]);
});

describe("a post of a group of another server", () => {
  /** A club where Ann is a member, Fay follows it, and Sam knows nobody there. */
  let club: string;
  let clubId: string;
  /** A group of a third server, which Ann follows. */
  let others: string;
  const forged = { name: "Forged", updated: "2026-11-02T08:00:00Z" };
  let cast: Record<"visitor" | "stranger" | "follower" | "member", Viewer>;
  beforeAll(async () => {
    club = at.peer.actor("club", { type: "Group", openness: "open" });
    clubId = (await resolveActor(at.db, club))!.id;
    const [fay, sam] = [await person(at.db, "fay"), await person(at.db, "sam")];
    await enrol(at.db, clubId, { memberId: at.ann.actor.id, role: "moderator" });
    await follow(fay.actor.id, clubId);
    cast = { visitor, stranger: sam.viewer, follower: fay.viewer, member: at.ann.viewer };
    others = at.other.actor("others", { type: "Group" });
    await follow(at.ann.actor.id, (await resolveActor(at.db, others))!.id);
  });
  const follow = (followerId: string, followedId: string) =>
    at.db.insert(follows).values({ id: newId(), followerId, followedId, uri: newId(), state: "accepted" });

  /** As its own server has it: by the group alone, as ours does, or by a member, as Mobilizon does. */
  const ours = (change: Json = {}) => article(club, { attributedTo: club, audience: club, ...change });
  const mobilizons = (change: Json = {}) => article(mia, { attributedTo: club, ...change });
  const serve = (object: Json, answer: Json | number = object) =>
    at.peer.documents.set(new URL(String(object.id)).pathname, answer);
  const passes = (object: unknown, by = club) => says(by, "Announce", object);
  const listedTo = async (viewer: Viewer) =>
    (await listPosts(at.db, viewer, { groupId: clubId, limit: 99 })).map(({ id }) => id);
  /** Who of the cast finds it by its address, and who on the group's pages. */
  const shownTo = async (id: string) => {
    const all = Object.entries(cast);
    const found = await Promise.all(
      all.map(async ([name, viewer]) => ((await getPost(at.db, viewer, id)) ? [name] : [])),
    );
    const listed = await Promise.all(
      all.map(async ([name, viewer]) => {
        const facts = await getGroupFacts(at.db, viewer, { id: clubId, membersShown: false });
        const there = [facts.posts.some((one) => one.id === id), (await listedTo(viewer)).includes(id)];
        expect(there[0]).toBe(there[1]);
        return there[0] ? [name] : [];
      }),
    );
    return { found: found.flat(), listed: listed.flat() };
  };
  const everybody = ["visitor", "stranger", "follower", "member"];

  it.each<[string, (object: Json) => Promise<unknown>, () => Json]>([
    ["said by the group itself", (object) => says(club, "Create", object), ours],
    ["said by one of its members, as Mobilizon has it", (object) => says(mia, "Create", object), mobilizons],
    ["passed on whole", (object) => passes(at.peer.activity(club, "Create", object)), ours],
    ["passed on by its id, as Mobilizon has it", (object) => passes(object.id), mobilizons],
    ["said by its id", (object) => says(club, "Create", object.id), ours],
    ["first heard of when it was changed", (object) => says(club, "Update", object), ours],
  ])("is kept once and cleaned, %s", async (_, tell, make) => {
    const object = make();
    serve(object);
    await tell(object);
    await passes(object.id);
    const rows = await at.db
      .select()
      .from(posts)
      .where(eq(posts.uri, String(object.id)));
    expect(rows).toEqual([
      expect.objectContaining({
        groupId: clubId,
        actorId: null,
        name: "Thanks",
        content: "<p>It was <b>good</b>.</p>",
      }),
    ]);
    expect(rows[0]!.publishedAt).toEqual(new Date("2026-11-01T08:00:00Z"));
    expect(await shownTo(rows[0]!.id)).toEqual({ found: everybody, listed: everybody });
  });

  it("belongs where it was written: other servers are led there, it is in the mail of who reads it here and in no sitemap, and nobody changes it here", async () => {
    const now = new Date().toISOString();
    const object = ours({ id: `${at.peer.origin}/p/感謝/${++count}`, updated: now, published: now });
    const picture = { type: "Document", mediaType: "image/png", url: `${at.peer.origin}/p.png`, name: "A table" };
    await says(club, "Create", { ...object, attachment: [picture] });
    const { id, coverId, updatedAt } = (await rowOf(object.id))!;
    const [cover] = await at.db.select().from(schema.media).where(eq(schema.media.id, coverId!));
    expect(cover).toMatchObject({ remoteUrl: picture.url, name: "A table", path: null });
    const answer = await read(`${at.origin}/posts/${id}`);
    expect([answer.status, answer.headers.get("location")]).toEqual([302, encodeURI(String(object.id))]);
    expect((await listPostsForSitemap(at.db, 99)).map((one) => one.id)).not.toContain(id);
    const days = { since: new Date(Date.now() - 86_400_000), until: new Date(Date.now() + 86_400_000) };
    const news = await listNews(at.db, at.ann.viewer.accountId, { subject: "posts", ...days });
    expect(news.map((one) => one.id)).toContain(id);
    const revised = revisePost(at.db, at.ann.viewer, id, { ...words, publish: false }, { seenAt: updatedAt });
    await expect(revised).rejects.toMatchObject({ code: "not-found" });
    // Who leads the group asks its server to take it away.
    expect(await deletePost(at.db, at.ann.viewer, id)).toBe("asked");
    const { post } = (await getDeskPost(at.db, at.ann.viewer, id, { anywhere: true }))!;
    expect(post).toMatchObject({ state: "published", ask: { kind: "post-deleted", refused: false } });
    const [ask] = await at.db.select().from(groupLog).where(eq(groupLog.objectId, id));
    await tellAsk(at.db, ask!.id);
    await at.deliver();
    const [asked] = at.peer.received("Delete");
    expect(asked).toMatchObject({
      actor: `${at.origin}/@ann`,
      object: { id: object.id, type: "Tombstone" },
      to: [club],
    });
    await at.send(at.peer.activity(club, "Accept", { type: "Delete", id: asked!.id }));
    expect((await rowOf(object.id))!.state).toBe("deleted");
  });

  it("written here by who leads it goes to it alone and is seen by them, until it passes it on; what it refuses is shown so", async () => {
    const id = newId();
    const uri = `${at.origin}/posts/${id}`;
    const tell = async () => {
      at.peer.inbox.length = 0;
      await tellPost(at.db, id, at.ann.actor.id);
      await at.deliver();
      expect([at.peer.inbox.length, at.other.inbox.length]).toEqual([1, 0]);
      return at.peer.inbox[0]!.activity;
    };
    const desk = async () => (await getDeskPost(at.db, at.ann.viewer, id))!.post;
    const refuse = ({ type, id }: Json) => at.send(at.peer.activity(club, "Reject", { type, id }));
    await writePost(at.db, at.ann.viewer, clubId, { ...words, id, publish: true });
    const create = await tell();
    expect(create).toMatchObject({
      ...{ type: "Create", actor: `${at.origin}/@ann`, to: [club] },
      object: { id: uri, type: "Article", attributedTo: club, name: "Ours", to: [publicly], cc: [`${club}/followers`] },
    });
    // Mobilizon believes who is of the server that an object lies on.
    expect(create.object).toMatchObject({ actor: `${at.origin}/@ann` });
    const sent = [(await shownTo(id)).found, (await shownTo(id)).listed, (await read(uri)).status];
    expect(sent).toEqual([["member"], [], 404]);
    expect((await at.peer.ask(uri, club)).status).toBe(200);
    await refuse(create);
    expect(await desk()).toMatchObject({ state: "sent", refused: true });
    await passes(uri, others);
    expect(await desk()).toMatchObject({ state: "sent" });
    await passes(uri);
    expect(await desk()).toMatchObject({ state: "published", awaiting: false, refused: false });
    expect([await shownTo(id), (await read(uri)).status]).toEqual([{ found: everybody, listed: everybody }, 200]);
    const seen = { seenAt: (await desk()).updatedAt };
    await revisePost(at.db, at.ann.viewer, id, { ...words, name: "Better", publish: false }, seen);
    const update = await tell();
    expect(update).toMatchObject({ type: "Update", object: { id: uri, name: "Better" } });
    await refuse(update);
    expect(await desk()).toMatchObject({ state: "published", awaiting: true, refused: true });
    await passes(update);
    expect(await desk()).toMatchObject({ awaiting: false, refused: false });
    expect(await deletePost(at.db, at.ann.viewer, id)).toBe("done");
    expect(await tell()).toMatchObject({ type: "Delete", object: { id: uri, type: "Tombstone" } });
  });

  it("of who leads it from a third server is kept once the group passes it on, and goes by the group’s word", async () => {
    const object = article(noa, { attributedTo: club });
    const create = at.says(noa, "Create", object);
    await at.send(create);
    await passes(create, others);
    expect(await rowOf(object.id)).toBeNull();
    await passes(create);
    expect(await rowOf(object.id)).toMatchObject({ state: "published", groupId: clubId, name: "Thanks" });
    const end = at.says(noa, "Delete", object.id);
    await passes(end, others);
    expect(await rowOf(object.id)).toMatchObject({ state: "published" });
    await passes(end);
    expect(await rowOf(object.id)).toMatchObject({ state: "deleted", content: "" });
  });

  it("is for whom it says", async () => {
    const [followers, members] = [`${club}/followers`, `${club}/members`];
    const audiences: [Json, { found: string[]; listed: string[] } | null][] = [
      [
        { to: [publicly], cc: [followers] },
        { found: everybody, listed: everybody },
      ],
      [
        { to: [followers], cc: [publicly] },
        { found: everybody, listed: ["member"] },
      ],
      [{ to: [members] }, { found: ["member"], listed: ["member"] }],
      [{ to: [followers] }, { found: ["member"], listed: ["member"] }],
      [{ to: [at.ann.actor.handle, `${at.origin}/@ann`] }, null],
      [{ draft: true }, null],
    ];
    for (const [to, shown] of audiences) {
      const object = ours(to);
      await says(club, "Create", object);
      const row = await rowOf(object.id);
      expect([to, row && (await shownTo(row.id))]).toEqual([to, shown]);
      if (row) expect((await read(`${at.origin}/posts/${row.id}`)).status).toBe(shown!.found.length > 1 ? 302 : 404);
    }
    // What is for members is asked for as one of them.
    const inner = mobilizons({ to: [members] });
    serve(inner);
    await passes(inner.id);
    expect(await rowOf(inner.id)).toMatchObject({ visibility: "members" });
    expect(at.peer.askers.get(new URL(String(inner.id)).pathname)).toBe(`${at.origin}/@ann`);
  });

  it("follows its newer words, not older ones, and what is for fewer is shown to fewer; once gone it does not come back", async () => {
    const object = ours();
    await says(club, "Create", object);
    const at1 = (hour: number) => ({ updated: `2026-11-02T0${hour}:00:00Z` });
    await says(club, "Update", { ...object, name: "Newer", ...at1(2) });
    await says(club, "Update", { ...object, name: "Older", ...at1(1) });
    const { id, name } = (await rowOf(object.id))!;
    expect(name).toBe("Newer");
    await says(club, "Update", { ...object, to: [`${club}/members`], ...at1(3) });
    expect((await shownTo(id)).found).toEqual(["member"]);
    await says(club, "Update", { ...object, ...at1(4) });
    await says(club, "Delete", { id: object.id, type: "Tombstone" });
    const end = { state: "deleted", name: "", content: "", coverId: null };
    expect(await rowOf(object.id)).toMatchObject(end);
    await says(club, "Update", { ...object, ...at1(5) });
    expect(await rowOf(object.id)).toMatchObject(end);
    // A moderator there deletes it in their own name: its server is asked.
    const other = mobilizons();
    serve(other);
    await passes(other.id);
    await says(mia, "Delete", other.id);
    expect((await rowOf(other.id))!.state).toBe("published");
    serve(other, { id: other.id, type: "Tombstone" });
    await passes(at.peer.activity(mia, "Delete", other.id));
    expect((await rowOf(other.id))!.state).toBe("deleted");
  });

  it("is kept of no group that nobody here follows or belongs to; who follows one finds what it said before", async () => {
    const choir = at.peer.actor("choir", { type: "Group" });
    const { id: choirId } = (await resolveActor(at.db, choir))!;
    const [before, inner] = [
      article(choir, { attributedTo: choir }),
      article(choir, { attributedTo: choir, to: [`${choir}/members`] }),
    ];
    await says(choir, "Create", before);
    expect(await rowOf(before.id)).toBeNull();
    await follow(at.ann.actor.id, choirId);
    await says(choir, "Create", inner);
    expect(await rowOf(inner.id)).toBeNull();
    at.peer.documents.set("/users/choir/outbox", {
      ...{ id: `${choir}/outbox`, type: "OrderedCollection" },
      orderedItems: [at.peer.activity(choir, "Create", before)],
    });
    await readOutbox(at.db, choirId);
    const row = await rowOf(before.id);
    expect(row).toMatchObject({ groupId: choirId, state: "published" });
    await buryActor(at.db, (await resolveActor(at.db, choir))!);
    expect(await rowOf(before.id)).toMatchObject({ state: "deleted", content: "" });
  });

  it.each<[string, (object: Json) => Promise<unknown>]>([
    ["a stranger who says something else of it", (object) => says(noa, "Update", { ...object, ...forged })],
    [
      "one of its members who does, while its server does not",
      (object) => says(mia, "Update", { ...object, ...forged }),
    ],
    ["a stranger who says that it is gone", (object) => says(noa, "Delete", object.id)],
    [
      "another group that wraps its words",
      (object) => passes(at.other.activity(club, "Update", { ...object, ...forged }), others),
    ],
    ["another group that wraps its end", (object) => passes(at.other.activity(club, "Delete", object.id), others)],
    [
      "another group that says it were its own",
      (object) => says(others, "Update", { ...object, attributedTo: others, ...forged }),
    ],
    [
      "the group, with another server's address",
      () => says(club, "Create", ours({ id: `${at.other.origin}/p/forged` })),
    ],
    [
      "another server, in the group's name",
      () => says(noa, "Create", article(noa, { id: `${at.other.origin}/p/forged`, attributedTo: club })),
    ],
  ])("is as its own group or server says: %s changes nothing", async (_, forge) => {
    const object = ours();
    serve(object);
    await says(club, "Create", object);
    await forge(object);
    expect(await rowOf(object.id)).toMatchObject({ name: "Thanks", state: "published", groupId: clubId });
    expect(await rowOf(`${at.other.origin}/p/forged`)).toBeNull();
    // The same by the group is believed.
    await says(club, "Update", { ...object, ...forged });
    expect((await rowOf(object.id))!.name).toBe("Forged");
  });
  it("goes when its server is blocked, leaves all lists when that is silenced, loses its picture when it is limited, and comes back", async () => {
    const object = ours({ image: { type: "Image", url: `${at.peer.origin}/q.png` } });
    await says(club, "Create", object);
    const { id } = (await rowOf(object.id))!;
    const judge = (standing: "open" | "limited" | "silenced" | "suspended") =>
      judgePeer(at.db, operator, { host: at.peer.host, standing });
    const shown = async () => {
      const row = (await rowOf(object.id))!;
      const { found, listed } = await shownTo(id);
      expect(row.updatedAt.toISOString()).toBe("2026-11-01T08:00:00.000Z");
      return [found.length, listed.length, row.coverId !== null];
    };
    expect(await shown()).toEqual([4, 4, true]);
    await judge("limited");
    expect(await shown()).toEqual([4, 4, false]);
    for (const step of ["silenced", "suspended", "silenced"] as const) {
      await judge(step);
      expect([step, await shown()]).toEqual([step, [step === "silenced" ? 4 : 0, 0, false]]);
    }
    const later = ours();
    await says(club, "Create", later);
    const { listed } = await shownTo((await rowOf(later.id))!.id);
    expect(listed, "what comes meanwhile").toEqual([]);
    await judge("open");
    expect(await shown()).toEqual([4, 4, false]);
    expect((await shownTo((await rowOf(later.id))!.id)).listed).toHaveLength(4);
  });
});
