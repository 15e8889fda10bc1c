import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { randomToken, tokenHash } from "#lib/secrets.ts";
import { ownHost } from "#lib/urls.ts";
import { renderWords } from "../mention/queries.ts";
import {
  decideComment,
  deleteComment,
  eraseCommentsOf,
  purgeComments,
  reviseComment,
  versionOf,
  writeComment,
} from "./commands.ts";
import {
  commentPage,
  countShelves,
  getComment,
  listComments,
  listOwnComments,
  listShelf,
  pageBefore,
} from "./queries.ts";

const { comments, eventStaff, events } = schema;
type Person = Awaited<ReturnType<typeof person>>;

let base: TestDatabase;
let ada: Person;
let bob: Person;
let eve: Person;
beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
  [ada, bob, eve] = [await person(base.db, "ada"), await person(base.db, "bob"), await person(base.db, "eve")];
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const adasEvent = async (change: Partial<typeof events.$inferInsert> = {}) =>
  (await makeEvent(base.db, { organizerId: ada.actor.id, ...change })).id;
const said = { content: "Is there a lift?", language: "en" };
const rest = () => base.db.execute(sql`delete from limits`);

/** Says something and returns its id. */
async function say(who: Person, eventId: string, change: Partial<Parameters<typeof writeComment>[3]> = {}) {
  await rest();
  const id = change.id ?? newId();
  await writeComment(base.db, who.viewer, eventId, { id, actorId: who.actor.id, thread: null, ...said, ...change });
  return id;
}
const row = async (id: string) => (await base.db.select().from(comments).where(eq(comments.id, id)))[0]!;
const read = async (eventId: string, who: Person | null = null, role: "owner" | null = null) =>
  (await listComments(base.db, who?.viewer ?? visitor, { eventId, role })).map(({ id, visible }) =>
    visible ? id : `(${id})`,
  );
const code = (code: string) => ({ code });
const jobs = async (id: string) => {
  const [{ n } = { n: 0 }] = await base.db.execute<{ n: number }>(
    sql`select count(*)::int n from pgboss.job where name = 'comment-out' and data->>'commentId' = ${id}`,
  );
  return n;
};

describe("a comment", () => {
  it("is one however often its form is sent, read by all, and told to other servers", async () => {
    const [event, id] = [await adasEvent(), newId()];
    await Promise.all([1, 2, 3].map(() => say(bob, event, { id })));
    expect(await read(event)).toEqual([id]);
    expect(await jobs(id)).toBe(1);
    expect((await listOwnComments(base.db, bob.account.id)).at(-1)).toMatchObject({ id, as: "bob", ...said });
  });

  it("is answered in one thread, one level deep, oldest first", async () => {
    const event = await adasEvent();
    const [first, second] = [await say(bob, event), await say(eve, event)];
    const reply = await say(ada, event, { thread: first });
    const again = await say(bob, event, { thread: reply });
    expect(await read(event)).toEqual([first, reply, again, second]);
    expect((await row(again)).threadId).toBe(first);
    const other = await adasEvent();
    await expect(say(bob, other, { thread: first })).rejects.toMatchObject(code("comment-gone"));
  });

  it("is changed and deleted by its author alone; its replies keep their place, its words go", async () => {
    const event = await adasEvent();
    const id = await say(bob, event);
    const reply = await say(eve, event, { thread: id });
    for (const other of [ada, eve]) {
      await expect(reviseComment(base.db, other.viewer, id, { content: "x" })).rejects.toMatchObject(code("not-found"));
      await expect(deleteComment(base.db, other.viewer, id)).rejects.toMatchObject(code("not-found"));
    }
    await reviseComment(base.db, bob.viewer, id, { content: "Is there a ramp?" });
    expect(await row(id)).toMatchObject({ content: "Is there a ramp?", editedAt: expect.any(Date) });
    await deleteComment(base.db, bob.viewer, id);
    expect(await row(id)).toMatchObject({ state: "deleted", content: "", mentions: [] });
    expect(await read(event)).toEqual([`(${id})`, reply]);
    await expect(reviseComment(base.db, bob.viewer, id, { content: "x" })).rejects.toMatchObject(code("comment-gone"));
    await expect(say(eve, event, { thread: id })).rejects.toMatchObject(code("comment-gone"));
    await deleteComment(base.db, eve.viewer, reply);
    expect(await read(event)).toEqual([]);
    expect(await jobs(id)).toBe(3);
  });

  it("waits where the organiser reads first, also when it is changed, but for the staff", async () => {
    const event = await adasEvent({ comments: "moderated" });
    const [own, id] = [await say(ada, event), await say(bob, event)];
    expect(await jobs(id)).toBe(0);
    expect([await read(event), await read(event, eve)]).toEqual([[own], [own]]);
    expect([await read(event, bob), await read(event, ada, "owner")]).toEqual([
      [own, id],
      [own, id],
    ]);
    expect((await listShelf(base.db, event, { state: "waiting", limit: 9 })).map((one) => one.id)).toEqual([id]);
    for (const other of [bob, eve])
      await expect(decideComment(base.db, other.viewer, id, "published")).rejects.toMatchObject(code("not-found"));
    await reviseComment(base.db, bob.viewer, id, { content: "Not read by anybody" });
    await expect(decideComment(base.db, ada.viewer, id, "published", 0)).rejects.toMatchObject(
      code("changed-meanwhile"),
    );
    await decideComment(base.db, ada.viewer, id, "published", versionOf(await row(id)));
    expect(await read(event)).toEqual([own, id]);
    await reviseComment(base.db, bob.viewer, id, { content: "Buy my lamps!" });
    expect(await read(event)).toEqual([own]);
    await decideComment(base.db, ada.viewer, id, "hidden");
    expect(await countShelves(base.db, event)).toEqual({ waiting: 0, published: 1, hidden: 1 });
    await expect(deleteComment(base.db, bob.viewer, id)).rejects.toMatchObject(code("comment-gone"));
  });

  it("is decided on by a moderator of the event, not by a helper at its door", async () => {
    const event = await adasEvent({ comments: "moderated" });
    const id = await say(bob, event);
    const employ = async (role: string) => {
      await base.db.delete(eventStaff).where(eq(eventStaff.eventId, event));
      const hired = { id: newId(), eventId: event, role, actorId: eve.actor.id, language: "en" };
      await base.db
        .insert(eventStaff)
        .values({ ...hired, tokenHash: tokenHash(randomToken()), acceptedAt: new Date() });
    };
    await employ("helper");
    await expect(decideComment(base.db, eve.viewer, id, "published")).rejects.toMatchObject(code("not-found"));
    await employ("moderator");
    await decideComment(base.db, eve.viewer, id, "published");
    expect(await read(event)).toEqual([id]);
  });

  it.each([
    ["comments-closed", { comments: "closed" }],
    ["not-found", { state: "draft" }],
    ["not-found", { visibility: "members" }],
  ])("is refused: %s, where the event is %j", async (refusal, change) => {
    await expect(say(bob, await adasEvent(change))).rejects.toMatchObject(code(refusal));
  });

  it("is said by nobody in another's name, nor by who is suspended", async () => {
    const event = await adasEvent();
    await expect(say(bob, event, { actorId: eve.actor.id })).rejects.toMatchObject(code("not-found"));
    await base.db.execute(sql`update actors set suspended_at = now() where id = ${eve.actor.id}`);
    await expect(say(eve, event)).rejects.toMatchObject(code("not-found"));
    await base.db.execute(sql`update actors set suspended_at = null where id = ${eve.actor.id}`);
    expect(await read(event)).toEqual([]);
  });

  it("is said by a group under its own event, through whoever runs the event and nobody else", async () => {
    const group = await makeGroup(base.db);
    await enrol(base.db, group, { memberId: ada.actor.id, role: "administrator" });
    await enrol(base.db, group, { memberId: eve.actor.id });
    const event = await adasEvent({ organizerId: group });
    const id = await say(ada, event, { actorId: group });
    expect((await row(id)).actorId).toBe(group);
    await reviseComment(base.db, ada.viewer, id, { content: "We say so." });
    for (const other of [bob, eve]) {
      await expect(say(other, event, { actorId: group })).rejects.toMatchObject(code("not-found"));
      await expect(deleteComment(base.db, other.viewer, id)).rejects.toMatchObject(code("not-found"));
    }
    await expect(say(ada, await adasEvent(), { actorId: group })).rejects.toMatchObject(code("not-found"));
    await deleteComment(base.db, ada.viewer, id);
  });

  it("is bounded: the thirty-first of an hour is refused, and leaves nothing", async () => {
    const event = await adasEvent();
    await rest();
    const again = () =>
      writeComment(base.db, bob.viewer, event, { id: newId(), actorId: bob.actor.id, thread: null, ...said });
    for (let at = 0; at < 30; at++) await again();
    await expect(again()).rejects.toMatchObject(code("too-many-requests"));
    expect(await base.db.$count(comments, eq(comments.eventId, event))).toBe(30);
  });
});

describe("the page", () => {
  it("is walked from comment to comment, and found from any of them", async () => {
    const event = await adasEvent();
    const root = await say(bob, event);
    const all = [root];
    for (let at = 0; at < 2 * commentPage; at++) all.push(await say(eve, event, { thread: at % 2 ? null : root }));
    const eventId = event;
    const whole = (await listComments(base.db, visitor, { eventId, role: null, limit: 500 })).map(({ id }) => id);
    expect(new Set(whole)).toEqual(new Set(all));
    const next = await listComments(base.db, visitor, {
      eventId,
      role: null,
      after: whole[commentPage - 1],
      limit: 500,
    });
    expect(next.map(({ id }) => id)).toEqual(whole.slice(commentPage));
    const before = (at: number) => pageBefore(base.db, visitor, { eventId, role: null, id: whole[at]! });
    expect([await before(0), await before(commentPage - 1)]).toEqual([null, null]);
    expect([await before(commentPage), await before(2 * commentPage)]).toEqual([
      whole[commentPage - 1],
      whole[2 * commentPage - 1],
    ]);
  });
});

describe("whoever is named in it", () => {
  it("is linked as they were when it was said, in words but not in code, links and addresses", async () => {
    const event = await adasEvent();
    const content =
      "@Ada and @bob@elsewhere.example, not `@eve`, [@eve](https://x.example), a@eve.example or @nobody; " +
      `@eve@${ownHost()}.`;
    const far = { handle: "bob", host: "elsewhere.example", uri: "https://elsewhere.example/bob" };
    await base.db.insert(schema.actors).values({ id: newId(), type: "Person", ...far });
    const { mentions, ...words } = await row(await say(bob, event, { content }));
    expect(mentions.map(({ handle, host }) => [handle, host]).sort()).toEqual([
      ["ada", null],
      ["bob", "elsewhere.example"],
      ["eve", null],
    ]);
    const html = renderWords({ ...words, mentions });
    expect(html.match(/\/@[\w.@:]+"/g)).toEqual(['/@ada"', '/@bob@elsewhere.example"', '/@eve"']);
    expect(html).toContain("<code>@eve</code>");
    expect(html).toContain("@nobody;");
  });
});

describe("words that are erased", () => {
  it("go with the account, and with the event", async () => {
    const event = await adasEvent();
    const [id, reply] = [await say(eve, event), await say(bob, event)];
    expect(await eraseCommentsOf(base.db, [eve.actor.id])).toContain(id);
    expect((await row(id)).content).toBe("");
    await base.db.update(events).set({ state: "deleted", deletedAt: new Date() }).where(eq(events.id, event));
    await purgeComments(base.db);
    expect(await row(reply)).toMatchObject({ state: "deleted", content: "" });
    expect((await getComment(base.db, visitor, reply))!.comment.state).toBe("deleted");
  });
});
