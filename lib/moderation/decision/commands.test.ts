import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema, transact } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { getActorPage } from "#lib/actor/queries.ts";
import { writeComment } from "#lib/discussion/comment/commands.ts";
import { openDiscussion } from "#lib/discussion/message/commands.ts";
import { listMessages } from "#lib/discussion/message/queries.ts";
import { eraseMessagesOf } from "#lib/discussion/thread/commands.ts";
import { getEvent } from "#lib/event/queries.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import { operator, type Viewer, visitor } from "#lib/policy/viewer.ts";
import { getPost } from "#lib/post/queries.ts";
import { makePost } from "#lib/post/testing.ts";
import { raiseFlag } from "../flag/commands.ts";
import { countReports, getReport, listReports } from "../flag/queries.ts";
import { listActs } from "../log/queries.ts";
import { decideFlag } from "./commands.ts";

let base: TestDatabase;
let ann: Awaited<ReturnType<typeof person>>;
beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
  ann = await person(base.db, "ann");
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const { events } = schema;
const words = { uri: null, reporterId: null, reporterHost: null, content: "It is a swindle" };

async function reported() {
  const event = await makeEvent(base.db, { organizerId: ann.actor.id, name: "Get rich", publishedAt: new Date() });
  const target = { actorId: ann.actor.id, eventId: event.id, commentId: null, postId: null, messageId: null };
  for (let time = 0; time < 2; time++) await transact(base.db, (tx) => raiseFlag(tx, { ...words, targets: [target] }));
  const [flag] = await listReports(base.db, { state: "open", limit: 1 });
  return { event, flag: flag! };
}
const decide = (id: string, decision: Parameters<typeof decideFlag>[2]["decision"], viewer: Viewer = operator) =>
  decideFlag(base.db, viewer, { id, decision, note: "Looked at" });
const isShown = async (id: string) => (await getEvent(base.db, visitor, id)) !== null;

describe("a report", () => {
  it("waits with what was written, and is closed once, with those that say the same", async () => {
    const { flag, event } = await reported();
    expect(flag).toMatchObject({
      content: "It is a swindle",
      reporter: null,
      event: { id: event.id, name: "Get rich" },
    });
    const before = await countReports(base.db);
    await decide(flag.id, "dismiss");
    expect([await countReports(base.db), (await getReport(base.db, flag.id))!.state]).toEqual([
      before - 2,
      "dismissed",
    ]);
    await expect(decide(flag.id, "resolve")).rejects.toMatchObject({ code: "already-decided" });
    expect((await listActs(base.db, { flagId: flag.id, limit: 5 }))[0]).toMatchObject({
      ...{ action: "dismiss", subject: "Get rich", note: "Looked at" },
    });
  });

  it("is there for moderators alone", async () => {
    const { flag } = await reported();
    await expect(decide(flag.id, "hide", ann.viewer)).rejects.toMatchObject({ code: "not-found" });
    await expect(decide(newId(), "hide")).rejects.toMatchObject({ code: "not-found" });
    await decide(flag.id, "resolve", { ...ann.viewer, role: "moderator" });
  });

  it("has an event hidden, and shown again; somebody suspended with what they made, and restored with it", async () => {
    const { flag, event } = await reported();
    const other = await makeEvent(base.db, { organizerId: ann.actor.id, publishedAt: new Date() });
    await decide(flag.id, "hide");
    expect([await isShown(event.id), await isShown(other.id)]).toEqual([false, true]);
    await decide(flag.id, "suspend");
    expect([await isShown(other.id), (await getActorPage(base.db, "ann"))!.gone]).toEqual([false, true]);
    await decide(flag.id, "restore");
    expect([await isShown(other.id), (await getActorPage(base.db, "ann"))!.gone]).toEqual([true, false]);
    expect(await isShown(event.id), "what was hidden by itself stays so").toBe(false);
    await decide(flag.id, "show");
    expect(await isShown(event.id)).toBe(true);
    const [row] = await base.db.select().from(events).where(eq(events.id, event.id));
    expect(row!.updatedAt.getTime(), "feeds are read anew").toBeGreaterThan(event.updatedAt.getTime());
    const told = async () =>
      (
        await base.db.execute(
          sql`select 1 from pgboss.job where name = 'event-out' and data ->> 'eventId' = ${event.id}`,
        )
      ).length;
    const before = await told();
    await base.db.update(events).set({ uri: "https://clubs.example/e/1" }).where(eq(events.id, event.id));
    await decide(flag.id, "hide");
    expect(await told(), "also of what another server made for a group of ours").toBe(before + 1);
  });

  it("has a group's post hidden, and shown again; a group suspended with what it posts, and restored with it", async () => {
    const group = await makeGroup(base.db, { type: "Group" });
    const [id, other] = [await makePost(base.db, group), await makePost(base.db, group)];
    const target = { actorId: group, eventId: null, commentId: null, postId: id, messageId: null };
    await transact(base.db, (tx) => raiseFlag(tx, { ...words, targets: [target] }));
    const [flag] = await listReports(base.db, { state: "open", limit: 1 });
    const shown = async () =>
      [await getPost(base.db, visitor, id), await getPost(base.db, visitor, other)].map(Boolean);
    expect(flag!.post).toMatchObject({ id, name: "Thanks" });
    await decide(flag!.id, "hide");
    expect(await shown()).toEqual([false, true]);
    await decide(flag!.id, "suspend");
    expect(await shown()).toEqual([false, false]);
    await decide(flag!.id, "restore");
    expect(await shown(), "what was hidden by itself stays so").toEqual([false, true]);
    await decide(flag!.id, "show");
    expect(await shown()).toEqual([true, true]);
    await decide(flag!.id, "resolve");
    expect((await listActs(base.db, { flagId: flag!.id, limit: 1 }))[0]).toMatchObject({ subject: "Thanks" });
  });

  it("of a message among members shows the words that its reporter shows; it is deleted, never hidden, and gone with its author", async () => {
    const group = await makeGroup(base.db, { type: "Group" });
    await enrol(base.db, group, { memberId: ann.actor.id });
    const talk = newId();
    const said = { name: "Keys", content: "They are **mine**", language: "en" };
    await openDiscussion(base.db, ann.viewer, group, { id: talk, ...said });
    const first = async () => (await listMessages(base.db, talk, null)).messages[0]!;
    const messageId = (await first()).id;
    const target = { actorId: ann.actor.id, eventId: null, commentId: null, postId: null, messageId };
    const report = async (quote: string | null) => {
      await transact(base.db, (tx) => raiseFlag(tx, { ...words, quote, targets: [target] }));
      return (await listReports(base.db, { state: "open", limit: 1 }))[0]!;
    };
    const silent = await report(null);
    expect(JSON.stringify(silent)).not.toContain("mine");
    const shown = await report("They are mine");
    expect(shown).toMatchObject({
      quote: "They are mine",
      message: { id: messageId },
      group: { name: "Les Bricoleuses" },
    });
    await expect(decide(shown.id, "hide")).rejects.toMatchObject({ code: "choice-invalid" });
    await decide(shown.id, "erase");
    expect(await first()).toMatchObject({ content: "", deletedAt: expect.any(Date) });
    await decide(shown.id, "resolve");
    expect((await getReport(base.db, silent.id))!.state, "those that say the same are closed with it").toBe("resolved");
    expect((await listActs(base.db, { flagId: shown.id, limit: 1 }))[0]).toMatchObject({ subject: "@ann" });
    await eraseMessagesOf(base.db, [ann.actor.id]);
    expect((await getReport(base.db, shown.id))!.quote).toBeNull();
  });

  it("of a comment under what is for members shows the words that its reporter shows, also once it is hidden", async () => {
    const group = await makeGroup(base.db, { type: "Group" });
    await enrol(base.db, group, { memberId: ann.actor.id });
    const event = await makeEvent(base.db, { organizerId: group, visibility: "members", name: "Evening" });
    const id = newId();
    const said = { id, actorId: ann.actor.id, thread: null, content: "They are **mine**", language: "en" };
    await writeComment(base.db, ann.viewer, event.id, said);
    const target = { actorId: ann.actor.id, eventId: event.id, commentId: id, postId: null, messageId: null };
    const report = async (quote: string) => {
      await transact(base.db, (tx) => raiseFlag(tx, { ...words, quote, targets: [target] }));
      return (await listReports(base.db, { state: "open", limit: 1 }))[0]!;
    };
    const silent = await report("");
    expect(JSON.stringify(silent)).not.toContain("mine");
    expect((await report("They are mine")).comment!.content).toBe("They are mine");
    await decide(silent.id, "hide");
    expect((await getReport(base.db, silent.id))!.comment!.state).toBe("hidden");
    expect((await listActs(base.db, { flagId: silent.id, limit: 1 }))[0]).toMatchObject({ subject: "Evening" });
  });

  it("is mailed to those who moderate, once an hour at most; what was decided to whoever it was about", async () => {
    const mara = await person(base.db, "mara");
    const bob = await person(base.db, "bob");
    await base.db.update(schema.accounts).set({ role: "moderator" }).where(eq(schema.accounts.id, mara.account.id));
    const of = async ({ account }: typeof mara) =>
      (await base.db.select().from(schema.mails).where(eq(schema.mails.accountId, account.id)))
        .filter(({ message }) => message === "report" || message === "moderation-notice")
        .map(({ message, data }) => ({ message, ...data }));
    const event = await makeEvent(base.db, { organizerId: bob.actor.id, publishedAt: new Date() });
    const target = { actorId: bob.actor.id, eventId: event.id, commentId: null, postId: null, messageId: null };
    for (let time = 0; time < 4; time++)
      await transact(base.db, (tx) => raiseFlag(tx, { ...words, targets: [target] }));
    expect(
      (await of(mara)).map(({ message }) => message),
      "now, and at the full hour",
    ).toEqual(["report", "report"]);
    const [flag] = await listReports(base.db, { state: "open", limit: 1 });
    for (const decision of ["hide", "forward", "dismiss"] as const) await decide(flag!.id, decision).catch(() => null);
    expect(await of(bob)).toEqual([{ message: "moderation-notice", flagId: flag!.id, decision: "hide" }]);
    expect(await of(mara)).toHaveLength(2);
  });

  it("about somebody of this server is told to no other", async () => {
    const { flag } = await reported();
    await expect(decide(flag.id, "forward")).rejects.toMatchObject({ code: "choice-invalid" });
  });
});
