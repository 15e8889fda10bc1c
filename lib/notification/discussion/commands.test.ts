import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { deleteMessage, openDiscussion, reviseMessage, writeMessage } from "#lib/discussion/message/commands.ts";
import { chooseCadence, markRead } from "#lib/discussion/reading/commands.ts";
import { deleteDiscussion } from "#lib/discussion/thread/commands.ts";
import { leaveGroup } from "#lib/group/departure/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import type { DiscussionMessage } from "#lib/jobs/kinds.ts";
import { discussionNewsOf, namingOf } from "#lib/mail/discussion.ts";
import { getAccountMail } from "#lib/mail/queries.ts";
import { exportAccount } from "#lib/notification/export/queries.ts";
import { operator } from "#lib/policy/viewer.ts";
import { chooseNotifications } from "../choice/commands.ts";
import { wishMail } from "../suppression/commands.ts";
import { tellDiscussions } from "./commands.ts";

const { discussionReaders, instance, mails, memberships } = schema;
type Person = Awaited<ReturnType<typeof person>>;

let base: TestDatabase;
let count = 0;
beforeAll(async () => {
  base = await testDatabase({ max: 8 });
  await startSender(base.db);
  await base.db.insert(instance).values({ origin: "http://localhost:3000", name: "Test" }).onConflictDoNothing();
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const hour = 3_600_000;
const later = (hours: number) => new Date(Date.now() + hours * hour);

/** A group since ten days ago, with a discussion that its first member opened, and others who wish to hear of it so. */
async function scene(...cadences: ("off" | "at-once" | "daily" | "weekly" | null)[]) {
  const group = await makeGroup(base.db, { name: "Les Bricoleuses" });
  const people: Person[] = [];
  for (const cadence of [null, ...cadences]) {
    const who = await person(base.db, `reader${++count}`);
    await enrol(base.db, group, { memberId: who.actor.id });
    if (cadence) await chooseNotifications(base.db, who.account.id, { discussions: cadence });
    people.push(who);
  }
  await base.db.execute(sql`delete from limits`);
  await base.db
    .update(memberships)
    .set({ joinedAt: sql`now() - interval '10 days'` })
    .where(eq(memberships.groupId, group));
  await base.db.update(schema.notificationChoices).set({ toldAt: sql`now() - interval '10 days'` });
  const id = newId();
  const first = { id, name: "The key", content: "Who has it?", language: "en" };
  await openDiscussion(base.db, people[0]!.viewer, group, first);
  return { group, id, people };
}

const say = async (who: Person, discussionId: string, content: string) => {
  const id = newId();
  await writeMessage(base.db, who.viewer, discussionId, { id, quoted: null, content, language: "en" });
  return id;
};

/** The mails to somebody about discussions, as they would leave now, oldest first; null for what would be dropped. */
async function told({ account }: Person, message: DiscussionMessage = "discussion-news") {
  const mine = and(eq(mails.accountId, account.id), eq(mails.message, message));
  const rows = await base.db.select().from(mails).where(mine).orderBy(mails.createdAt, mails.id);
  return Promise.all(
    rows.map(async ({ id }) => {
      const row = (await getAccountMail(base.db, id))!;
      return (await (message === "discussion-news" ? discussionNewsOf : namingOf)(base.db, row)) ?? null;
    }),
  );
}
const texts = async (who: Person) => (await told(who)).map((news) => news?.message.text);
const subjects = async (who: Person) => (await told(who)).map((news) => news?.message.subject);
/** Ten minutes pass for what was written so far. */
const rest = ({ account }: Person) =>
  base.db
    .update(mails)
    .set({ createdAt: sql`created_at - interval '11 minutes'` })
    .where(eq(mails.accountId, account.id));

describe("mail about a discussion", () => {
  it("goes at once to who wishes so, with the words and the place where one answers; never to the author", async () => {
    const { id, people } = await scene("at-once");
    const [author, reader] = people as [Person, Person];
    await tellDiscussions(base.db);
    const [news] = await told(reader);
    expect(news!.message.subject).toBe("[Les Bricoleuses] The key");
    expect(news!.message.text).toContain("> Who has it?");
    expect(news!.message.text).toContain(`/discussions/${id}?at=`);
    expect([news!.sender, await subjects(author)]).toEqual(["Les Bricoleuses", []]);
    // What follows within ten minutes is gathered, and nothing is told twice.
    for (const content of ["I have.", "No, I have."]) await say(author, id, content);
    await tellDiscussions(base.db);
    expect(await subjects(reader)).toHaveLength(1);
    await rest(reader);
    for (let times = 0; times < 2; times++) await tellDiscussions(base.db);
    const [, second, ...others] = await texts(reader);
    expect(second).toContain("2 new messages");
    expect([second?.includes("Who has it?"), others]).toEqual([false, []]);
  });

  it("waits for the morning of who wishes it daily, for Monday's weekly, and is daily for whoever chose nothing", async () => {
    const { people } = await scene("daily", "weekly", null);
    const [, daily, weekly, none] = people as [Person, Person, Person, Person];
    await tellDiscussions(base.db);
    for (const one of [daily, weekly, none]) expect(await subjects(one)).toEqual([]);
    const pass = async (hours: number) => {
      await base.db.execute(sql`update discussion_messages set created_at = created_at - ${hours} * interval '1 hour'`);
      await base.db.execute(sql`update discussions set message_at = message_at - ${hours} * interval '1 hour'`);
      await tellDiscussions(base.db);
    };
    await pass(25);
    for (const one of [daily, none]) expect(await subjects(one)).toHaveLength(1);
    await pass(7 * 24);
    expect(await subjects(weekly)).toHaveLength(1);
    for (const one of [daily, none]) expect(await subjects(one)).toHaveLength(1);
  });

  it("tells at once whoever is named, however they wish to hear of the rest, but not who wishes to hear nothing", async () => {
    const { id, people } = await scene("weekly", "off");
    const [author, weekly, off] = people as [Person, Person, Person];
    await say(author, id, `@${weekly.actor.handle} @${off.actor.handle} do you have it?`);
    await tellDiscussions(base.db);
    expect((await texts(weekly)).join()).toContain("do you have it?");
    expect(await subjects(off)).toEqual([]);
  });

  it("tells once whoever is named later in what they knew, and whoever did not know it as what is new", async () => {
    const { id, people } = await scene("daily", "off", "at-once");
    const [author, reader, off, fresh] = people as [Person, Person, Person, Person];
    const last = await say(author, id, "Who has it now?");
    for (const { viewer } of [reader, off]) await markRead(base.db, viewer, { id: last, discussionId: id });
    const name = async (...named: Person[]) => {
      const content = `${named.map(({ actor }) => `@${actor.handle}`).join(" ")} Who?`;
      await reviseMessage(base.db, author.viewer, last, { content });
      await tellDiscussions(base.db);
    };
    const namings = async (who: Person) =>
      (await told(who, "discussion-named")).map((news) => news && /names\s+you\s+now/.test(news.message.text));
    await name(reader, off, fresh, author);
    expect(await namings(reader)).toEqual([true]);
    for (const one of [off, fresh, author]) expect(await namings(one)).toEqual([null]);
    expect((await texts(fresh)).join()).toContain("Who?");
    await name(fresh);
    await name(reader, fresh);
    expect(await namings(reader)).toHaveLength(1);
    await deleteMessage(base.db, author.viewer, last);
    expect(await namings(reader)).toEqual([null]);
  });

  it("is not sent about what was read meanwhile, deleted, or said in a group that one has left", async () => {
    const { id, group, people } = await scene("at-once", "at-once", "at-once");
    const [author, read, left, reader] = people as [Person, Person, Person, Person];
    const last = await say(author, id, "I have.");
    await tellDiscussions(base.db);
    for (const one of [read, left, reader]) expect(await subjects(one)).toEqual(["[Les Bricoleuses] The key"]);
    await markRead(base.db, read.viewer, { id: last, discussionId: id });
    await leaveGroup(base.db, left.viewer, group);
    for (const one of [read, left]) expect(await told(one)).toEqual([null]);
    await deleteDiscussion(base.db, operator, id);
    expect(await told(reader)).toEqual([null]);
    await say(author, id, "Too late").catch(() => {});
    await rest(reader);
    await tellDiscussions(base.db);
    expect(await told(reader)).toEqual([null]);
  });

  it("ends for one discussion by the link of a mail, without signing in, and can be had again", async () => {
    const { id, group, people } = await scene("at-once");
    const [author, reader] = people as [Person, Person];
    await tellDiscussions(base.db);
    const [news] = await told(reader);
    const signed = decodeURIComponent(news!.stop!.split("/unsubscribe/")[1]!);
    await wishMail(base.db, signed);
    await rest(reader);
    await say(author, id, "I have.");
    await openDiscussion(base.db, author.viewer, group, {
      id: newId(),
      name: "The lamp",
      content: "On.",
      language: "en",
    });
    await tellDiscussions(base.db, later(0));
    expect((await subjects(reader)).filter(Boolean)).toEqual(["[Les Bricoleuses] The lamp"]);
    await wishMail(base.db, signed, "allow");
    await rest(reader);
    await tellDiscussions(base.db);
    await say(author, id, "It is back.");
    await tellDiscussions(base.db);
    const all = (await texts(reader)).join();
    expect([all.includes("It is back."), all.includes("I have.")]).toEqual([true, false]);
  });

  it("is told once when two sweeps run at the same time", async () => {
    const { people } = await scene("at-once");
    await Promise.all([tellDiscussions(base.db), tellDiscussions(base.db)]);
    expect(await subjects(people[1]!)).toHaveLength(1);
  });
});

it("what one wrote, opened, read and chose is among one's data, and what others wrote is not", async () => {
  const { id, people } = await scene(null);
  const [author, other] = people as [Person, Person];
  await say(other, id, "Not mine to give");
  await chooseCadence(base.db, { accountId: author.account.id, discussionId: id }, "weekly");
  const file = (await exportAccount(base.db, author.viewer)).find(({ name }) => name === "discussions.json");
  const { opened, messages, reading } = JSON.parse(String(file!.content));
  expect(opened).toMatchObject([{ id, name: "The key" }]);
  expect(messages.map(({ content }: { content: string }) => content)).toEqual(["Who has it?"]);
  expect(reading).toMatchObject([{ discussionId: id, cadence: "weekly" }]);
  expect(await base.db.$count(discussionReaders, eq(discussionReaders.discussionId, id))).toBe(2);
});
