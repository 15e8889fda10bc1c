import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema, transact } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { deleteMessage, openDiscussion, reviseMessage, writeMessage } from "#lib/discussion/message/commands.ts";
import { listMessages } from "#lib/discussion/message/queries.ts";
import { forgetAway } from "#lib/discussion/mirror/commands.ts";
import { deleteDiscussion, markDiscussion, nameDiscussion } from "#lib/discussion/thread/commands.ts";
import { getDiscussion } from "#lib/discussion/thread/queries.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { raiseFlag } from "#lib/moderation/flag/commands.ts";
import { wakeDeliveries } from "../outbox/delivery.ts";
import { tellDiscussion, tellMessage } from "../outbox/discussion.ts";
import { tellFlag } from "../outbox/flag.ts";
import { isProven, type Json, read } from "../testing/peer.ts";
import { type Stage, stage } from "../testing/stage.ts";

const { activities, discussionMessages, discussions, flags } = schema;

/** Two other servers: Mia is of one, Noa of the other. */
let at: Stage;
let mia: string;
let noa: string;
beforeAll(async () => {
  at = await stage();
  [mia, noa] = [at.peer.actor("mia"), at.other.actor("noa")];
});
afterAll(() => at.stop());
beforeEach(() => at.clear());

let count = 0;

/** What a member elsewhere opens or says, as Mobilizon has it. */
function note(author: string, group: string, change: Json): Json {
  const id = `${new URL(author).origin}/talk/${++count}`;
  const begun = "name" in change ? { context: id } : {};
  return {
    ...{ id, type: "Note", actor: author, attributedTo: group, to: [`${group}/members`], cc: [], ...begun },
    ...{ content: "", published: "2026-11-01T08:00:00Z", ...change },
  };
}
const said = async (discussionId: string) =>
  (
    await at.db
      .select()
      .from(discussionMessages)
      .where(eq(discussionMessages.discussionId, discussionId))
      .orderBy(asc(discussionMessages.createdAt), asc(discussionMessages.id))
  ).map((one) => (one.deletedAt ? "deleted" : one.awaiting ? `${one.content} (sent)` : one.content));
/** What of it its group's server does not take. */
const refused = async (discussionId: string) =>
  (await listMessages(at.db, discussionId, null)).messages.filter((one) => one.refused).map(({ content }) => content);
const talkOf = async (uri: string) =>
  (await at.db.select().from(discussions).where(eq(discussions.uri, uri)))[0] ?? null;

describe("in a group of this server", () => {
  let group: { id: string; uri: string };
  beforeAll(async () => {
    const id = await makeGroup(at.db, { handle: "atelier" });
    group = { id, uri: `${at.origin}/@atelier` };
    await enrol(at.db, id, { memberId: at.ann.actor.id, role: "moderator" });
    for (const uri of [mia, noa]) await enrol(at.db, id, { memberId: (await at.actorOf(uri)).id });
  });
  const open = async (words = "Shall we meet?") => {
    const id = newId();
    await openDiscussion(at.db, at.ann.viewer, group.id, { id, name: "Winter", content: words, language: "en" });
    return id;
  };
  const tell = async (discussionId: string) => {
    await tellDiscussion(at.db, discussionId);
    const rows = await at.db.select().from(discussionMessages).where(eq(discussionMessages.discussionId, discussionId));
    for (const { id } of rows) await tellMessage(at.db, id);
    await at.deliver();
  };
  /** What a server got about a discussion: by its author, and passed on by the group. */
  const got = (of: Stage["peer"]) =>
    of.inbox.splice(0).map(({ activity }) => {
      const inner = activity.object as Json | string;
      if (activity.type !== "Announce") return [activity.type, (inner as Json).name ?? (inner as Json).content];
      return ["Announce", typeof inner === "string" ? "id" : inner.type];
    });

  it("what is said here goes to the servers of members as its author's word, and from the group", async () => {
    const id = await open();
    await tell(id);
    await tell(id);
    const about = `${at.origin}/discussions/${id}`;
    const [opened, first] = at.peer.received("Create");
    expect(opened!.object).toMatchObject({
      ...{ id: about, type: "Note", name: "Winter", context: about, attributedTo: group.uri },
      ...{ actor: `${at.origin}/@ann`, to: [`${group.uri}/members`], cc: [], commentsEnabled: true },
    });
    expect(first!.object).toMatchObject({ context: about, inReplyTo: about, content: "<p>Shall we meet?</p>\n" });
    expect([await isProven(opened!), await isProven(first!)]).toEqual([true, true]);
    const whole = ["Announce", "Create"];
    for (const peer of [at.peer, at.other])
      expect(got(peer)).toEqual([
        ...[["Create", "Winter"], whole, ["Announce", "id"]],
        ...[["Create", "<p>Shall we meet?</p>\n"], whole, ["Announce", "id"]],
      ]);
  });

  it("is read at its address by members and their servers, and looks absent to others", async () => {
    const id = await open();
    const [message] = await at.db.select().from(discussionMessages).where(eq(discussionMessages.discussionId, id));
    for (const url of [`${at.origin}/discussions/${id}`, `${at.origin}/comments/${message!.id}`]) {
      const statuses = [mia, noa, at.peer.actor("relay", { type: "Application" }), at.peer.actor("eve")];
      const answers = await Promise.all(statuses.map(async (by) => (await at.peerOf(by).ask(url, by)).status));
      expect([...answers, (await read(url)).status]).toEqual([200, 200, 200, 404, 404]);
    }
  });

  it("members elsewhere open, say, revise, rename and delete, and are passed on as they came, in order", async () => {
    const begun = note(mia, group.uri, { name: "Keys" });
    const opened = at.says(mia, "Create", begun);
    await at.send(opened);
    await at.send(opened);
    const talk = (await talkOf(begun.id as string))!;
    expect(talk).toMatchObject({ name: "Keys", groupId: group.id, awaiting: false });
    const one = note(noa, group.uri, { content: "<p>I have them.</p><script>1</script>", context: begun.id });
    const first = at.says(noa, "Create", one);
    const newer = { ...one, content: "<p>I had them.</p>", updated: "2026-11-02T08:00:00Z" };
    const revised = at.says(noa, "Update", newer);
    const renamed = at.says(mia, "Update", { ...begun, name: "The keys" });
    for (const activity of [first, first, revised, renamed]) await at.send(activity);
    expect(await said(talk.id)).toEqual(["<p>I had them.</p>"]);
    expect((await talkOf(begun.id as string))!.name).toBe("The keys");
    await at.deliver();
    const passed = [opened, begun.id, first, one.id, revised, renamed];
    for (const peer of [at.peer, at.other])
      expect(peer.received("Announce").map(({ object }) => object)).toEqual(passed);
    const ended = at.says(noa, "Delete", { id: one.id, type: "Tombstone" });
    await at.send(ended);
    expect(await said(talk.id)).toEqual(["deleted"]);
    await at.deliver();
    expect(at.peer.received("Announce").at(-1)!.object).toEqual(ended);
    expect(JSON.stringify(await at.db.select().from(activities))).not.toMatch(/I ha(ve|d) them/);
  });

  it("what comes before its discussion opens it, as it is read from there; where it cannot be, its author is told", async () => {
    const begun = note(mia, group.uri, { name: "Late" });
    const { pathname } = new URL(begun.id as string);
    const early = at.says(mia, "Create", note(mia, group.uri, { content: "<p>Early</p>", context: begun.id }));
    await at.send(early);
    await at.deliver();
    const refusals = () => at.peer.received("Reject").map(({ object }) => (object as Json).id);
    expect([await talkOf(begun.id as string), refusals()]).toEqual([null, [early.id]]);
    at.peer.documents.set(pathname, begun);
    const eve = at.peer.actor("eve");
    at.peer.askers.clear();
    await at.send(at.says(eve, "Create", note(eve, group.uri, { content: "<p>Let me in</p>", context: begun.id })));
    expect([await talkOf(begun.id as string), at.peer.askers.has(pathname)]).toEqual([null, false]);
    const again = at.says(mia, "Create", note(mia, group.uri, { content: "<p>Early</p>", context: begun.id }));
    const opened = at.says(mia, "Create", begun);
    for (const activity of [again, opened]) await at.send(activity);
    const talk = (await talkOf(begun.id as string))!;
    expect(talk).toMatchObject({ name: "Late", actorId: (await at.actorOf(mia)).id, awaiting: false });
    expect([await said(talk.id), at.peer.askers.get(pathname)]).toEqual([["<p>Early</p>"], group.uri]);
    await at.deliver();
    expect(at.other.received("Announce").map(({ object }) => object)).toEqual(expect.arrayContaining([again, opened]));
    expect(refusals()).toHaveLength(1);
  });

  it("a discussion may come with what is said first in it, as Mobilizon has it", async () => {
    const begun = note(mia, group.uri, { name: "Tools", content: "<p>Who has a drill?</p>" });
    for (const type of ["Create", "Create", "Update"]) await at.send(at.says(mia, type, begun));
    expect(await said((await talkOf(begun.id as string))!.id)).toEqual(["<p>Who has a drill?</p>"]);
  });

  it("answers stay answers, and what only follows is none", async () => {
    const id = await open("One");
    const [first] = await at.db.select().from(discussionMessages).where(eq(discussionMessages.discussionId, id));
    const about = { context: `${at.origin}/discussions/${id}` };
    const address = `${at.origin}/comments/${first!.id}`;
    await at.send(at.says(mia, "Create", note(mia, group.uri, { ...about, content: "Two", inReplyTo: address })));
    await at.send(at.says(mia, "Create", note(mia, group.uri, { ...about, content: "Three", inReplyTo: address })));
    const rows = await at.db
      .select({ content: discussionMessages.content, quotedId: discussionMessages.quotedId })
      .from(discussionMessages)
      .where(eq(discussionMessages.discussionId, id))
      .orderBy(asc(discussionMessages.createdAt));
    expect(rows.map(({ quotedId }) => quotedId)).toEqual([null, null, first!.id]);
  });

  it.each<[string, (where: { group: string; talk: string; message: string }) => Json]>([
    [
      "another group's discussion",
      ({ group, talk }) => ({ attributedTo: group, to: [`${group}/members`], context: talk }),
    ],
    ["another discussion, under its own group's name", ({ talk }) => ({ context: talk })],
    ["another group, under its own discussion", ({ group }) => ({ attributedTo: group })],
    ["an answer to what another discussion has", ({ message }) => ({ inReplyTo: message })],
  ])("what was said in one discussion is taken and passed on for no other: %s", async (_, change) => {
    const handle = `cellar${++count}`;
    const cellar = await makeGroup(at.db, { handle });
    for (const memberId of [at.ann.actor.id, (await at.actorOf(noa)).id]) await enrol(at.db, cellar, { memberId });
    const [here, there] = [await open(), newId()];
    await openDiscussion(at.db, at.ann.viewer, cellar, { id: there, name: "Cellar", content: "Ours", language: "en" });
    const [ours] = await at.db.select().from(discussionMessages).where(eq(discussionMessages.discussionId, there));
    for (const id of [here, there]) await tell(id);
    const one = note(mia, group.uri, { content: "<p>Here</p>", context: `${at.origin}/discussions/${here}` });
    await at.send(at.says(mia, "Create", one));
    await at.deliver();
    got(at.other);
    const where = { group: `${at.origin}/@${handle}`, talk: `${at.origin}/discussions/${there}` };
    const newer = { ...one, content: "<p>There</p>", updated: "2026-11-02T08:00:00Z" };
    const strayed = { ...newer, ...change({ ...where, message: `${at.origin}/comments/${ours!.id}` }) };
    await at.send(at.says(mia, "Update", strayed));
    await at.send(at.says(mia, "Create", { ...strayed, id: `${one.id}/again` }));
    await at.deliver();
    const both = async () => [...(await said(here)), ...(await said(there))];
    expect([await both(), got(at.other)]).toEqual([["Shall we meet?", "<p>Here</p>", "Ours"], []]);
    await at.send(at.says(mia, "Update", newer));
    await at.deliver();
    const after = ["Shall we meet?", "<p>There</p>", "Ours"];
    expect([await both(), got(at.other)]).toEqual([after, [["Announce", "Update"]]]);
  });

  it("words and titles that are not newer change nothing, and are not passed on; without a time they are as they come", async () => {
    const begun = note(mia, group.uri, { name: "One" });
    const one = note(mia, group.uri, { content: "<p>One</p>", context: begun.id });
    for (const each of [begun, one]) await at.send(at.says(mia, "Create", each));
    await at.deliver();
    got(at.other);
    const at8 = (day: number) => ({ updated: `2026-11-0${day}T08:00:00Z` });
    const talk = (await talkOf(begun.id as string))!;
    const words = async () => [(await talkOf(begun.id as string))!.name, ...(await said(talk.id))];
    for (const [which, time] of [
      ["Three", at8(3)],
      ["Two", at8(2)],
      ["Equal", at8(3)],
    ] as const) {
      await at.send(at.says(mia, "Update", { ...begun, name: which, ...time }));
      await at.send(at.says(mia, "Update", { ...one, content: `<p>${which}</p>`, ...time }));
    }
    await at.send(at.says(mia, "Create", { ...begun, name: "Zero" }));
    await at.deliver();
    expect([await words(), got(at.other)]).toEqual([
      ["Three", "<p>Three</p>"],
      [
        ["Announce", "Update"],
        ["Announce", "Update"],
      ],
    ]);
    // Words that are as they were are as new as they say.
    await at.send(at.says(mia, "Update", { ...one, content: "<p>Three</p>", ...at8(5) }));
    await at.send(at.says(mia, "Update", { ...one, content: "<p>Four</p>", ...at8(4) }));
    expect(await words()).toEqual(["Three", "<p>Three</p>"]);
    await at.send(at.says(mia, "Update", { ...begun, name: "Now" }));
    await at.send(at.says(mia, "Update", { ...one, content: "<p>Now</p>" }));
    expect(await words()).toEqual(["Now", "<p>Now</p>"]);
  });

  it("moderators delete, lock and rename; the group says so, and forgets the words", async () => {
    const id = await open();
    const one = note(mia, group.uri, { content: "<p>Rude words</p>", context: `${at.origin}/discussions/${id}` });
    await at.send(at.says(mia, "Create", one));
    await tell(id);
    got(at.peer);
    const [row] = await at.db
      .select()
      .from(discussionMessages)
      .where(eq(discussionMessages.uri, one.id as string));
    await deleteMessage(at.db, at.ann.viewer, row!.id);
    await markDiscussion(at.db, at.ann.viewer, id, "locked");
    await tell(id);
    const [locked] = at.peer.received("Update");
    expect([locked!.actor, (locked!.object as Json).commentsEnabled]).toEqual([group.uri, false]);
    const [end] = at.peer.received("Delete");
    expect([end!.actor, (end!.object as Json).id]).toEqual([group.uri, one.id]);
    expect(JSON.stringify(await at.db.select().from(activities))).not.toMatch(/Rude words/);
    got(at.peer);
    const late = at.says(
      mia,
      "Create",
      note(mia, group.uri, { content: "Late", context: `${at.origin}/discussions/${id}` }),
    );
    for (let times = 0; times < 2; times++) await at.send(late);
    expect(await said(id)).toEqual(["Shall we meet?", "deleted"]);
    await at.deliver();
    expect(at.peer.received("Reject").map(({ actor, object }) => [actor, (object as Json).id])).toEqual([
      [group.uri, late.id],
    ]);
    got(at.peer);
    await nameDiscussion(at.db, at.ann.viewer, id, { name: "Over" });
    await deleteDiscussion(at.db, at.ann.viewer, id);
    await tell(id);
    expect(got(at.peer)).toEqual([
      ["Delete", undefined],
      ["Announce", "Delete"],
    ]);
    expect(JSON.stringify(await at.db.select().from(activities))).not.toMatch(/Shall we meet\?.*Over/);
  });

  it("is reported to the host by a member's server, and a message from there to that server, without a word of it", async () => {
    const small = await makeGroup(at.db, { handle: "small" });
    for (const memberId of [at.ann.actor.id, (await at.actorOf(mia)).id]) await enrol(at.db, small, { memberId });
    const id = newId();
    await openDiscussion(at.db, at.ann.viewer, small, { id, name: "Winter", content: "Rude words", language: "en" });
    const [own] = await at.db.select().from(discussionMessages).where(eq(discussionMessages.discussionId, id));
    const about = [`${at.origin}/@ann`, `${at.origin}/comments/${own!.id}`];
    const report = (of: Stage["peer"]) => {
      const watch = of.actor("watch", { type: "Application" });
      return at.send(of.activity(watch, "Flag", about, { content: "Look" }), watch);
    };
    await report(at.other);
    expect(await at.db.select().from(flags)).toMatchObject([{ actorId: at.ann.actor.id, messageId: null }]);
    await at.db.delete(flags);
    await report(at.peer);
    expect(await at.db.select().from(flags)).toMatchObject([{ messageId: own!.id, quote: null, content: "Look" }]);

    const one = note(mia, `${at.origin}/@small`, {
      content: "<p>Ruder words</p>",
      context: `${at.origin}/discussions/${id}`,
    });
    await at.send(at.says(mia, "Create", one));
    const [theirs] = await at.db
      .select()
      .from(discussionMessages)
      .where(eq(discussionMessages.uri, one.id as string));
    const target = { actorId: theirs!.actorId, eventId: null, commentId: null, postId: null, messageId: theirs!.id };
    const shown = { uri: null, reporterId: at.ann.actor.id, reporterHost: null, content: "Rude", quote: "Ruder words" };
    await transact(at.db, (tx) => raiseFlag(tx, { ...shown, targets: [target] }));
    const [flag] = await at.db.select().from(flags).where(eq(flags.messageId, theirs!.id));
    at.peer.inbox.length = 0;
    await tellFlag(at.db, flag!.id);
    await at.deliver();
    const [told] = at.peer.received("Flag");
    expect(told).toMatchObject({ actor: `${at.origin}/actor`, object: [mia, one.id], content: "Rude" });
    expect(JSON.stringify(told)).not.toMatch(/Ruder|@ann/);
  });

  it.each<[string, (id: string, about: string) => Promise<Json> | Json, string?]>([
    [
      "who is no member",
      (_, about) =>
        at.says(
          at.peer.actor("eve"),
          "Create",
          note(at.peer.uri("eve"), group.uri, { content: "Let me in", context: about }),
        ),
    ],
    [
      "another's name",
      (_, about) => at.says(mia, "Create", note(noa, group.uri, { content: "As Noa", context: about })),
    ],
    [
      "a member in the name of a neighbour",
      (_, about) =>
        at.says(mia, "Create", {
          ...note(mia, group.uri, { content: "As Eve", context: about }),
          actor: at.peer.uri("eve"),
        }),
    ],
    [
      "a member who would rename what others opened",
      (_, about) => at.says(mia, "Update", { ...note(mia, group.uri, { name: "Mine" }), id: about, context: about }),
    ],
    [
      "a member who would delete what others said",
      async (id) => {
        const [row] = await at.db.select().from(discussionMessages).where(eq(discussionMessages.discussionId, id));
        return at.says(mia, "Delete", `${at.origin}/comments/${row!.id}`);
      },
    ],
    ["a member who would delete the whole", (_, about) => at.says(mia, "Delete", about)],
  ])("refuses %s, and passes nothing on", async (_, forge) => {
    const id = await open();
    await at.send(await forge(id, `${at.origin}/discussions/${id}`));
    await at.deliver();
    expect(await said(id)).toEqual(["Shall we meet?"]);
    expect((await at.db.select().from(discussions).where(eq(discussions.id, id)))[0]).toMatchObject({
      name: "Winter",
      deletedAt: null,
    });
    expect(got(at.other)).toEqual([]);
    // The same by a member in their own name is taken.
    await at.send(
      at.says(mia, "Create", note(mia, group.uri, { content: "Here", context: `${at.origin}/discussions/${id}` })),
    );
    expect(await said(id)).toEqual(["Shall we meet?", "Here"]);
  });
});

describe("in a group of another server", () => {
  let club: string;
  let clubId: string;
  beforeAll(async () => {
    club = at.peer.actor("club", { type: "Group", openness: "open" });
    clubId = (await at.actorOf(club)).id;
    await enrol(at.db, clubId, { memberId: at.ann.actor.id });
  });
  /** The group passes it on. */
  const pass = (object: unknown) => at.send(at.peer.activity(club, "Announce", object, { to: [`${club}/members`] }));

  it("what members say there is read here by its members alone, once the group passes it on", async () => {
    const whole = note(noa, club, { name: "Whole", content: "<p>At once</p>" });
    await pass(at.says(noa, "Create", whole));
    expect(await said((await talkOf(whole.id as string))!.id)).toEqual(["<p>At once</p>"]);
    const begun = note(noa, club, { name: "Winter" });
    const opened = at.says(noa, "Create", begun);
    await at.send(opened);
    expect(await talkOf(begun.id as string)).toBeNull();
    await pass(opened);
    await pass(begun.id);
    const talk = (await talkOf(begun.id as string))!;
    const one = note(mia, club, { content: "<p>Hello</p>", context: begun.id, inReplyTo: begun.id });
    const first = at.says(mia, "Create", one);
    await at.send(first);
    await pass(first);
    await pass(one.id);
    const two = note(noa, club, { content: "<p>Hello, too</p>", context: begun.id, inReplyTo: one.id });
    await at.send(at.says(noa, "Create", two));
    expect(await said(talk.id)).toEqual(["<p>Hello</p>"]);
    await pass(at.says(noa, "Create", two));
    await pass(at.says(noa, "Update", { ...two, content: "<p>Bye</p>", updated: "2026-11-02T08:00:00Z" }));
    expect(await said(talk.id)).toEqual(["<p>Hello</p>", "<p>Bye</p>"]);
    const eve = await person(at.db, `eve${count}`);
    expect(await getDiscussion(at.db, at.ann.viewer, talk.id)).toMatchObject({ name: "Winter" });
    expect(await getDiscussion(at.db, eve.viewer, talk.id)).toBeNull();
    await pass(at.says(noa, "Delete", { id: two.id, type: "Tombstone" }));
    expect(await said(talk.id)).toEqual(["<p>Hello</p>", "deleted"]);
    await at.send(at.says(club, "Delete", begun.id));
    expect((await talkOf(begun.id as string))!.deletedAt).not.toBeNull();
    expect(await said(talk.id)).toEqual(["deleted", "deleted"]);
  });

  it("a title without a time is as new as it comes, as at the group's own server; a claimed future is now", async () => {
    const begun = note(noa, club, { name: "One" });
    await pass(at.says(noa, "Create", begun));
    for (const change of [{ name: "Two" }, { name: "Three", updated: "2190-01-01T00:00:00Z" }, { name: "Four" }]) {
      await pass(at.says(noa, "Update", { ...begun, ...change }));
      expect((await talkOf(begun.id as string))!.name).toBe(change.name);
    }
    await pass(at.says(noa, "Update", { ...begun, name: "Old", updated: "2026-11-02T08:00:00Z" }));
    expect((await talkOf(begun.id as string))!.name).toBe("Four");
  });

  it("a discussion that was opened before is read from where it is, as soon as something is said in it", async () => {
    const begun = note(mia, club, { name: "Before" });
    at.peer.documents.set(new URL(begun.id as string).pathname, begun);
    await pass(at.says(noa, "Create", note(noa, club, { content: "<p>Still?</p>", context: begun.id })));
    expect(await said((await talkOf(begun.id as string))!.id)).toEqual(["<p>Still?</p>"]);
  });

  it("what somebody here says is sent to the group, and stands once it comes back", async () => {
    const id = newId();
    const ann = { ...at.ann.viewer };
    await openDiscussion(at.db, ann, clubId, { id, name: "From here", content: "Hello", language: "en" });
    const [first] = await at.db.select().from(discussionMessages).where(eq(discussionMessages.discussionId, id));
    await tellDiscussion(at.db, id);
    await tellMessage(at.db, first!.id);
    await at.deliver();
    expect(await said(id)).toEqual(["Hello (sent)"]);
    expect(at.peer.inbox.map(({ path }) => path)).toEqual(["/users/club/inbox", "/users/club/inbox"]);
    expect(at.other.inbox).toEqual([]);
    const [opened, message] = at.peer.received("Create") as [Json, Json];
    expect(opened.object).toMatchObject({ name: "From here", attributedTo: club, to: [`${club}/members`] });
    const about = (opened.object as Json).id as string;
    expect((await at.peer.ask(about, club)).status).toBe(200);
    expect((await at.peer.ask(about, mia)).status).toBe(404);
    await pass(opened);
    expect((await at.db.select().from(discussions).where(eq(discussions.id, id)))[0]!.awaiting).toBe(false);
    expect(await said(id)).toEqual(["Hello (sent)"]);
    await pass((message.object as Json).id);
    expect(await said(id)).toEqual(["Hello"]);
    await reviseMessage(at.db, ann, first!.id, { content: "Hello all" });
    await tellMessage(at.db, first!.id);
    await at.deliver();
    expect(await said(id)).toEqual(["Hello all (sent)"]);
    await pass(at.peer.received("Update")[0]);
    expect(await said(id)).toEqual(["Hello all"]);
    await writeMessage(at.db, ann, id, { id: newId(), content: "More", language: "en", quoted: null });
    await at.send(at.says(club, "Delete", (message.object as Json).id));
    expect(await said(id)).toEqual(["deleted", "More (sent)"]);
  });

  it("a discussion opened here goes before what is said first in it, whichever job runs first", async () => {
    for (const order of ["message first", "both at once"]) {
      at.peer.inbox.length = 0;
      const id = newId();
      const words = { id, name: "In order", content: "Hello", language: "en" };
      await openDiscussion(at.db, at.ann.viewer, clubId, words);
      const [first] = await at.db.select().from(discussionMessages).where(eq(discussionMessages.discussionId, id));
      const message = tellMessage(at.db, first!.id);
      if (order === "message first") await message;
      await Promise.all([message, tellDiscussion(at.db, id)]);
      await at.deliver();
      const about = `${at.origin}/discussions/${id}`;
      const ids = at.peer.received("Create").map(({ object }) => (object as Json).id);
      expect([order, ids]).toEqual([order, [about, `${at.origin}/comments/${first!.id}`]]);
    }
  });

  it("what somebody here says is marked where the group refuses it, or was not reached", async () => {
    const id = newId();
    const ann = { ...at.ann.viewer };
    await openDiscussion(at.db, ann, clubId, { id, name: "Not there", content: "One", language: "en" });
    await tellDiscussion(at.db, id);
    const [one] = await at.db.select().from(discussionMessages).where(eq(discussionMessages.discussionId, id));
    const two = newId();
    await writeMessage(at.db, ann, id, { id: two, content: "Two", language: "en", quoted: null });
    for (const messageId of [one!.id, two]) await tellMessage(at.db, messageId);
    expect(await refused(id), "it is on its way").toEqual([]);
    await at.deliver();
    const [opened, first] = at.peer.received("Create") as [Json, Json];
    await at.send(at.other.activity(noa, "Reject", { type: "Create", id: first.id }));
    expect(await refused(id), "a stranger’s word").toEqual([]);
    await at.send(at.peer.activity(club, "Reject", { type: "Create", id: first.id }));
    expect([await refused(id), await said(id)]).toEqual([["One"], ["One (sent)", "Two (sent)"]]);
    expect((await getDiscussion(at.db, ann, id))!.refused).toBe(false);
    await at.send(at.peer.activity(club, "Reject", opened.id));
    expect((await getDiscussion(at.db, ann, id))!.refused).toBe(true);
    // Another week, in which nobody was there.
    await reviseMessage(at.db, ann, one!.id, { content: "One, again" });
    await tellMessage(at.db, one!.id);
    expect(await refused(id)).toEqual([]);
    await at.db.execute(sql`update deliveries set created_at = now() - interval '30 days' where state = 'due'`);
    await wakeDeliveries(at.db);
    expect(await refused(id)).toEqual(["One, again"]);
  });

  it("what was said there is forgotten here a day after nobody here belongs to it any more", async () => {
    const other = at.peer.actor("choir", { type: "Group", openness: "open" });
    const { id: groupId } = await at.actorOf(other);
    await enrol(at.db, groupId, { memberId: at.ann.actor.id });
    const begun = note(mia, other, { name: "Songs", content: "<p>Which ones?</p>" });
    await at.send(at.peer.activity(other, "Announce", at.says(mia, "Create", begun)));
    const { id } = (await talkOf(begun.id as string))!;
    const later = async () => {
      await at.db.execute(sql`update discussions set message_at = now() - interval '2 days'`);
      await forgetAway(at.db);
      return [await at.db.$count(discussions, eq(discussions.id, id)), (await said(id)).length];
    };
    expect(await later()).toEqual([1, 1]);
    const { memberships } = schema;
    await at.db.update(memberships).set({ state: "left" }).where(eq(memberships.groupId, groupId));
    expect(await later()).toEqual([0, 0]);
    expect(await at.db.$count(discussions)).toBeGreaterThan(0);
  });

  it.each<[string, (begun: Json) => Promise<void>]>([
    [
      "another group, whatever it wraps",
      async (begun) => {
        const other = at.other.actor("others", { type: "Group" });
        await enrol(at.db, (await at.actorOf(other)).id, { memberId: at.ann.actor.id });
        const forged = at.says(noa, "Create", note(noa, club, { content: "Forged", context: begun.id }));
        await at.send(at.other.activity(other, "Announce", forged));
      },
    ],
    [
      "the group itself, of somebody who proved nothing",
      (begun) => {
        const { proof: _, ...bare } = at.says(noa, "Create", note(noa, club, { content: "Forged", context: begun.id }));
        return pass(bare);
      },
    ],
    [
      "somebody of another server, without the group",
      (begun) => at.send(at.says(noa, "Create", note(noa, club, { content: "Forged", context: begun.id }))),
    ],
    [
      "another group of its server, which passes on by its id what is read elsewhere",
      async (begun) => {
        const neighbour = at.peer.actor("neighbour", { type: "Group" });
        await enrol(at.db, (await at.actorOf(neighbour)).id, { memberId: at.ann.actor.id });
        const forged = note(noa, neighbour, { content: "Forged", context: begun.id });
        at.other.documents.set(new URL(forged.id as string).pathname, forged);
        for (const by of [neighbour, at.peer.actor("zoe")])
          await at.send(at.peer.activity(by, "Announce", forged.id, { to: [`${at.origin}/@ann`] }));
      },
    ],
    [
      "the group itself, of what was said in another",
      async (begun) => {
        const cellar = at.peer.actor("cellar", { type: "Group" });
        await enrol(at.db, (await at.actorOf(cellar)).id, { memberId: at.ann.actor.id });
        await pass(at.says(noa, "Create", note(noa, cellar, { content: "Strayed", context: begun.id })));
      },
    ],
    ["a stranger who says that it is gone", (begun) => at.send(at.says(noa, "Delete", begun.id))],
  ])("believes no word of %s", async (_, forge) => {
    const begun = note(mia, club, { name: "Winter" });
    await pass(at.says(mia, "Create", begun));
    const talk = (await talkOf(begun.id as string))!;
    await forge(begun);
    expect([await said(talk.id), (await talkOf(begun.id as string))!.deletedAt]).toEqual([[], null]);
  });
});
