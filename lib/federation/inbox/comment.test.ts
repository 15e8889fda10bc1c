import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { decideComment, deleteComment, reviseComment, writeComment } from "#lib/discussion/comment/commands.ts";
import { listComments } from "#lib/discussion/comment/queries.ts";
import { updateEvent } from "#lib/event/commands.ts";
import { newId } from "#lib/ids.ts";
import { spend } from "#lib/limits/commands.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import { operator, visitor } from "#lib/policy/viewer.ts";
import { tellComment } from "../outbox/comment.ts";
import { deliverTo } from "../outbox/delivery.ts";
import { judgePeer } from "../peers/judgement.ts";
import { keepActor } from "../remote/actor.ts";
import { readComment } from "../remote/comment.ts";
import { isProven, isSigned, type Json, Peer, read } from "../testing/peer.ts";
import { type Served, serveFederation } from "../testing/server.ts";
import { readForwarded } from "./linked.ts";

const { activities, actors, comments, events, notes } = schema;
const publicly = "https://www.w3.org/ns/activitystreams#Public";

let served: Served;
let peer: Peer;
let other: Peer;
let ann: Awaited<ReturnType<typeof person>>;
let bob: string;
let eventId: string;
const db = () => served.base.db;
const uri = (id = eventId) => `${served.origin}/events/${id}`;
const ownUri = (id: string) => `${served.origin}/comments/${id}`;

beforeAll(async () => {
  [peer, other] = [await new Peer().start(), await new Peer().start()];
  served = await serveFederation(() => [peer.host, other.host]);
  ann = await person(db(), "ann");
  bob = peer.actor("bob");
  eventId = await ownEvent();
});
afterAll(async () => {
  await served.stop();
  await Promise.all([peer.stop(), other.stop()]);
});

const ownEvent = async (change: Partial<typeof events.$inferInsert> = {}) =>
  (await makeEvent(db(), { organizerId: ann.actor.id, publishedAt: new Date(), ...change })).id;

let count = 0;
/** A Note as Mastodon has it, served by its own server. */
function note(actor: string, change: Json = {}, from = peer): Json {
  const path = `/notes/${++count}`;
  const all = {
    "@context": "https://www.w3.org/ns/activitystreams",
    id: `${from.origin}${path}`,
    type: "Note",
    url: `${from.origin}/@x/${count}`,
    attributedTo: actor,
    inReplyTo: uri(),
    to: [publicly],
    cc: [`${actor}/followers`],
    content: `<p onclick="x()">May I bring <b>two</b>?<script>alert(1)</script> <a href="javascript:x">no</a></p>`,
    contentMap: { de: "" },
    published: "2026-11-01T10:00:00Z",
    tag: [],
    attachment: [],
    ...change,
  };
  from.documents.set(path, all);
  return all;
}
/** Sends an activity and says how it was answered. */
const tell = async (actor: string, type: string, object: unknown, more: Json = {}, from = peer) =>
  (await from.send(`${served.origin}/inbox`, from.activity(actor, type, object, { to: [publicly], ...more }))).status;
const kept = async (id: unknown) =>
  (
    await db()
      .select()
      .from(comments)
      .where(eq(comments.uri, String(id)))
  )[0];
const shown = async (id = eventId) =>
  (await listComments(db(), visitor, { eventId: id, role: null }))
    .filter(({ visible }) => visible)
    .map((one) => one.id);

/** What ann says, as far as other servers are told of it. */
async function say(change: Partial<Parameters<typeof writeComment>[3]> = {}, under = eventId) {
  const id = await write(change, under);
  await told(id);
  return id;
}
async function write(change: Partial<Parameters<typeof writeComment>[3]>, under: string) {
  const id = newId();
  const words = { id, actorId: ann.actor.id, thread: null, content: "Hello **all**", language: "en", ...change };
  await writeComment(db(), ann.viewer, under, words);
  return id;
}
async function told(id: string) {
  await tellComment(db(), id);
  await tellComment(db(), id);
  for (const { host } of [peer, other]) await deliverTo(db(), host);
}
const about = (type: string, id: string, at = peer) =>
  at.received(type).filter(({ object }) => (object as Json).id === ownUri(id));

describe("what is said elsewhere under an event of ours", () => {
  it("stands under it once, clean, with whose it is and where; is changed and taken back by its author", async () => {
    const said = note(bob);
    const create = peer.activity(bob, "Create", said, { to: [publicly] });
    for (const _ of [1, 2]) expect((await peer.send(`${served.origin}/inbox`, create)).status).toBe(202);
    expect(await tell(bob, "Create", said)).toBe(202);
    const row = (await kept(said.id))!;
    expect(await shown()).toEqual([row.id]);
    expect(row).toMatchObject({ state: "published", url: said.url, language: "de", mediaType: "text/html" });
    expect(row.content).toBe("<p>May I bring <b>two</b>? <a>no</a></p>");
    expect(await tell(bob, "Update", { ...said, content: "<p>One</p>", updated: "2026-11-02T10:00:00Z" })).toBe(202);
    expect(await kept(said.id)).toMatchObject({ content: "<p>One</p>", editedAt: new Date("2026-11-02T10:00:00Z") });
    await tell(bob, "Update", { ...said, content: "<p>Old</p>", updated: "2026-11-01T11:00:00Z" });
    expect((await kept(said.id))!.content).toBe("<p>One</p>");
    await tell(bob, "Delete", { type: "Tombstone", id: said.id });
    expect(await kept(said.id)).toMatchObject({ state: "deleted", content: "" });
    await tell(bob, "Create", said, { id: `${peer.origin}/again` });
    await tell(bob, "Update", { ...said, updated: "2026-11-03T10:00:00Z" });
    expect(await shown()).toEqual([]);
  });

  it("stands in the thread of what it replies to, ours or theirs, or a note of the organiser's", async () => {
    const [cid, id] = [peer.actor("cid"), await ownEvent()];
    const own = await say({}, id);
    const reply = note(cid, { inReplyTo: ownUri(own) });
    await tell(cid, "Create", reply);
    const again = note(cid, { inReplyTo: reply.id });
    await tell(cid, "Create", again);
    expect([(await kept(reply.id))!.threadId, (await kept(again.id))!.threadId]).toEqual([own, own]);
    const moved = { id: newId(), actorId: ann.actor.id, eventId: id, content: "<p>Moved</p>", language: "en" };
    await db().insert(notes).values(moved);
    const answer = note(cid, { inReplyTo: ownUri(moved.id) });
    await tell(cid, "Create", answer);
    expect(await kept(answer.id)).toMatchObject({ eventId: id, threadId: (await kept(answer.id))!.id });
  });

  it("has whoever of ours it names mailed, once; not who runs the event, whom microblogs name in each reply", async () => {
    const gil = await person(db(), "gil");
    const tag = ["ann", "gil", "nobody"].map((name) => ({ type: "Mention", href: `${served.origin}/@${name}` }));
    const said = note(peer.actor("ivo"), { tag });
    await tell(String(said.attributedTo), "Create", said);
    await tell(String(said.attributedTo), "Update", {
      ...said,
      content: "<p>Two</p>",
      updated: "2026-11-02T10:00:00Z",
    });
    const { id, content } = (await kept(said.id))!;
    expect(content).toBe("<p>Two</p>");
    const named = await db().select().from(schema.mails).where(eq(schema.mails.message, "comment-named"));
    expect(named.map(({ accountId, data }) => [accountId, data])).toEqual([[gil.account.id, { commentId: id }]]);
  });

  it("waits where the organiser reads first, also when it is changed, and is nothing where comments are closed", async () => {
    const dan = peer.actor("dan");
    const [moderated, closed] = [await ownEvent({ comments: "moderated" }), await ownEvent({ comments: "closed" })];
    const said = note(dan, { inReplyTo: uri(moderated) });
    await tell(dan, "Create", said);
    const row = (await kept(said.id))!;
    expect([row.state, await shown(moderated)]).toEqual(["waiting", []]);
    await decideComment(db(), operator, row.id, "published");
    expect(await shown(moderated)).toEqual([row.id]);
    await tell(dan, "Update", { ...said, content: "<p>Buy!</p>", updated: "2026-11-02T10:00:00Z" });
    expect(await shown(moderated)).toEqual([]);
    // So does what comes from a server of which the host has heard enough.
    await judgePeer(db(), operator, { host: other.host, standing: "silenced" });
    const stranger = other.actor("stranger");
    const loud = note(stranger, {}, other);
    await tell(stranger, "Create", loud, {}, other);
    expect((await kept(loud.id))!.state).toBe("waiting");
    await decideComment(db(), operator, (await kept(loud.id))!.id, "published");
    await tell(stranger, "Update", { ...loud, content: "<p>Louder!</p>" }, {}, other);
    expect((await kept(loud.id))!.state).toBe("waiting");
    await judgePeer(db(), operator, { host: other.host, standing: "open" });
    const late = note(dan, { inReplyTo: uri(closed) });
    expect(await tell(dan, "Create", late)).toBe(202);
    expect(await kept(late.id)).toBeUndefined();
  });

  it.each<[string, (actor: string) => Json | Promise<Json>]>([
    ["is to us alone", (actor) => note(actor, { to: [`${served.origin}/@ann`], cc: [] })],
    ["is to followers alone", (actor) => note(actor, { to: [`${actor}/followers`], cc: [] })],
    ["is a vote in a poll", (actor) => note(actor, { name: "yes", content: undefined, contentMap: undefined })],
    ["replies to nothing", (actor) => note(actor, { inReplyTo: null })],
    ["replies to what we do not know", (actor) => note(actor, { inReplyTo: "https://elsewhere.example/1" })],
    ["replies to a draft", async (actor) => note(actor, { inReplyTo: uri(await ownEvent({ state: "draft" })) })],
    ["names another author of its server", (actor) => ({ ...note(actor), attributedTo: peer.uri("dan") })],
    ["lies on another server", (actor) => ({ ...note(actor), id: `${other.origin}/notes/none` })],
    ["lies on ours", (actor) => ({ ...note(actor), id: ownUri(newId()) })],
  ])("is no comment when it %s", async (_, make) => {
    const actor = bob;
    const object = await make(actor);
    // Whoever is named as author without being it is not believed: what is kept then is what their server says.
    const before = await db().$count(comments, eq(comments.content, "<p>Forged</p>"));
    expect(await tell(actor, "Create", { ...object, ...(object.name ? {} : { content: "<p>Forged</p>" }) })).toBe(202);
    expect(await db().$count(comments, eq(comments.content, "<p>Forged</p>"))).toBe(before);
  });

  it("is changed and deleted by nobody else, unless its own server says that it is gone", async () => {
    const [fay, gus] = [peer.actor("fay"), peer.actor("gus")];
    const stranger = other.actor("mallory");
    const said = note(fay);
    await tell(fay, "Create", said);
    const id = (await kept(said.id))!.id;
    for (const type of ["Update", "Delete"]) {
      const forged = { ...said, content: "<p>Forged</p>", updated: "2026-11-09T10:00:00Z" };
      await tell(gus, type, type === "Update" ? { ...forged, attributedTo: gus } : said.id);
      await tell(stranger, type, type === "Update" ? { ...forged, attributedTo: stranger } : said.id, {}, other);
    }
    expect(await kept(said.id)).toMatchObject({ id, state: "published", editedAt: null });
    peer.documents.set(new URL(String(said.id)).pathname, 410);
    await tell(gus, "Delete", said.id);
    expect(await kept(said.id)).toMatchObject({ state: "deleted" });
  });

  it("goes with its author, and is bounded: the thirty-first of an hour is dropped, new or changed, however it comes", async () => {
    const [hal, id] = [peer.actor("hal"), await ownEvent()];
    const say = (said = note(hal, { inReplyTo: uri(id) })) => tell(hal, "Create", said);
    const one = note(hal, { inReplyTo: uri(id) });
    expect(await say(one)).toBe(202);
    const [first] = await db().select().from(comments).where(eq(comments.eventId, id));
    for (let at = 0; at < 28; at++) await spend(db(), "comment", first!.actorId);
    expect([await say(), await say()]).toEqual([202, 202]);
    expect((await shown(id)).length).toBe(2);
    expect(await tell(hal, "Update", { ...one, content: "<p>Buy!</p>", updated: "2026-11-02T10:00:00Z" })).toBe(202);
    await readForwarded(db(), String(note(hal, { inReplyTo: uri(id) }).id));
    expect((await shown(id)).length).toBe(2);
    expect((await kept(one.id))!.content).not.toContain("Buy");
    await tell(hal, "Delete", hal);
    expect(await shown(id)).toEqual([]);
    expect(await db().$count(comments, sql`event_id = ${id} and content <> ''`)).toBe(0);
  });

  it("is read within bounds, whatever a peer writes", () => {
    const base = { id: "https://x.example/1", type: "Note" };
    const long = readComment({ ...base, content: `<p>${"<i>a</i>".repeat(20_000)}` })!;
    expect(long.content.length).toBeLessThanOrEqual(10_000);
    expect(readComment({ ...base, content: "<p>a</p>", summary: "<b>spoiler</b>" })!.content).toBe(
      "<p><em>spoiler</em></p><p>a</p>",
    );
    expect(
      readComment({ ...base, content: "a", updated: "2190-01-01T00:00:00Z" })!.updated!.getTime(),
    ).toBeLessThanOrEqual(Date.now());
    // Its pictures are links, in the words that they have: nobody is sent to its server by reading.
    const picture = (name: string, change: Json = {}): Json => ({
      ...{ type: "Document", mediaType: "image/png", url: "https://x.example/a.png?b=1&c", name, ...change },
    });
    const attachment = [picture('A "cat"'), picture("", { url: "javascript:x" }), picture("", { mediaType: "text/x" })];
    expect(readComment({ ...base, content: "<p>a</p>", attachment })!.content).toBe(
      '<p>a</p><p><a href="https://x.example/a.png?b=1&amp;c">Picture: A &quot;cat&quot;</a></p>',
    );
    const alone = { ...base, contentMap: { fr: "" }, attachment: picture("") };
    expect(readComment(alone)!.content).toBe('<p><a href="https://x.example/a.png?b=1&amp;c">Image</a></p>');
    const many = Array(99).fill(picture("a".repeat(9_000), { url: `https://x.example/${"b".repeat(900)}` }));
    expect(readComment({ ...base, content: "a".repeat(20_000), attachment: many })!.content.length).toBeLessThanOrEqual(
      10_000,
    );
    for (const odd of [{}, { ...base, content: ["<img src=x>"] }, { ...base, content: 7, contentMap: [] }, { id: 1 }])
      expect(readComment(odd as Json)).toBeNull();
  });
});

describe("what is said here", () => {
  it("is told to whoever is replied to or named, mentioned, signed and proven; then its change, and its end", async () => {
    const ida = peer.actor("ida");
    const finger = `/.well-known/webfinger?resource=${encodeURIComponent(`acct:jo@${other.host}`)}`;
    const links = [{ rel: "self", type: "application/activity+json", href: other.actor("jo") }];
    other.documents.set(finger, { links });
    const said = note(ida);
    await tell(ida, "Create", said);
    const id = await say({ thread: (await kept(said.id))!.id, content: `Yes, ask @jo@${other.host}.` });
    const [create, ...more] = about("Create", id);
    expect(more).toEqual([]);
    expect(about("Create", id, other)).toHaveLength(1);
    const object = create!.object as Json;
    expect(object).toMatchObject({
      type: "Note",
      attributedTo: `${served.origin}/@ann`,
      inReplyTo: said.id,
      to: [publicly],
      cc: [`${served.origin}/@ann`, ida, other.uri("jo")],
      tag: [
        { type: "Mention", href: other.uri("jo"), name: `@jo@${other.host}` },
        { type: "Mention", href: ida, name: `@ida@${peer.host}` },
      ],
      context: `${uri()}/context`,
    });
    expect(object.name).toBeUndefined();
    expect(object.content).toContain(`<a href="${other.uri("jo")}"`);
    const delivered = peer.inbox.find(({ activity }) => activity === create)!;
    expect([await isSigned(delivered), await isProven(create!)]).toEqual([true, true]);
    const { "@context": _, ...page } = (await read(ownUri(id))).json;
    expect(page).toEqual(object);

    await reviseComment(db(), ann.viewer, id, { content: "No." });
    await told(id);
    const [update] = about("Update", id);
    expect(update!.object).toMatchObject({ content: "<p>No.</p>\n", updated: expect.any(String) });
    expect(update!.id).not.toBe(create!.id);

    await deleteComment(db(), ann.viewer, id);
    const gone = await read(ownUri(id));
    expect([gone.status, gone.json.type, gone.json.formerType]).toEqual([410, "Tombstone", "Note"]);
    await told(id);
    expect(about("Delete", id)[0]!.object).toMatchObject({ type: "Tombstone", formerType: "Note" });
    expect(about("Delete", id, other)).toHaveLength(1);
    const words = await db().select().from(activities).where(eq(activities.objectId, id));
    expect(words.map(({ type }) => type)).toEqual(["Delete"]);
  });

  it("is new to the server of whoever is named in it later, and a change to the others", async () => {
    const iris = peer.actor("iris");
    const finger = `/.well-known/webfinger?resource=${encodeURIComponent(`acct:lou@${other.host}`)}`;
    const links = [{ rel: "self", type: "application/activity+json", href: other.actor("lou") }];
    other.documents.set(finger, { links });
    const said = note(iris);
    await tell(iris, "Create", said);
    const id = await say({ thread: (await kept(said.id))!.id, content: "Yes." });
    const counts = () => [peer, other].map((at) => ["Create", "Update"].map((type) => about(type, id, at).length));
    expect(counts()).toEqual([
      [1, 0],
      [0, 0],
    ]);
    for (const content of [`Yes, ask @lou@${other.host}.`, `Yes, do ask @lou@${other.host}.`]) {
      await reviseComment(db(), ann.viewer, id, { content });
      await told(id);
    }
    expect(counts()).toEqual([
      [1, 2],
      [1, 1],
    ]);
    const [create] = about("Create", id, other);
    expect((create!.object as Json).tag).toContainEqual(expect.objectContaining({ href: other.uri("lou") }));
  });

  it("is read by nobody while it waits, told when it is approved, and gone when it is hidden", async () => {
    const [id, kim] = [await ownEvent(), peer.actor("kim")];
    const said = note(kim, { inReplyTo: uri(id) });
    await tell(kim, "Create", said);
    await updateEvent(db(), operator, id, { comments: "moderated" });
    const guest = await person(db(), "guest");
    const own = newId();
    const words = {
      id: own,
      actorId: guest.actor.id,
      thread: (await kept(said.id))!.id,
      content: "Hm",
      language: "en",
    };
    await writeComment(db(), guest.viewer, id, words);
    await told(own);
    expect([(await read(ownUri(own))).status, about("Create", own)]).toEqual([404, []]);
    await decideComment(db(), ann.viewer, own, "published");
    await told(own);
    expect([(await read(ownUri(own))).status, about("Create", own).length]).toEqual([200, 1]);
    await decideComment(db(), ann.viewer, own, "hidden");
    await told(own);
    expect([(await read(ownUri(own))).status, about("Delete", own).length]).toEqual([410, 1]);
  });

  it("is listed with what others said: replies to the event, and the whole of its thread, in pages", async () => {
    const id = await ownEvent();
    const own = await say({}, id);
    const lea = peer.actor("lea");
    const reply = note(lea, { inReplyTo: ownUri(own) });
    await tell(lea, "Create", reply);
    await db().execute(sql`delete from limits`);
    for (let at = 0; at < 20; at++) await write({}, id);
    const replies = (await read(`${uri(id)}/replies`)).json;
    expect(replies).toMatchObject({ type: "Collection", totalItems: 21 });
    const first = (await read(replies.first as string)).json;
    expect([(first.items as string[]).length, (first.items as string[])[0]]).toEqual([20, ownUri(own)]);
    expect(((await read(first.next as string)).json.items as string[]).length).toBe(1);
    const context = (await read(`${uri(id)}/context?page=1`)).json;
    expect(context).toMatchObject({ attributedTo: `${served.origin}/@ann`, totalItems: 23 });
    expect((context.orderedItems as string[]).slice(0, 3)).toEqual([uri(id), ownUri(own), reply.id]);
    expect((await read(`${uri(id)}/replies?page=1&after=x`)).status).toBe(404);
  });
});

describe("under an event of another server", () => {
  it("what is said here goes to its host, and what its people say appears", async () => {
    const max = peer.actor("max");
    const organizer = await keepActor(db(), peer.documents.get("/users/max") as Json);
    const far = `${peer.origin}/events/far`;
    const { id } = await makeEvent(db(), { organizerId: organizer.id, uri: far, publishedAt: new Date() });
    const own = await say({}, id);
    expect(about("Create", own)[0]!.object).toMatchObject({ inReplyTo: far, cc: [max], tag: [{ href: max }] });
    const said = note(max, { inReplyTo: ownUri(own) });
    await tell(max, "Create", said);
    expect(await shown(id)).toEqual([own, (await kept(said.id))!.id]);
    expect(await db().$count(actors, eq(actors.uri, max))).toBe(1);
    // Where its host shows it to fewer, what was said under it is not to be read here by others either.
    const there = [ownUri(own), String(about("Create", own)[0]!.id)];
    for (const one of there) expect((await read(one)).status).toBe(200);
    await db().update(events).set({ visibility: "members" }).where(eq(events.id, id));
    for (const one of there) expect((await read(one)).status).toBe(404);
  });
});
