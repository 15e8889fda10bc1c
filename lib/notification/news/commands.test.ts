import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema, transact } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { follow, unfollow } from "#lib/actor/follow/commands.ts";
import { writeComment } from "#lib/discussion/comment/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { newsOf } from "#lib/mail/news.ts";
import { getAccountMail } from "#lib/mail/queries.ts";
import { confirmParticipation } from "#lib/participation/commands.ts";
import { decideParticipation } from "#lib/participation/decision/commands.ts";
import { addParticipation } from "#lib/participation/desk/commands.ts";
import { joinAsProfile } from "#lib/participation/profile/commands.ts";
import { join, listRows, makeEvent } from "#lib/participation/testing.ts";
import { makePost } from "#lib/post/testing.ts";
import { chooseNotifications } from "../choice/commands.ts";
import type { Matrix } from "../choice/matrix.ts";
import { tellNews } from "./commands.ts";

const { accounts, eventStaff, instance, mails, participations } = schema;
let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase({ max: 8 });
  await startSender(base.db);
  await base.db.insert(instance).values({ origin: "http://localhost:3000", name: "Test" }).onConflictDoNothing();
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

let count = 0;
const hour = 3_600_000;
const all = (cadence: Matrix["requests"]) => ({ requests: cadence, newcomers: cadence, comments: cadence });

/** Somebody with an account since ten days ago, who chose so. */
async function organizer(chosen: Partial<Matrix> = {}) {
  const who = await person(base.db, `org${++count}`);
  const { id } = who.account;
  await base.db.update(accounts).set({ createdAt: sql`now() - interval '10 days'` }).where(eq(accounts.id, id));
  await chooseNotifications(base.db, id, chosen);
  return who;
}
type Person = Awaited<ReturnType<typeof organizer>>;

const eventOf = ({ actor }: Person, change = {}) => makeEvent(base.db, { organizerId: actor.id, ...change });

/** Somebody who comes by mail, or asks to; so many minutes ago. */
async function comes(eventId: string, name: string, minutes = 0) {
  await confirmParticipation(base.db, await join(base.db, eventId, { email: `${name}${++count}@example.org`, name }));
  const mine = and(eq(participations.eventId, eventId), eq(participations.name, name));
  await base.db
    .update(participations)
    .set({ stateAt: sql`now() - ${minutes} * interval '1 minute'` })
    .where(mine);
  const [row] = await base.db.select().from(participations).where(mine);
  return row!.id;
}

/** What was written to somebody, oldest first: its kind, its subject, and its text as it would leave now. */
async function told({ account }: Person) {
  const rows = await base.db
    .select()
    .from(mails)
    .where(eq(mails.accountId, account.id))
    .orderBy(mails.createdAt, mails.id);
  const letters = [];
  for (const { id } of rows.filter(({ message }) => message === "organizer-news")) {
    const row = (await getAccountMail(base.db, id))!;
    letters.push({ kind: row.mail.data.subject, message: (await newsOf(base.db, row))?.message });
  }
  return letters;
}
const subjects = async (who: Person) => (await told(who)).map(({ message }) => message?.subject);
/** Ten minutes pass for what was written so far. */
const rest = ({ account }: Person) =>
  base.db
    .update(mails)
    .set({ createdAt: sql`created_at - interval '11 minutes'` })
    .where(eq(mails.accountId, account.id));

describe("news at once", () => {
  it("are told within the sweep, and a burst makes two mails, with everybody once", async () => {
    const who = await organizer(all("at-once"));
    const event = await eventOf(who);
    await comes(event.id, "Ada");
    await tellNews(base.db);
    for (const name of ["Bob", "Cid", "Dan"]) {
      await comes(event.id, name);
      await tellNews(base.db);
    }
    expect(await subjects(who)).toEqual(["1 new: Repair café"]);
    await rest(who);
    await Promise.all([tellNews(base.db), tellNews(base.db), tellNews(base.db)]);
    await tellNews(base.db);
    expect(await subjects(who)).toEqual(["1 new: Repair café", "3 new: Repair café"]);
    expect((await told(who))[1]!.message!.text).toMatch(/Bob, Cid and Dan/);
  });

  it("tell of requests until they are answered, of nobody whom the organiser let in, and never an address", async () => {
    const who = await organizer(all("at-once"));
    const event = await eventOf(who, { joinMode: "approval" });
    const ada = await comes(event.id, "Ada");
    await comes(event.id, "");
    await addParticipation(base.db, { kind: "operator" }, event.id, {
      ...{ name: "Eve", email: "eve@example.org", guests: 0, formId: newId(), language: "en" },
    });
    await tellNews(base.db);
    expect(await subjects(who)).toEqual(["2 requests: Repair café"]);
    const [{ message }] = (await told(who)) as unknown as [{ message: { text: string; html: string } }];
    expect(message.text).toContain("Ada and somebody without a name");
    expect(`${message.text}${message.html}`).not.toMatch(/@example\.org/);
    await decideParticipation(base.db, { kind: "operator" }, { participationId: ada, decision: "approve" });
    expect(await subjects(who)).toEqual(["1 request: Repair café"]);
    await base.db.update(participations).set({ state: "rejected" }).where(eq(participations.eventId, event.id));
    expect(await subjects(who)).toEqual([undefined]);
    await rest(who);
    await tellNews(base.db);
    expect((await told(who)).length).toBe(1);
  });

  it("count a place that was held once it is kept, and not one's own coming or writing", async () => {
    const who = await organizer(all("at-once"));
    const event = await eventOf(who, { comments: "open" });
    await joinAsProfile(base.db, who.viewer, event.id, { actor: who.actor.id, guests: 0, message: "", answers: {} });
    const comment = { thread: null, content: "Hello", language: "en" };
    await writeComment(base.db, who.viewer, event.id, { id: newId(), actorId: who.actor.id, ...comment });
    const held = await comes(event.id, "Ada");
    const offer = { expiresAt: sql`now() + interval '1 day'` };
    await base.db.update(participations).set(offer).where(eq(participations.id, held));
    await tellNews(base.db);
    expect(await told(who)).toEqual([]);
    await base.db
      .update(participations)
      .set({ stateAt: sql`now() - interval '1 day'` })
      .where(eq(participations.id, held));
    await base.db.update(participations).set({ expiresAt: null }).where(eq(participations.id, held));
    const guest = await person(base.db, `org${++count}`);
    await writeComment(base.db, guest.viewer, event.id, { id: newId(), actorId: guest.actor.id, ...comment });
    await tellNews(base.db);
    expect((await subjects(who)).sort()).toEqual(["1 comment: Repair café", "1 new: Repair café"]);
  });

  it("miss nobody whose act is not to be seen yet", async () => {
    const who = await organizer(all("at-once"));
    const event = await eventOf(who);
    const id = await comes(event.id, "Ada");
    await base.db.update(participations).set({ state: "left" }).where(eq(participations.id, id));
    // A transaction that begins before somebody else comes, and ends after both were looked for.
    await transact(base.db, async (tx) => {
      await tx.update(participations).set({ state: "accepted" }).where(eq(participations.id, id));
      await comes(event.id, "Bob");
      expect(await tellNews(base.db)).toBe(0);
    });
    await tellNews(base.db);
    expect(await subjects(who)).toEqual(["2 new: Repair café"]);
  });
});

describe("gathered news", () => {
  it.each([
    ["hourly", 1],
    ["daily", 24],
    ["weekly", 7 * 24],
  ] as const)("%s: one mail a window, of all events, of what happened before it", async (cadence, hours) => {
    const who = await organizer({ ...all("off"), newcomers: cadence });
    await base.db
      .update(schema.notificationChoices)
      .set({ toldAt: sql`now() - interval '14 days'` })
      .where(eq(schema.notificationChoices.accountId, who.account.id));
    const [first, second] = [await eventOf(who), await eventOf(who, { name: "Bal" })];
    await comes(first.id, "Ada", hours * 60 + 5);
    await comes(second.id, "Bob", hours * 60 + 5);
    await comes(second.id, "Cid", 0);
    const now = new Date();
    expect(await tellNews(base.db, now)).toBe(1);
    expect(await tellNews(base.db, now)).toBe(0);
    expect(await subjects(who)).toEqual(["2 new: Repair café and one more event"]);
    const [{ message }] = (await told(who)) as unknown as [{ message: { text: string } }];
    expect(message.text).toMatch(/Ada[\s\S]*Bob/);
    expect(message.text).not.toContain("Cid");
    // The next window is still to begin: nothing, however often it is looked.
    expect(await tellNews(base.db, new Date(Date.now() - hour / 60))).toBe(0);
  });
});

describe("whoever follows a group", () => {
  it("is told of what it publishes that is for them, once they follow and as long as they do", async () => {
    const who = await organizer({ followed: "at-once" });
    const group = await makeGroup(base.db, { name: "Workshop" });
    const publish = (name: string, change = {}) =>
      makeEvent(base.db, { organizerId: group, name, publishedAt: sql`now()` as unknown as Date, ...change });
    await publish("Before", { publishedAt: new Date(Date.now() - hour) });
    await follow(base.db, who.viewer, who.actor.id, group);
    await publish("Ride");
    await publish("Secret", { visibility: "members" });
    await publish("Draft", { state: "draft", publishedAt: null });
    await tellNews(base.db);
    expect(await subjects(who)).toEqual(["New: Ride"]);
    const [{ message }] = (await told(who)) as unknown as [{ message: { text: string } }];
    expect(message.text).toContain("Workshop");
    await rest(who);
    await publish("For friends", { visibility: "followers" });
    await tellNews(base.db);
    expect(await subjects(who)).toEqual(["New: Ride", "New: For friends"]);
    await rest(who);
    await unfollow(base.db, who.viewer, who.actor.id, group);
    await publish("After");
    expect(await tellNews(base.db)).toBe(0);
    // What was said of those whom one follows no more is not said either.
    expect(await subjects(who)).toEqual([undefined, undefined]);
  });
});

describe("whoever follows a group of another server", () => {
  it("is told once of what it has published since, as it arrives, and is yet to begin: never of what came late or is silenced", async () => {
    const [who, before] = [await organizer({ followed: "at-once" }), await organizer({ followed: "at-once" })];
    const uri = "https://peer.example/@workshop";
    const there = { type: "Group", handle: "workshop", host: "peer.example", name: "Workshop", uri, inbox: uri };
    const [group] = await base.db
      .insert(schema.actors)
      .values({ id: newId(), ...there })
      .returning();
    const ago = (interval: string) => sql`now() - ${interval}::interval` as unknown as Date;
    const following = { followedId: group!.id, state: "accepted" };
    for (const [{ actor }, since] of [
      [who, "0"],
      [before, "3 days"],
    ] as const) {
      const id = newId();
      const row = { ...following, id, uri: `${actor.uri}#${id}`, followerId: actor.id, createdAt: ago(since) };
      await base.db.insert(schema.follows).values(row);
    }
    const arrives = (name: string, change = {}) =>
      makeEvent(base.db, {
        ...{ organizerId: group!.id, uri: `${uri}/${name}`, name, publishedAt: ago("-1 second"), ...change },
      });
    await arrives("Backlog", { publishedAt: ago("30 hours") });
    await arrives("Undated", { publishedAt: ago("0") });
    await arrives("Hidden", { hiddenAt: ago("0"), hiddenWith: "silenced" });
    await arrives("Running", { startTime: ago("1 hour") });
    await arrives("Inside", { visibility: "members" });
    await arrives("Yesterday", { publishedAt: ago("20 hours") });
    await arrives("Ride");
    await tellNews(base.db);
    expect(await subjects(who)).toEqual(["New: Ride"]);
    expect(await subjects(before)).toEqual([expect.stringMatching(/^2 new events: (Ride|Yesterday) and one more$/)]);
    await rest(who);
    await base.db
      .update(schema.events)
      .set({ updatedAt: ago("0") })
      .where(eq(schema.events.organizerId, group!.id));
    expect(await tellNews(base.db)).toBe(0);
  });
});

describe("whoever reads what a group posts", () => {
  it("is told of it as a follower or a member, as far as it is for them, and never of their own", async () => {
    const reader = () => organizer({ posts: "at-once" });
    const [follower, member, writer] = [await reader(), await reader(), await reader()];
    const group = await makeGroup(base.db, { name: "Workshop" });
    await follow(base.db, follower.viewer, follower.actor.id, group);
    for (const { actor } of [member, writer]) await enrol(base.db, group, { memberId: actor.id });
    const post = (name: string, change = {}) =>
      makePost(base.db, group, {
        ...{ name, actorId: writer.actor.id, publishedAt: sql`now()` as unknown as Date },
        ...change,
      });
    await post("Before", { publishedAt: new Date(Date.now() - hour) });
    await post("Report");
    await post("Between us", { visibility: "members" });
    await post("By its address", { visibility: "unlisted" });
    await post("Draft", { state: "draft", publishedAt: null });
    await post("Hidden", { hiddenAt: new Date() });
    await tellNews(base.db);
    expect([await subjects(follower), await subjects(member), await subjects(writer)]).toEqual([
      ["New: Report"],
      ["3 new posts: Report and 2 more"],
      [],
    ]);
    const [{ message }] = (await told(follower)) as unknown as [{ message: { text: string } }];
    expect(message.text).toContain("Workshop");
    expect(await tellNews(base.db), "once").toBe(0);
    // What was taken away meanwhile is told to nobody.
    await base.db.delete(schema.posts);
    expect(await subjects(follower)).toEqual([undefined]);
  });
});

describe("whoever reads what a group of another server posts", () => {
  it("is told once of what it posts since, as it arrives: never of what they read from before, or of what is silenced", async () => {
    const reader = () => organizer({ posts: "at-once" });
    const [follower, member, late] = [await reader(), await reader(), await reader()];
    const group = await makeGroup(base.db, { host: "peer.example", name: "Workshop" });
    for (const one of [follower, late]) await follow(base.db, one.viewer, one.actor.id, group);
    await base.db.update(schema.follows).set({ state: "accepted" }).where(eq(schema.follows.followedId, group));
    const ago = (interval: string) => sql`now() - ${interval}::interval` as unknown as Date;
    const mine = eq(schema.follows.followerId, follower.actor.id);
    await base.db
      .update(schema.follows)
      .set({ createdAt: ago("3 days") })
      .where(mine);
    await enrol(base.db, group, { memberId: member.actor.id });
    const joined = eq(schema.memberships.memberId, member.actor.id);
    await base.db
      .update(schema.memberships)
      .set({ joinedAt: ago("3 days") })
      .where(joined);
    // So long ago that nothing else which the database does is of before.
    const post = (name: string, change = {}) =>
      makePost(base.db, group, {
        ...{ uri: `https://peer.example/p/${name}`, name, createdAt: ago("3 minutes"), publishedAt: ago("4 minutes") },
        ...change,
      });
    await post("Backlog", { publishedAt: ago("30 hours") });
    await post("Undated", { publishedAt: ago("3 minutes") });
    await post("Silenced", { hiddenAt: ago("0"), hiddenWith: "silenced" });
    await post("Between us", { visibility: "members" });
    await post("Report", { publishedAt: ago("20 hours") });
    await tellNews(base.db);
    expect([await subjects(follower), await subjects(member), await subjects(late)]).toEqual([
      ["New: Report"],
      ["2 new posts: Report and one more"],
      [],
    ]);
    for (const one of [follower, member]) await rest(one);
    await base.db
      .update(schema.posts)
      .set({ updatedAt: ago("0") })
      .where(eq(schema.posts.groupId, group));
    expect(await tellNews(base.db)).toBe(0);
  });
});

describe("who is told", () => {
  const helper = async (eventId: string, role: string, since = "1 hour") => {
    const who = await organizer(all("at-once"));
    await base.db.insert(eventStaff).values({
      ...{ id: newId(), eventId, role, actorId: who.actor.id, language: "en", tokenHash: Buffer.from(newId()) },
      acceptedAt: sql`now() - ${since}::interval`,
    });
    return who;
  };

  it("is the owner and co-organisers; a moderator of comments alone; a helper at the door of nothing", async () => {
    const owner = await organizer(all("at-once"));
    const event = await eventOf(owner, { comments: "open" });
    const [co, moderator, door] = [
      await helper(event.id, "organizer"),
      await helper(event.id, "moderator"),
      await helper(event.id, "helper"),
    ];
    const late = await helper(event.id, "organizer", "-1 hour");
    await comes(event.id, "Ada");
    const guest = await person(base.db, `org${++count}`);
    const comment = { id: newId(), actorId: guest.actor.id, thread: null, content: "Hello", language: "en" };
    await writeComment(base.db, guest.viewer, event.id, comment);
    await tellNews(base.db);
    const both = ["1 comment: Repair café", "1 new: Repair café"];
    expect((await subjects(owner)).sort()).toEqual(both);
    expect((await subjects(co)).sort()).toEqual(both);
    expect(await subjects(moderator)).toEqual(["1 comment: Repair café"]);
    expect(await told(door)).toEqual([]);
    // Who begins to help is told of what comes after.
    expect(await told(late)).toEqual([]);
  });

  it("is nobody who switched it off, and what is on again begins then", async () => {
    const who = await organizer(all("off"));
    const event = await eventOf(who);
    await comes(event.id, "Ada", 5);
    await tellNews(base.db);
    expect(await told(who)).toEqual([]);
    await chooseNotifications(base.db, who.account.id, all("at-once"));
    await tellNews(base.db);
    expect(await told(who)).toEqual([]);
    await comes(event.id, "Bob");
    await tellNews(base.db);
    expect(await subjects(who)).toEqual(["1 new: Repair café"]);
    await chooseNotifications(base.db, who.account.id, { newcomers: "off" });
    expect(await subjects(who)).toEqual([undefined]);
  });

  it("is told of a request at once and of newcomers daily, who chose nothing", async () => {
    const who = await organizer();
    const asked = await eventOf(who, { joinMode: "approval" });
    const free = await eventOf(who);
    await comes(asked.id, "Ada");
    await comes(free.id, "Bob");
    await tellNews(base.db);
    expect(await subjects(who)).toEqual(["1 request: Repair café"]);
    expect((await listRows(base.db, free.id)).length).toBe(1);
  });
});
