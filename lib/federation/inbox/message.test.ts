import { asc, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { schema, transact } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { openDiscussion, reviseMessage, writeMessage } from "#lib/discussion/message/commands.ts";
import { listMessages } from "#lib/discussion/message/queries.ts";
import { getDiscussion } from "#lib/discussion/thread/queries.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { raiseFlag } from "#lib/moderation/flag/commands.ts";
import { chooseNotifications } from "#lib/notification/choice/commands.ts";
import { tellDiscussions } from "#lib/notification/discussion/commands.ts";
import { wakeDeliveries } from "../outbox/delivery.ts";
import { tellDiscussion, tellMessage } from "../outbox/discussion.ts";
import { tellFlag } from "../outbox/flag.ts";
import type { Json } from "../testing/peer.ts";
import { type Stage, stageOfTwo } from "../testing/stage.ts";
import { note, talksAt } from "../testing/talk.ts";

const { discussionMessages, discussions, flags } = schema;

const { at, mia, noa, atelier, clubAway, pass } = await stageOfTwo();
const { messagesOf, said, talkOf, open, tell, heard } = talksAt(at);

let count = 0;
/** What of a discussion its group's server does not take. */
const refused = async (discussionId: string) =>
  (await listMessages(at.db, discussionId, null)).messages.filter((one) => one.refused).map(({ content }) => content);

describe("in a group of this server", () => {
  let group: { id: string; uri: string };
  beforeAll(async () => {
    group = await atelier();
  });

  it("what comes before its discussion opens it, as it is read from there; where it cannot be, its author is told", async () => {
    const begun = note(mia, group.uri, { name: "Late" });
    const { pathname } = new URL(begun.id as string);
    const early = at.says(mia, "Create", note(mia, group.uri, { content: "<p>Early</p>", context: begun.id }));
    await at.send(early);
    await at.deliver();
    const refusals = () => at.peer.received("Reject").map(({ object }) => (object as Json).id);
    expect([await talkOf(begun.id), refusals()]).toEqual([null, [early.id]]);
    at.peer.documents.set(pathname, begun);
    const eve = at.peer.actor("eve");
    at.peer.askers.clear();
    await at.send(at.says(eve, "Create", note(eve, group.uri, { content: "<p>Let me in</p>", context: begun.id })));
    expect([await talkOf(begun.id), at.peer.askers.has(pathname)]).toEqual([null, false]);
    const again = at.says(mia, "Create", note(mia, group.uri, { content: "<p>Early</p>", context: begun.id }));
    const opened = at.says(mia, "Create", begun);
    for (const activity of [again, opened]) await at.send(activity);
    const talk = (await talkOf(begun.id))!;
    expect(talk).toMatchObject({ name: "Late", actorId: (await at.actorOf(mia)).id, awaiting: false });
    expect([await said(talk.id), at.peer.askers.get(pathname)]).toEqual([["<p>Early</p>"], group.uri]);
    await at.deliver();
    expect(at.other.received("Announce").map(({ object }) => object)).toEqual(expect.arrayContaining([again, opened]));
    expect(refusals()).toHaveLength(1);
  });

  it("answers stay answers, and what only follows is none", async () => {
    const id = await open(group.id, "One");
    const [first] = await messagesOf(id);
    const about = { context: `${at.origin}/discussions/${id}` };
    const address = `${at.origin}/comments/${first!.id}`;
    await at.send(at.says(mia, "Create", note(mia, group.uri, { ...about, content: "Two", inReplyTo: address })));
    await at.send(at.says(mia, "Create", note(mia, group.uri, { ...about, content: "Three", inReplyTo: address })));
    expect((await messagesOf(id)).map(({ quotedId }) => quotedId)).toEqual([null, null, first!.id]);
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
    const [here, there] = [await open(group.id), newId()];
    await openDiscussion(at.db, at.ann.viewer, cellar, { id: there, name: "Cellar", content: "Ours", language: "en" });
    const [ours] = await messagesOf(there);
    for (const id of [here, there]) await tell(id);
    const one = note(mia, group.uri, { content: "<p>Here</p>", context: `${at.origin}/discussions/${here}` });
    await at.send(at.says(mia, "Create", one));
    await at.deliver();
    heard(at.other);
    const where = { group: `${at.origin}/@${handle}`, talk: `${at.origin}/discussions/${there}` };
    const newer = { ...one, content: "<p>There</p>", updated: "2026-11-02T08:00:00Z" };
    const strayed = { ...newer, ...change({ ...where, message: `${at.origin}/comments/${ours!.id}` }) };
    await at.send(at.says(mia, "Update", strayed));
    await at.send(at.says(mia, "Create", { ...strayed, id: `${one.id}/again` }));
    await at.deliver();
    const both = async () => [...(await said(here)), ...(await said(there))];
    expect([await both(), heard(at.other)]).toEqual([["Shall we meet?", "<p>Here</p>", "Ours"], []]);
    await at.send(at.says(mia, "Update", newer));
    await at.deliver();
    const after = ["Shall we meet?", "<p>There</p>", "Ours"];
    expect([await both(), heard(at.other)]).toEqual([after, [["Announce", "Update"]]]);
  });

  it("words and titles that are not newer change nothing, and are not passed on; without a time they are as they come", async () => {
    const begun = note(mia, group.uri, { name: "One" });
    const one = note(mia, group.uri, { content: "<p>One</p>", context: begun.id });
    for (const each of [begun, one]) await at.send(at.says(mia, "Create", each));
    await at.deliver();
    heard(at.other);
    const at8 = (day: number) => ({ updated: `2026-11-0${day}T08:00:00Z` });
    const talk = (await talkOf(begun.id))!;
    const words = async () => [(await talkOf(begun.id))!.name, ...(await said(talk.id))];
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
    expect([await words(), heard(at.other)]).toEqual([
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

  it("is reported to the host by a member's server, and a message from there to that server, without a word of it", async () => {
    const small = await makeGroup(at.db, { handle: "small" });
    for (const memberId of [at.ann.actor.id, (await at.actorOf(mia)).id]) await enrol(at.db, small, { memberId });
    const id = newId();
    await openDiscussion(at.db, at.ann.viewer, small, { id, name: "Winter", content: "Rude words", language: "en" });
    const [own] = await messagesOf(id);
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
});

describe("in a group of another server", () => {
  let club: string;
  let clubId: string;
  beforeAll(async () => {
    ({ uri: club, id: clubId } = await clubAway());
  });

  it("what members say there is read here by its members alone, once the group passes it on", async () => {
    const whole = note(noa, club, { name: "Whole", content: "<p>At once</p>" });
    await pass(at.says(noa, "Create", whole));
    expect(await said((await talkOf(whole.id as string))!.id)).toEqual(["<p>At once</p>"]);
    const begun = note(noa, club, { name: "Winter" });
    const opened = at.says(noa, "Create", begun);
    await at.send(opened);
    expect(await talkOf(begun.id)).toBeNull();
    await pass(opened);
    await pass(begun.id);
    const talk = (await talkOf(begun.id))!;
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
    expect((await talkOf(begun.id))!.deletedAt).not.toBeNull();
    expect(await said(talk.id)).toEqual(["deleted", "deleted"]);
  });

  it("a discussion that was opened before is read from where it is, as soon as something is said in it", async () => {
    const begun = note(mia, club, { name: "Before" });
    at.peer.documents.set(new URL(begun.id as string).pathname, begun);
    await pass(at.says(noa, "Create", note(noa, club, { content: "<p>Still?</p>", context: begun.id })));
    expect(await said((await talkOf(begun.id))!.id)).toEqual(["<p>Still?</p>"]);
  });

  it("what somebody here says is sent to the group, and stands once it comes back", async () => {
    const id = newId();
    const ann = { ...at.ann.viewer };
    await openDiscussion(at.db, ann, clubId, { id, name: "From here", content: "Hello", language: "en" });
    const [first] = await messagesOf(id);
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

  it("what somebody here says is marked where the group refuses it, or was not reached", async () => {
    const id = newId();
    const ann = { ...at.ann.viewer };
    await openDiscussion(at.db, ann, clubId, { id, name: "Not there", content: "One", language: "en" });
    await tellDiscussion(at.db, id);
    const [one] = await messagesOf(id);
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
});

describe.each<"here" | "elsewhere">(["here", "elsewhere"])("in a group that is %s", (where) => {
  const handle = `named${where}`;
  let group: { id: string; uri: string };
  let member: Awaited<ReturnType<typeof person>>;
  beforeAll(async () => {
    if (where === "here") group = { id: await makeGroup(at.db, { handle }), uri: `${at.origin}/@${handle}` };
    else {
      const uri = at.peer.actor(handle, { type: "Group", openness: "open" });
      group = { id: (await at.actorOf(uri)).id, uri };
    }
    member = await person(at.db, `member${where}`);
    await person(at.db, `stranger${where}`);
    for (const memberId of [member.actor.id, (await at.actorOf(mia)).id]) await enrol(at.db, group.id, { memberId });
    await chooseNotifications(at.db, member.account.id, { discussions: "weekly" });
  });
  const tell = (activity: Json) =>
    at.send(
      where === "here" ? activity : at.peer.activity(group.uri, "Announce", activity, { to: [`${group.uri}/members`] }),
    );
  const mails = async () => {
    await tellDiscussions(at.db);
    const theirs = eq(schema.mails.accountId, member.account.id);
    return (await at.db.select().from(schema.mails).where(theirs).orderBy(schema.mails.id)).map((one) => one.message);
  };
  const names = async (uri: unknown) => {
    const [row] = await at.db
      .select()
      .from(discussionMessages)
      .where(eq(discussionMessages.uri, String(uri)));
    return row!.mentions.map((one) => one.handle);
  };

  it("members here who are named by a tag, or by their whole address, are told at once, and each once", async () => {
    const begun = note(mia, group.uri, { name: "Winter" });
    await tell(at.says(mia, "Create", begun));
    const words = { context: begun.id, content: "<p>Who comes?</p>" };
    const tag = [`member${where}`, `stranger${where}`, "nobody"].map((name) => ({
      ...{ type: "Mention", href: `${at.origin}/@${name}`, name: `@${name}@${new URL(at.origin).host}` },
    }));
    const plain = note(mia, group.uri, { ...words, content: `<p>Who comes, @member${where}?</p>` });
    await tell(at.says(mia, "Create", plain));
    expect([await names(plain.id), await mails()]).toEqual([[], []]);
    const tagged = note(mia, group.uri, { ...words, tag });
    await tell(at.says(mia, "Create", tagged));
    expect([await names(tagged.id), await mails()]).toEqual([[`member${where}`], ["discussion-news"]]);
    const update = (content: string, day: number, more: Json = {}) =>
      tell(at.says(mia, "Update", { ...plain, ...more, content, updated: `2026-11-0${day}T08:00:00Z` }));
    await update(`<p>Do you come, <a href="${at.origin}/@x">@member${where}@${new URL(at.origin).host}</a>?</p>`, 2);
    expect(await names(plain.id)).toEqual([`member${where}`]);
    await update("<p>Do you come?</p>", 3);
    await update("<p>Do you come, you?</p>", 4, { tag });
    expect([await names(plain.id), await mails()]).toEqual([
      [`member${where}`],
      ["discussion-news", "discussion-named"],
    ]);
  });

  it("what is answered is told apart from what was said last by a word of ours, in both directions", async () => {
    const about = { id: newId(), name: "Winter", content: "One", language: "en" };
    await openDiscussion(at.db, member.viewer, group.id, about);
    const context = `${at.origin}/discussions/${about.id}`;
    const said = async () => {
      const messages = eq(discussionMessages.discussionId, about.id);
      return at.db.select().from(discussionMessages).where(messages).orderBy(asc(discussionMessages.createdAt));
    };
    const uriOf = ({ id, uri }: { id: string; uri: string | null }) => uri ?? `${at.origin}/comments/${id}`;
    const [one] = await said();
    const say = (content: string, change: Json) =>
      tell(at.says(mia, "Create", note(mia, group.uri, { content: `<p>${content}</p>`, context, ...change })));
    await say("Two", { inReplyTo: uriOf(one!), isAnswer: true });
    const [, two] = await said();
    await say("Three", { inReplyTo: uriOf(one!), isAnswer: false });
    await say("Four", { inReplyTo: uriOf(two!) });
    const [, , , four] = await said();
    expect((await said()).map(({ quotedId }) => quotedId)).toEqual([null, one!.id, null, two!.id]);
    for (const quoted of [four!.id, null]) {
      const id = newId();
      await writeMessage(at.db, member.viewer, about.id, {
        id,
        content: `Five, @mia@${at.peer.host}`,
        language: "en",
        quoted,
      });
      await tellMessage(at.db, id);
    }
    await at.deliver();
    const told = at.peer.received("Create").map(({ object }) => object as Json);
    const [five, six] = told.filter(({ content }) => String(content).startsWith("<p>Five, "));
    expect(five!.tag).toEqual([{ type: "Mention", href: mia, name: `@mia@${at.peer.host}` }]);
    expect([five!.inReplyTo, five!.isAnswer]).toEqual([uriOf(four!), true]);
    expect([six!.inReplyTo, six!.isAnswer]).toEqual([five!.id, false]);
  });
});
