import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { createActor } from "#lib/actor/commands.ts";
import { leaveGroup, removeMember } from "#lib/group/departure/commands.ts";
import { listLog } from "#lib/group/log/queries.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { getPicture } from "#lib/media/queries.ts";
import { operator } from "#lib/policy/viewer.ts";
import { deleteMessage, openDiscussion, reviseMessage, writeMessage } from "./message/commands.ts";
import { countArrivals, listMessages, listSpeakers, messagePage } from "./message/queries.ts";
import { markRead } from "./reading/commands.ts";
import { deleteDiscussion, markDiscussion, nameDiscussion } from "./thread/commands.ts";
import { getDiscussion, listDiscussions } from "./thread/queries.ts";

const { discussionMessages, discussions, memberships } = schema;
type Person = Awaited<ReturnType<typeof person>>;

let base: TestDatabase;
let group: string;
let ada: Person;
let bob: Person;
let mod: Person;
let eve: Person;
beforeAll(async () => {
  base = await testDatabase({ max: 10 });
  await startSender(base.db);
  [ada, bob] = [await person(base.db, "ada"), await person(base.db, "bob")];
  [mod, eve] = [await person(base.db, "mod"), await person(base.db, "eve")];
  group = await makeGroup(base.db);
  await enrol(base.db, group, { memberId: mod.actor.id, role: "moderator" });
  for (const { actor } of [ada, bob]) await enrol(base.db, group, { memberId: actor.id });
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const rest = () => base.db.execute(sql`delete from limits`);
const words = { content: "Shall we meet on Tuesday?", language: "en" };

async function open(who: Person, name = "The winter programme", change: Partial<typeof words> = {}) {
  await rest();
  const id = newId();
  await openDiscussion(base.db, who.viewer, group, { id, name, ...words, ...change });
  return id;
}
async function say(who: Person, discussionId: string, content: string, change: { id?: string; quoted?: string } = {}) {
  await rest();
  const id = change.id ?? newId();
  const message = { quoted: null, ...change, id, content, language: "en" };
  await writeMessage(base.db, who.viewer, discussionId, message);
  return id;
}
const row = async (id: string) =>
  (await base.db.select().from(discussionMessages).where(eq(discussionMessages.id, id)))[0]!;
const titles = async (who: Person, search = "") =>
  (await listDiscussions(base.db, who.viewer, { groupId: group, words: search, limit: 50 })).map(({ name }) => name);
const unread = async (who: Person, id: string) =>
  (await listDiscussions(base.db, who.viewer, { groupId: group, limit: 50 })).find((one) => one.id === id)?.unread;
const refused = (code: string) => expect.objectContaining({ code });

describe("a discussion", () => {
  it("is opened once however often its form is sent, with what is said first", async () => {
    const id = newId();
    for (let times = 0; times < 2; times++)
      await openDiscussion(base.db, ada.viewer, group, { id, name: "Keys", ...words });
    const { messages } = await listMessages(base.db, id, null);
    expect(messages.map(({ content, author }) => [content, author.id])).toEqual([[words.content, ada.actor.id]]);
  });

  it("is absent for all but the members, whatever they try", async () => {
    const id = await open(ada);
    const [first] = (await listMessages(base.db, id, null)).messages;
    expect(await getDiscussion(base.db, bob.viewer, id)).toMatchObject({ name: "The winter programme" });
    expect(await getDiscussion(base.db, eve.viewer, id)).toBeNull();
    expect(await countArrivals(base.db, eve.viewer, { discussionId: id, after: first!.id })).toBeNull();
    const attempts = [
      () => open(eve),
      () => say(eve, id, "Let me in"),
      () => markRead(base.db, eve.viewer, { id: first!.id, discussionId: id }),
      () => nameDiscussion(base.db, eve.viewer, id, { name: "Mine" }),
      () => markDiscussion(base.db, eve.viewer, id, "locked"),
      () => deleteDiscussion(base.db, eve.viewer, id),
      () => reviseMessage(base.db, eve.viewer, first!.id, { content: "Never said" }),
      () => deleteMessage(base.db, eve.viewer, first!.id),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toEqual(refused("not-found"));
  });

  it("stays closed to a member who is sent away or leaves, from that moment on", async () => {
    const [gone, left] = [await person(base.db, "gone"), await person(base.db, "left")];
    for (const { actor } of [gone, left]) await enrol(base.db, group, { memberId: actor.id });
    const id = await open(ada);
    const own = await say(gone, id, "Still here");
    const pair = and(eq(memberships.groupId, group), eq(memberships.memberId, gone.actor.id));
    const [membership] = await base.db.select().from(memberships).where(pair);
    // Both at once: whichever comes second finds what the first has left.
    await Promise.allSettled([
      removeMember(base.db, mod.viewer, group, membership!.id),
      say(gone, id, "In the midst of it"),
    ]);
    await leaveGroup(base.db, left.viewer, group);
    for (const who of [gone, left]) {
      await expect(say(who, id, "And now?")).rejects.toEqual(refused("not-found"));
      expect(await getDiscussion(base.db, who.viewer, id)).toBeNull();
    }
    await expect(reviseMessage(base.db, gone.viewer, own, { content: "Changed" })).rejects.toEqual(
      refused("not-found"),
    );
  });

  it("takes no message once it is locked, and goes on when it is unlocked", async () => {
    const id = await open(ada);
    const own = await say(ada, id, "Before");
    await markDiscussion(base.db, mod.viewer, id, "locked");
    await expect(say(ada, id, "After")).rejects.toEqual(refused("discussion-locked"));
    await expect(say(mod, id, "After")).rejects.toEqual(refused("discussion-locked"));
    await expect(reviseMessage(base.db, ada.viewer, own, { content: "x" })).rejects.toEqual(
      refused("discussion-locked"),
    );
    await markDiscussion(base.db, mod.viewer, id, "unlocked");
    await say(ada, id, "After");
  });

  it("is named by whoever opened it or decides, marked and deleted by those who decide, and the log says so", async () => {
    const id = await open(ada, "Keyes");
    await expect(nameDiscussion(base.db, bob.viewer, id, { name: "Bob’s" })).rejects.toEqual(refused("not-found"));
    await expect(markDiscussion(base.db, ada.viewer, id, "pinned")).rejects.toEqual(refused("not-found"));
    await expect(deleteDiscussion(base.db, ada.viewer, id)).rejects.toEqual(refused("not-found"));
    await nameDiscussion(base.db, ada.viewer, id, { name: "Keys" });
    const spent = async () => (await base.db.execute(sql`select sum(count)::int as used from limits`))[0];
    const before = await spent();
    await nameDiscussion(base.db, ada.viewer, id, { name: "Keys" });
    expect(await spent(), "the title that it has costs nothing").toEqual(before);
    await nameDiscussion(base.db, ada.viewer, id, { name: "Key" });
    expect(await spent(), "another is counted with what one writes").not.toEqual(before);
    await nameDiscussion(base.db, ada.viewer, id, { name: "Keys" });
    await markDiscussion(base.db, mod.viewer, id, "pinned");
    await markDiscussion(base.db, mod.viewer, id, "pinned");
    await deleteDiscussion(base.db, mod.viewer, id);
    const log = (await listLog(base.db, group, { limit: 3 })).map(({ kind, who, name }) => [kind, who, name]);
    expect(log).toEqual([
      ["discussion-deleted", "mod", "Keys"],
      ["discussion-pinned", "mod", "Keys"],
      ["discussion-named", "ada", "Keys"],
    ]);
    const [left] = await base.db.select().from(discussions).where(eq(discussions.id, id));
    expect([left!.name, left!.deletedAt]).toEqual(["", expect.any(Date)]);
    expect((await listMessages(base.db, id, null)).messages.map(({ content }) => content)).toEqual([""]);
    await expect(say(ada, id, "Hello?")).rejects.toEqual(refused("gone"));
  });
});

describe("a message", () => {
  it("is one however often its form is sent, and answers only what stands in the same discussion", async () => {
    const [id, other] = [await open(ada), await open(bob, "Something else")];
    const first = await say(ada, id, "One");
    await say(ada, id, "One again", { id: first });
    const answer = await say(bob, id, "Two", { quoted: first });
    const { messages } = await listMessages(base.db, id, { way: "after", id: first });
    expect(messages.map((one) => [one.id, one.quoted?.content, one.quoted?.name])).toEqual([[answer, "One", "ada"]]);
    await expect(say(bob, other, "Elsewhere", { quoted: first })).rejects.toEqual(refused("message-gone"));
    await deleteMessage(base.db, ada.viewer, first);
    await expect(say(bob, id, "Too late", { quoted: first })).rejects.toEqual(refused("message-gone"));
  });

  it("is changed by its author alone, and leaves a tombstone without words when they or a moderator delete it", async () => {
    const id = await open(ada);
    const [mine, other] = [await say(ada, id, "Mine @bob"), await say(bob, id, "Bob’s")];
    expect((await row(mine)).mentions).toMatchObject([{ handle: "bob" }]);
    await expect(reviseMessage(base.db, mod.viewer, mine, { content: "No" })).rejects.toEqual(refused("not-found"));
    await expect(deleteMessage(base.db, ada.viewer, other)).rejects.toEqual(refused("not-found"));
    const revised = await reviseMessage(base.db, ada.viewer, mine, { content: "Mine, better" });
    expect(revised).toEqual({ discussionId: id, isNew: true });
    expect(await row(mine)).toMatchObject({ content: "Mine, better", mentions: [], editedAt: expect.any(Date) });
    await deleteMessage(base.db, ada.viewer, mine);
    await deleteMessage(base.db, mod.viewer, other);
    for (const one of [mine, other])
      expect(await row(one)).toMatchObject({ content: "", deletedAt: expect.any(Date), mentions: [] });
    await expect(deleteMessage(base.db, ada.viewer, mine)).rejects.toEqual(refused("message-gone"));
    const [entry] = await listLog(base.db, group, { limit: 1 });
    expect(entry).toMatchObject({ kind: "message-deleted", who: "mod", whom: "bob" });
  });

  it("is said by the profile that its author chose: one of theirs that is a member", async () => {
    const other = await createActor(base.db, operator, { handle: "ada_b", name: "Ada B.", accountId: ada.account.id });
    const both = { ...ada.viewer, actorIds: [ada.actor.id, other.id] };
    const speakers = async () => (await listSpeakers(base.db, both, group)).map(({ name }) => name);
    expect(await speakers(), "one is no choice").toEqual([]);
    const id = await open(ada);
    const by = (actor: string) =>
      writeMessage(base.db, both, id, { id: newId(), quoted: null, content: "Me", language: "en", actor });
    await expect(by(other.id), "no member yet").rejects.toEqual(refused("not-found"));
    await enrol(base.db, group, { memberId: other.id });
    expect(await speakers(), "who spoke last first").toEqual(["ada", "Ada B."]);
    await by(other.id);
    const said = (await listMessages(base.db, id, null)).messages.map(({ author }) => author.handle);
    expect([said, await speakers()]).toEqual([
      ["ada", "ada_b"],
      ["Ada B.", "ada"],
    ]);
    await expect(by(bob.actor.id)).rejects.toEqual(refused("forbidden"));
  });

  it("is never older than one that is there already, however many come at once", async () => {
    const id = await open(ada);
    await Promise.all(Array.from({ length: 8 }, (_, at) => say(at % 2 ? ada : bob, id, `Number ${at}`)));
    const rows = await base.db.execute<{ tidy: boolean }>(sql`
      select bool_and(d.message_at >= m.created_at) and count(distinct m.created_at) = count(*) as tidy
      from discussion_messages m join discussions d on d.id = m.discussion_id where d.id = ${id}`);
    expect(rows[0]!.tidy).toBe(true);
  });

  it("shows its pictures to members alone", async () => {
    const picture = newId();
    const file = { path: "inner.webp", mediaType: "image/webp", width: 1, height: 1 };
    await base.db.insert(schema.media).values({ id: picture, uploaderId: ada.account.id, ...file });
    await say(ada, await open(ada), `![The key](/media/${picture})`);
    expect(await getPicture(base.db, bob.viewer, picture)).toMatchObject({ open: false });
    expect(await getPicture(base.db, eve.viewer, picture)).toBeNull();
    expect(await getPicture(base.db, { kind: "visitor" }, picture)).toBeNull();
  });
});

describe("reading", () => {
  it("marks what is new, up to what was read or written, and never backwards", async () => {
    const id = await open(ada);
    expect([await unread(ada, id), await unread(bob, id)]).toEqual([false, true]);
    const second = await say(bob, id, "Second");
    const third = await say(bob, id, "Third");
    expect((await getDiscussion(base.db, ada.viewer, id))!.unreadId).toBe(second);
    await markRead(base.db, ada.viewer, { id: third, discussionId: id });
    await markRead(base.db, ada.viewer, { id: second, discussionId: id });
    expect([await unread(ada, id), (await getDiscussion(base.db, ada.viewer, id))!.unreadId]).toEqual([false, null]);
    expect(await countArrivals(base.db, ada.viewer, { discussionId: id, after: second })).toBe(1);
  });

  it("finds nothing new in what was said before somebody came", async () => {
    const id = await open(ada);
    const late = await person(base.db, "late");
    await enrol(base.db, group, { memberId: late.actor.id });
    expect(await unread(late, id)).toBe(false);
    await say(ada, id, "Welcome");
    expect(await unread(late, id)).toBe(true);
  });

  it("goes page by page both ways, and shows some of what stands before the place that one asks for", async () => {
    const id = await open(ada);
    const ids = [(await listMessages(base.db, id, null)).messages[0]!.id];
    for (let at = 1; at < messagePage + 12; at++) ids.push(await say(ada, id, `Number ${at}`));
    const shown = async (place: Parameters<typeof listMessages>[2]) => {
      const { messages, earlier, later } = await listMessages(base.db, id, place);
      return [messages.map((one) => ids.indexOf(one.id)).join(), earlier, later];
    };
    const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at).join();
    const all = ids.length;
    expect(await shown(null)).toEqual([range(all - messagePage, all), true, false]);
    expect(await shown({ way: "before", id: ids[12]! })).toEqual([range(0, 12), false, true]);
    expect(await shown({ way: "after", id: ids[0]! })).toEqual([range(1, 1 + messagePage), true, true]);
    expect(await shown({ way: "at", id: ids[all - 2]! })).toEqual([range(all - 5, all), true, false]);
    expect(await shown({ way: "at", id: ids[1]! })).toEqual([range(0, 1 + messagePage), false, true]);
  });
});

describe("the list of a group", () => {
  it("has what is pinned first, then where something was said last, page by page", async () => {
    const other = await makeGroup(base.db);
    for (const { actor } of [ada, mod]) await enrol(base.db, other, { memberId: actor.id, role: "moderator" });
    const ids: string[] = [];
    for (const name of ["a", "b", "c", "d"]) {
      await rest();
      ids.push(newId());
      await openDiscussion(base.db, ada.viewer, other, { id: ids.at(-1)!, name, ...words });
    }
    await say(ada, ids[0]!, "Again");
    await markDiscussion(base.db, mod.viewer, ids[1]!, "pinned");
    const names = [];
    for (let after: string | undefined; ; ) {
      const rows = await listDiscussions(base.db, ada.viewer, { groupId: other, after, limit: 2 });
      if (rows.length === 0) break;
      names.push(...rows.map(({ name }) => name));
      after = rows.at(-1)!.id;
    }
    expect(names).toEqual(["b", "a", "d", "c"]);
  });

  it("is searched by the words of titles and messages, without accents, and not beyond the group", async () => {
    const other = await makeGroup(base.db);
    await enrol(base.db, other, { memberId: ada.actor.id });
    await rest();
    await openDiscussion(base.db, ada.viewer, other, { id: newId(), name: "Marmelade", ...words });
    await open(ada, "Répétition générale");
    const id = await open(bob, "Unsaid", { content: "Who brings the marmelade?" });
    const gone = await say(bob, id, "Quicksilver");
    await deleteMessage(base.db, bob.viewer, gone);
    expect(await titles(ada, "repetition")).toEqual(["Répétition générale"]);
    expect(await titles(ada, "marmelade")).toEqual(["Unsaid"]);
    expect(await titles(ada, "quicksilver")).toEqual([]);
  });
});
