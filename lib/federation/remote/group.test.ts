import { and, asc, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { schema, transact } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { listMessages } from "#lib/discussion/message/queries.ts";
import { getDiscussion } from "#lib/discussion/thread/queries.ts";
import { getEvent } from "#lib/event/queries.ts";
import { joinGroupAway, settleAway } from "#lib/group/away/commands.ts";
import { getReading, listRoster } from "#lib/group/roster/queries.ts";
import { enrol } from "#lib/group/testing.ts";
import type { Jobs } from "#lib/jobs/kinds.ts";
import { tellDiscussions } from "#lib/notification/discussion/commands.ts";
import { tellNews } from "#lib/notification/news/commands.ts";
import { getPost } from "#lib/post/queries.ts";
import { tellMembership } from "../outbox/membership.ts";
import type { Json } from "../testing/peer.ts";
import { stageOfTwo } from "../testing/stage.ts";
import { readGroup } from "./group.ts";
import { readRoster } from "./roster.ts";

const { discussionMessages, discussions, events, mails, memberships, posts, resources } = schema;

/** The group's server is `peer`; Noa, a member as well, is of `other`. */
const { at, mia, noa } = await stageOfTwo();

const proof = {
  "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/data-integrity/v1"],
};
let count = 0;
const parts = ["members", "events", "posts", "resources", "discussions"];

/** A group of the peer with nothing in it but its members, and what is put into it. */
async function club() {
  const name = `club${++count}`;
  const uri = at.peer.actor(name, {
    ...{ type: "Group", openness: "open", url: at.peer.uri(name) },
    ...Object.fromEntries(parts.map((part) => [part, `${at.peer.uri(name)}/${part}`])),
  });
  const { id } = await at.actorOf(uri);
  const list = (part: string, items: unknown[]) => {
    const address = `/users/${name}/${part}`;
    const first = { id: `${at.peer.origin}${address}/first`, type: "OrderedCollectionPage", orderedItems: items };
    at.peer.documents.set(address, { id: `${at.peer.origin}${address}`, type: "OrderedCollection", first });
  };
  for (const part of parts) list(part, part === "members" ? [{ type: "Member", actor: mia, object: uri }] : []);
  const inside = { actor: mia, attributedTo: uri, to: [`${uri}/members`], cc: [], published: "2026-01-01T08:00:00Z" };
  const thing = (type: string, change: Json = {}): Json => ({
    ...{ id: `${at.peer.origin}/things/${++count}`, type, ...inside, ...change },
  });
  const event = (change: Json = {}) => {
    const made = thing("Event", { name: "Inner", startTime: "2031-05-05T19:00:00+02:00", actor: uri, ...change });
    at.peer.documents.set(new URL(made.id as string).pathname, made);
    return made;
  };
  /** A discussion, the latest of what was said in it first. */
  const talk = (said: (context: string) => unknown[] = () => [], change: Json = {}) => {
    const begun: Json = thing("Note", { name: "Winter", content: "" });
    const replies = `${at.peer.origin}/things/${count}/replies`;
    const orderedItems = said(begun.id as string);
    at.peer.documents.set(new URL(replies).pathname, { id: replies, type: "OrderedCollection", orderedItems });
    return { id: String(begun.id), ...begun, context: begun.id, replies, ...change };
  };
  const message = (context: string, content: string, change: Json = {}) =>
    thing("Note", { context, content, ...change });
  /** Somebody here belongs to it since just now, and has it read. */
  const join = async (who = at.ann.actor.id) => {
    await enrol(at.db, id, { memberId: who });
    const pair = and(eq(memberships.groupId, id), eq(memberships.memberId, who));
    const [row] = await at.db.select().from(memberships).where(pair);
    return row!.id;
  };
  const pass = (object: unknown) => at.send(at.peer.activity(uri, "Announce", object, { to: [`${uri}/members`] }));
  return { id, uri, list, thing, event, talk, message, join, pass };
}
type Club = Awaited<ReturnType<typeof club>>;

const ids = async (table: typeof events | typeof posts | typeof resources | typeof discussions, uri: unknown) =>
  (
    await at.db
      .select({ id: table.id })
      .from(table)
      .where(eq(table.uri, String(uri)))
  )[0]?.id;
const said = async (uri: unknown) => {
  const rows = await at.db
    .select()
    .from(discussionMessages)
    .where(eq(discussionMessages.discussionId, (await ids(discussions, uri))!))
    .orderBy(asc(discussionMessages.createdAt), asc(discussionMessages.id));
  return rows.map(({ content, deletedAt }) => (deletedAt ? "deleted" : content));
};
/** How much of a group is kept here. */
const kept = async ({ id }: Club) =>
  (await at.db.$count(events, eq(events.organizerId, id))) +
  (await at.db.$count(posts, eq(posts.groupId, id))) +
  (await at.db.$count(resources, eq(resources.groupId, id))) +
  (await at.db.$count(discussions, eq(discussions.groupId, id)));
const waiting = async (membershipId: string) =>
  (
    await at.db.execute<{ data: { tries?: number } }>(sql`
      select data from pgboss.job where name = 'read-group' and data ->> 'membershipId' = ${membershipId} order by created_on`)
  ).map(({ data }) => data.tries ?? 0);
const isCaughtUp = async (membershipId: string) => {
  const [row] = await at.db.select().from(memberships).where(eq(memberships.id, membershipId));
  return row!.caughtUpAt !== null;
};

describe("what was in a group of another server before somebody joined it", () => {
  it("is read once its Accept is believed, or its invitation accepted", async () => {
    const { id, uri, list } = await club();
    await joinGroupAway(at.db, at.ann.viewer, id, { message: "" });
    const [row] = await at.db.select().from(memberships).where(eq(memberships.groupId, id));
    expect(await waiting(row!.id)).toEqual([]);
    await tellMembership(at.db, row!.id);
    await at.settle();
    const join = at.peer.received("Join").at(-1)!;
    await at.send(at.peer.activity(uri, "Accept", join, { to: [join.actor as string] }));
    expect(await waiting(row!.id)).toEqual([0]);

    const invited = await club();
    const target = `${at.origin}/@ann`;
    await at.send(at.peer.activity(invited.uri, "Invite", invited.uri, { target, to: [target] }));
    await joinGroupAway(at.db, at.ann.viewer, invited.id, { message: "" });
    const [other] = await at.db.select().from(memberships).where(eq(memberships.groupId, invited.id));
    expect(await waiting(other!.id)).toEqual([0]);
    // The group has not heard of it yet, and shows its members to nobody else.
    invited.list("members", []);
    await readGroup(at.db, other!.id);
    expect([await waiting(other!.id), await isCaughtUp(other!.id)]).toEqual([[0, 1], false]);
    list("members", []);
    await readGroup(at.db, row!.id, 6);
    expect([await waiting(row!.id), await isCaughtUp(row!.id)], "not for ever").toEqual([[0], false]);
  });

  it("is there for its members alone, in the order in which it was said, read, and told to nobody as news", async () => {
    const { id, uri, ...at1 } = await club();
    const event = at1.event();
    const post = at1.thing("Article", { name: "Minutes", content: "<p>Inner post</p>", actor: uri });
    const folder = at1.thing("ResourceCollection", { name: "Archive", context: `${uri}/resources` });
    const link = at1.thing("Document", { name: "Plan", url: "http://localhost:1/plan", context: folder.id });
    const tag = { type: "Mention", href: `${at.origin}/@ann` };
    const words: Json[] = [];
    const talk = at1.talk((context) => {
      words.push(
        at1.message(context, "<p>Three</p>", { published: "2099-01-01T00:00:00Z", tag }),
        // In the same second.
        at1.message(context, "<p>Two</p>"),
        at1.message(context, "<p>One</p>"),
      );
      return words;
    });
    at1.list("events", [event.id]);
    at1.list("posts", [post]);
    at1.list("resources", [folder, link]);
    at1.list("discussions", [talk]);
    const eve = await person(at.db, `eve${count}`);
    const { follows } = schema;
    const follow = { followerId: eve.actor.id, followedId: id, state: "accepted", uri: `${eve.actor.id}#follow` };
    await at.db.insert(follows).values({ id: at.ann.actor.id, ...follow });
    at.peer.askers.clear();
    const membership = await at1.join();
    await readGroup(at.db, membership);
    expect([await isCaughtUp(membership), new Set(at.peer.askers.values())]).toEqual([
      true,
      new Set([`${at.origin}/@ann`, `${at.origin}/actor`]),
    ]);
    const [eventId, postId, talkId] = [
      (await ids(events, event.id))!,
      (await ids(posts, post.id))!,
      (await ids(discussions, talk.id))!,
    ];
    expect(await said(talk.id)).toEqual(["<p>One</p>", "<p>Two</p>", "<p>Three</p>"]);
    const [row] = await at.db
      .select()
      .from(resources)
      .where(eq(resources.uri, String(link.id)));
    expect(row).toMatchObject({ groupId: id, parentId: await ids(resources, folder.id), name: "Plan" });
    expect(row!.createdAt.toISOString()).toBe("2026-01-01T08:00:00.000Z");
    for (const [{ viewer }, there] of [
      [at.ann, true],
      [eve, false],
    ] as const)
      expect([
        (await getEvent(at.db, viewer, eventId)) !== null,
        (await getPost(at.db, viewer, postId)) !== null,
        (await getDiscussion(at.db, viewer, talkId)) !== null,
      ]).toEqual([there, there, there]);
    const [talked] = await at.db.select().from(discussions).where(eq(discussions.id, talkId));
    const [member] = await at.db.select().from(memberships).where(eq(memberships.id, membership));
    expect(talked!.createdAt.toISOString()).toBe("2026-01-01T08:00:00.000Z");
    expect(talked!.messageAt < member!.joinedAt!).toBe(true);
    const before = await at.db.$count(mails);
    const later = new Date(Date.now() + 8 * 24 * 3_600_000);
    for (const now of [new Date(), later]) await tellDiscussions(at.db, now);
    await tellNews(at.db);
    // Read again, in other words that name a member as well.
    Object.assign(words[1]!, { content: "<p>Too</p>", updated: "2026-01-02T08:00:00Z", tag });
    await at.db.update(memberships).set({ caughtUpAt: null }).where(eq(memberships.id, membership));
    await readGroup(at.db, membership);
    expect(await said(talk.id)).toEqual(["<p>One</p>", "<p>Too</p>", "<p>Three</p>"]);
    const named = await at.db.select().from(discussionMessages).where(eq(discussionMessages.discussionId, talkId));
    expect(named.filter(({ mentions }) => mentions.length > 0)).toHaveLength(2);
    expect(await at.db.$count(mails)).toBe(before);
    expect((await listMessages(at.db, talkId, null)).messages.map(({ quoted }) => quoted)).toEqual([null, null, null]);
  });

  it("is not doubled, nor put out of order, by what is passed on while it is read", async () => {
    const at1 = await club();
    const texts = ["One", "Two", "Three"].map((word) => `<p>${word}</p>`);
    let context = "";
    const talk = at1.talk((uri) => {
      context = uri;
      return texts.map((content) => at1.message(uri, content)).reverse();
    });
    const replies = new URL(talk.replies as string).pathname;
    const whole = at.peer.documents.get(replies) as Json;
    const [three] = whole.orderedItems as Json[];
    const four = at1.message(context, "<p>Four</p>");
    at.peer.documents.set(new URL(context).pathname, talk);
    at.peer.documents.set(replies, async (res) => {
      for (const one of [three!, four]) await at1.pass(at.peer.prove(at.peer.activity(mia, "Create", one, proof), mia));
      res.writeHead(200, { "Content-Type": "application/activity+json" }).end(JSON.stringify(whole));
    });
    at1.list("discussions", [talk]);
    const membership = await at1.join();
    await readGroup(at.db, membership);
    expect(await said(context)).toEqual([...texts, "<p>Four</p>"]);
    // What came meanwhile is new, and so is what is known here of it only by another reading.
    const five = at1.message(context, "<p>Five</p>");
    at.peer.documents.set(replies, { ...whole, orderedItems: [five, four, ...(whole.orderedItems as Json[])] });
    await at.db.update(memberships).set({ caughtUpAt: null }).where(eq(memberships.id, membership));
    await readGroup(at.db, membership);
    await at1.pass(at.peer.prove(at.peer.activity(mia, "Create", five, proof), mia));
    expect(await said(context)).toEqual([...texts, "<p>Four</p>", "<p>Five</p>"]);
  });

  it("changes nothing of what is newer here, or was deleted", async () => {
    const at1 = await club();
    const membership = await at1.join();
    const words = { updated: "2026-02-02T08:00:00Z" };
    const event = at1.event(words);
    const post = at1.thing("Article", { name: "Minutes", content: "<p>Old</p>", actor: at1.uri, ...words });
    const link = at1.thing("Document", {
      name: "Plan",
      url: "http://localhost:1/plan",
      context: `${at1.uri}/resources`,
    });
    let [context, message, gone] = ["", {} as Json, {} as Json];
    const talk = at1.talk((uri) => {
      context = uri;
      [message, gone] = [at1.message(uri, "<p>Old</p>"), at1.message(uri, "<p>Rude</p>")];
      return [message, gone];
    });
    const newer = { updated: "2026-03-03T08:00:00Z" };
    await at1.pass(at.peer.prove(at.peer.activity(mia, "Create", talk, proof), mia));
    for (const one of [{ ...message, content: "<p>New</p>", ...newer }, gone])
      await at1.pass(at.peer.prove(at.peer.activity(mia, "Create", one, proof), mia));
    await at1.pass(at.peer.prove(at.peer.activity(mia, "Delete", gone.id, proof), mia));
    for (const one of [
      { ...event, name: "New", ...newer },
      { ...post, content: "<p>New</p>", ...newer },
    ])
      await at.send(at.peer.activity(at1.uri, "Create", one, { to: [`${at1.uri}/members`] }));
    await at1.pass(at.peer.prove(at.peer.activity(mia, "Create", link, proof), mia));
    await at1.pass(at.peer.prove(at.peer.activity(mia, "Delete", link.id, proof), mia));
    at1.list("events", [event.id]);
    at1.list("posts", [post]);
    at1.list("resources", [link]);
    at1.list("discussions", [talk]);
    await readGroup(at.db, membership);
    expect(await said(context)).toEqual(["<p>New</p>", "deleted"]);
    const [known] = await at.db
      .select()
      .from(events)
      .where(eq(events.uri, String(event.id)));
    const [posted] = await at.db
      .select()
      .from(posts)
      .where(eq(posts.uri, String(post.id)));
    const [shelved] = await at.db
      .select()
      .from(resources)
      .where(eq(resources.uri, String(link.id)));
    expect([known!.name, posted!.content, shelved!.deletedAt !== null]).toEqual(["New", "<p>New</p>", true]);
  });

  it("has what members of third servers said, by their own proof alone", async () => {
    const at1 = await club();
    const note = (content: string, change: Json): Json => ({
      ...{ id: `${at.other.origin}/notes/${++count}`, type: "Note", actor: noa, attributedTo: at1.uri, content },
      ...{ to: [`${at1.uri}/members`], cc: [], published: "2026-01-01T08:00:00Z", ...change },
    });
    const passed = (object: unknown) => ({ type: "Announce", actor: at1.uri, object });
    const begun = note("", { name: "Keys" });
    const context = begun.id as string;
    const replies = `${at.peer.origin}/things/${++count}/replies`;
    const true1 = note("<p>True</p>", { context });
    const forged = note("<p>Forged</p>", { context });
    const { proof: _, ...bare } = at.says(noa, "Create", forged);
    const wrong = { ...at.says(noa, "Create", note("<p>True, too</p>", { context })) };
    const items = [
      passed({ ...wrong, object: { ...(wrong.object as Json), content: "<p>Other words</p>" } }),
      ...[passed(bare), forged, passed(at.says(noa, "Update", true1))],
    ];
    at.peer.documents.set(new URL(replies).pathname, { id: replies, type: "OrderedCollection", orderedItems: items });
    at1.list("discussions", [{ ...passed(at.says(noa, "Create", { ...begun, context })), replies }]);
    await readGroup(at.db, await at1.join());
    expect(await said(context)).toEqual(["<p>True</p>"]);
  });

  it("is asked of a third server three times, where that vouches for nothing", async () => {
    const at1 = await club();
    const by = (author: string, host: string): Json => {
      const change = { id: `http://${host}/notes/${++count}`, actor: `http://${host}/users/${author}` };
      const { actor, id } = change;
      return { type: "Announce", object: { ...at.other.activity(actor, "Create", change), id: `${id}/create` } };
    };
    const note = ({ object, ...announce }: Json, context: string): Json => {
      const { object: change } = object as { object: Json };
      return { ...announce, object: { ...(object as Json), object: at1.message(context, "<p>Forged</p>", change) } };
    };
    const talk = at1.talk((context) => [
      ...Array.from({ length: 20 }, (_, one) => note(by(`ghost${one}`, at.other.host), context)),
      at1.message(context, "<p>One</p>"),
    ]);
    at1.list("discussions", [talk]);
    at.other.asked.length = 0;
    const membership = await at1.join();
    await readGroup(at.db, membership);
    expect([await said(talk.id), await isCaughtUp(membership)]).toEqual([["<p>One</p>"], true]);
    const asked = new Set(at.other.asked.map((line) => /ghost\d+|notes\/\d+/.exec(line)?.[0]));
    expect(asked.size).toBeGreaterThan(0);
    expect(asked.size).toBeLessThanOrEqual(6);
  });

  it("has what members of third servers made as the group has arranged it since", async () => {
    const at1 = await club();
    const made = (type: string, change: Json): Json => ({
      ...{ id: `${at.other.origin}/things/${++count}`, type, actor: noa, attributedTo: at1.uri, name: "Theirs" },
      ...{ to: [`${at1.uri}/members`], cc: [], published: "2026-01-01T08:00:00Z", ...change },
    });
    const note = made("Note", { content: "" });
    const begun = { ...note, context: note.id };
    const folder = at1.thing("ResourceCollection", { name: "Archive", context: `${at1.uri}/resources` });
    const link = made("Document", { url: "http://localhost:1/plan", context: `${at1.uri}/resources` });
    const arranged = { name: "Ours", updated: "2026-02-02T08:00:00Z" };
    const passed = (author: string, type: string, object: Json) => {
      return { type: "Announce", actor: at1.uri, object: at.says(author, type, object) };
    };
    at1.list("discussions", [
      passed(noa, "Create", begun),
      passed(at1.uri, "Update", { ...begun, ...arranged, commentsEnabled: false }),
    ]);
    at1.list("resources", [
      ...[folder, passed(noa, "Create", link)],
      passed(at1.uri, "Update", { ...link, ...arranged, context: folder.id }),
    ]);
    await readGroup(at.db, await at1.join());
    const [talk] = await at.db
      .select()
      .from(discussions)
      .where(eq(discussions.uri, String(note.id)));
    const [row] = await at.db
      .select()
      .from(resources)
      .where(eq(resources.uri, String(link.id)));
    expect([talk, row]).toMatchObject([
      { name: "Ours", locked: true },
      { name: "Ours", parentId: await ids(resources, folder.id) },
    ]);
  });

  it("is not asked for twice, nor for who has left; a second member sees all of it", async () => {
    const at1 = await club();
    const talk = at1.talk((context) => [at1.message(context, "<p>One</p>")]);
    at1.list("discussions", [talk]);
    const first = await at1.join();
    await at.db.update(memberships).set({ state: "left" }).where(eq(memberships.id, first));
    at.peer.asked.length = 0;
    await readGroup(at.db, first);
    expect([at.peer.asked, await kept(at1)]).toEqual([[], 0]);
    await at.db.update(memberships).set({ state: "member" }).where(eq(memberships.id, first));
    await readGroup(at.db, first);
    const second = await person(at.db, `second${count}`);
    const row = await at1.join(second.actor.id);
    at.peer.asked.length = 0;
    await readGroup(at.db, row);
    expect([at.peer.asked, await isCaughtUp(row)]).toEqual([[], true]);
    const id = (await ids(discussions, talk.id))!;
    expect([await getDiscussion(at.db, second.viewer, id), await said(talk.id)]).toMatchObject([
      { name: "Winter" },
      ["<p>One</p>"],
    ]);
    // Whoever comes again has not heard what was said meanwhile.
    const left = { state: "requested" };
    await at.db.update(memberships).set(left).where(eq(memberships.id, row));
    await transact(at.db, (tx) => settleAway(tx, row, "accepted"));
    expect([await isCaughtUp(row), await waiting(row)]).toEqual([false, [0]]);
  });

  it("ends in the midst, where somebody leaves", async () => {
    const at1 = await club();
    const membership = await at1.join();
    // Somebody else here goes on belonging to it.
    await at1.join((await person(at.db, `other${count}`)).actor.id);
    const [one, two] = [at1.talk(), at1.talk()];
    at.peer.documents.set(new URL(one.replies as string).pathname, async (res) => {
      await at.db.update(memberships).set({ state: "left" }).where(eq(memberships.id, membership));
      res.writeHead(404).end();
    });
    at1.list("discussions", [one, two]);
    await readGroup(at.db, membership);
    expect([await ids(discussions, two.id), await isCaughtUp(membership)]).toEqual([undefined, false]);
  });

  it("is tried again where it is not to be read whole, and what was read stands", async () => {
    const at1 = await club();
    const [one, two] = [at1.talk(), at1.talk((context) => [at1.message(context, "<p>One</p>")])];
    at.peer.documents.set(new URL(one.replies as string).pathname, 503);
    at1.list("discussions", [one, two]);
    const membership = await at1.join();
    await readGroup(at.db, membership);
    expect([await said(two.id), await isCaughtUp(membership), await waiting(membership)]).toEqual([
      ["<p>One</p>"],
      false,
      [1],
    ]);
  });

  it.each<[string, (at1: Club) => Promise<void> | void]>([
    [
      "of another origin",
      (at1) => {
        const id = `${at.other.origin}/notes/x`;
        at1.list("discussions", [at1.talk(() => [], { id, context: id, actor: noa })]);
      },
    ],
    [
      "of another group",
      async (at1) => {
        const other = await club();
        await other.join();
        at1.list("discussions", [at1.talk(() => [], { attributedTo: other.uri })]);
      },
    ],
    [
      "for others, to be discussed",
      (at1) => at1.list("discussions", [at1.talk(() => [], { to: [at.peer.uri("others/members")] })]),
    ],
    [
      "for others, to be read",
      (at1) => at1.list("posts", [at1.thing("Article", { name: "Post", content: "<p>x</p>", to: [mia] })]),
    ],
    ["for others, to come to", (at1) => at1.list("events", [at1.event({ to: [at.peer.uri("others/members")] }).id])],
    [
      "for others, to be kept",
      (at1) =>
        at1.list("resources", [
          at1.thing("Document", { name: "x", url: "http://localhost:1/", context: `${at1.uri}/resources`, to: [mia] }),
        ]),
    ],
    [
      "in another group’s collection",
      async (at1) => {
        const foreign = `${at.other.origin}/list`;
        at.other.documents.set("/list", { id: foreign, type: "OrderedCollection", orderedItems: [at1.talk()] });
        const { pathname } = new URL(at1.uri);
        at.peer.documents.set(pathname, { ...(at.peer.documents.get(pathname) as Json), discussions: foreign });
      },
    ],
    [
      "behind a redirect to another origin",
      (at1) => {
        at.other.documents.set("/list", {
          id: `${at.other.origin}/list`,
          type: "OrderedCollection",
          orderedItems: [at1.talk()],
        });
        at.peer.documents.set(`${new URL(at1.uri).pathname}/discussions`, (res) => {
          res.writeHead(302, { Location: `${at.other.origin}/list` }).end();
        });
      },
    ],
    [
      "in a body without end",
      (at1) => at1.list("discussions", [at1.talk(), { ...at1.talk(), summary: "x".repeat(2 * 1024 * 1024) }]),
    ],
  ])("is left out, %s", async (_, forge) => {
    const at1 = await club();
    const membership = await at1.join();
    await forge(at1);
    const before = await at.db.$count(discussions);
    await readGroup(at.db, membership);
    expect([await kept(at1), await at.db.$count(discussions)]).toEqual([0, before]);
    // The same group’s own, for its members, is taken.
    at1.list("discussions", [at1.talk()]);
    const { pathname } = new URL(at1.uri);
    at.peer.documents.set(pathname, {
      ...(at.peer.documents.get(pathname) as Json),
      discussions: `${at1.uri}/discussions`,
    });
    await at.db.update(memberships).set({ caughtUpAt: null });
    await readGroup(at.db, membership);
    expect(await kept(at1)).toBe(1);
  });

  it("is bounded, where a collection never ends", async () => {
    const at1 = await club();
    const membership = await at1.join();
    const path = `${new URL(at1.uri).pathname}/posts`;
    let pages = 0;
    at.peer.documents.set(path, (res) => {
      const page = { id: `${at.peer.origin}${path}`, type: "OrderedCollectionPage", next: `${at.peer.origin}${path}` };
      const post = at1.thing("Article", { name: `Post ${++pages}`, content: "<p>x</p>", actor: at1.uri });
      res
        .writeHead(200, { "Content-Type": "application/activity+json" })
        .end(JSON.stringify({ ...page, orderedItems: [post] }));
    });
    await readGroup(at.db, membership);
    expect([pages, await kept(at1), await isCaughtUp(membership)]).toEqual([10, 10, true]);
  });
});

describe("the list of a group elsewhere", () => {
  it("is read to its end in steps by who leads it, and a reading takes away nobody whom it did not see", async () => {
    const { id, uri } = await club();
    await enrol(at.db, id, { memberId: at.ann.actor.id, role: "administrator" });
    const { pathname: path, origin } = new URL(`${uri}/members`);
    const listing = (pages: number) => {
      for (let n = 1; n <= pages; n++) {
        const [actor, next] = [`${origin}/users/guild${n}`, n < pages ? { next: `${uri}/members/${n + 1}` } : {}];
        const orderedItems = [{ type: "Member", id: `${actor}/membership`, actor, object: uri, role: "member" }];
        const page = { id: `${uri}/members/${n}`, type: "OrderedCollectionPage", orderedItems, ...next };
        at.peer.documents.set(`${path}/${n}`, page);
      }
      at.peer.documents.set(path, { id: `${uri}/members`, type: "OrderedCollection", first: `${uri}/members/1` });
    };
    const step = async (order: Jobs["roster"] = { groupId: id }) => {
      await readRoster(at.db, order);
      const left = sql`delete from pgboss.job where name = 'roster' returning data`;
      return (await at.db.execute<{ data: Jobs["roster"] }>(left))[0]?.data;
    };
    const known = async () => {
      const members = await listRoster(at.db, id, { state: "member", limit: 99 });
      return [members.length, (await getReading(at.db, id))?.whole];
    };
    listing(28);
    const second = await step();
    expect(await known()).toEqual([25, false]);
    expect([await step(second), ...(await known())]).toEqual([undefined, 28, true]);
    at.peer.documents.set(`${path}/26`, 500);
    expect([await step(await step()), ...(await known())]).toEqual([undefined, 28, false]);
    listing(26);
    await step(await step());
    expect(await known()).toEqual([26, true]);
  });
});
