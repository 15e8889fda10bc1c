import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { closeGroup } from "#lib/group/commands.ts";
import { listLog } from "#lib/group/log/queries.ts";
import { changeRole } from "#lib/group/membership/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { concludeDeparture } from "#lib/notification/departure/commands.ts";
import { exportAccount } from "#lib/notification/export/queries.ts";
import { concludeGroup } from "#lib/notification/group/commands.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { deletePost, revisePost, writePost } from "./commands.ts";
import { getDeskPost, getPost, listDeskPosts, listPosts } from "./queries.ts";
import { makePost } from "./testing.ts";

const { actors, memberships, posts } = schema;
type Person = Awaited<ReturnType<typeof person>>;

let base: TestDatabase;
let ada: Person;
let mod: Person;
let bob: Person;
let group: string;
beforeAll(async () => {
  base = await testDatabase({ max: 10 });
  await startSender(base.db);
  ada = await person(base.db, "ada");
  mod = await person(base.db, "mod");
  bob = await person(base.db, "bob");
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});
beforeEach(async () => {
  await base.db.execute(sql`delete from limits`);
  group = await makeGroup(base.db, { membersShown: true });
  await enrol(base.db, group, { memberId: ada.actor.id, role: "administrator" });
  await enrol(base.db, group, { memberId: mod.actor.id, role: "moderator" });
  await enrol(base.db, group, { memberId: bob.actor.id });
});

const words = {
  ...{ name: "Thanks", content: "It was good.", language: "en", tags: ["thanks"] },
  ...{ visibility: "public" as const, coverId: null },
};
async function write(who: Person, { publish = true, id = newId(), content = words.content } = {}) {
  await writePost(base.db, who.viewer, group, { ...words, content, id, publish });
  return id;
}
const row = async (id: string) => (await base.db.select().from(posts).where(eq(posts.id, id)))[0];
const seen = async (id: string) => ({ seenAt: (await row(id))!.updatedAt });
const jobs = async (id: string) =>
  (await base.db.execute(sql`select 1 from pgboss.job where name = 'post-out' and data ->> 'postId' = ${id}`)).length;

describe("a post of a group", () => {
  it("is written by those who lead the group and by nobody else, and once however often the form is sent", async () => {
    const id = newId();
    await write(mod, { id });
    await write(mod, { id });
    expect(await row(id)).toMatchObject({ state: "published", actorId: mod.actor.id, listed: true });
    expect(await jobs(id)).toBe(1);
    await expect(write(bob)).rejects.toMatchObject({ code: "not-found" });
    await expect(
      revisePost(base.db, bob.viewer, id, { ...words, publish: false }, await seen(id)),
    ).rejects.toMatchObject({ code: "not-found" });
    await expect(deletePost(base.db, bob.viewer, id)).rejects.toMatchObject({ code: "not-found" });
  });

  it("stays a draft that others who write share, until one of them publishes it; no other server hears of it before", async () => {
    const id = await write(mod, { publish: false });
    expect([await jobs(id), await getPost(base.db, bob.viewer, id)]).toEqual([0, null]);
    const found = await getDeskPost(base.db, ada.viewer, id);
    expect(found!.post.state).toBe("draft");
    await revisePost(base.db, ada.viewer, id, { ...words, name: "Thank you", publish: true }, await seen(id));
    expect(await row(id)).toMatchObject({ state: "published", name: "Thank you", actorId: mod.actor.id });
    expect(await jobs(id)).toBe(1);
    const log = (await listLog(base.db, group, { limit: 9 })).map(({ kind, who, name }) => [kind, who, name]);
    expect(log).toEqual([["post-published", "ada", "Thank you"]]);
  });

  it("has words when others are to read it, not before", async () => {
    const id = await write(ada, { publish: false, content: "" });
    const publish = revisePost(base.db, ada.viewer, id, { ...words, content: "", publish: true }, await seen(id));
    await expect(publish).rejects.toMatchObject({ code: "required", field: "content" });
    await expect(write(ada, { content: "" })).rejects.toMatchObject({ code: "required" });
  });

  it("is not written over unseen: of two who change it at once, one is told", async () => {
    const id = await write(ada);
    const before = await seen(id);
    const change = (who: Person, name: string) =>
      revisePost(base.db, who.viewer, id, { ...words, name, publish: false }, before);
    const done = await Promise.allSettled([change(ada, "Ada’s"), change(mod, "Mod’s")]);
    const [refused] = done.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(refused!.reason).toMatchObject({ code: "changed-meanwhile" });
  });

  it("is changed by nobody who lost the right while they wrote", async () => {
    const id = await write(mod, { publish: false });
    const before = await seen(id);
    const [member] = await base.db
      .select()
      .from(memberships)
      .where(sql`group_id = ${group} and member_id = ${mod.actor.id}`);
    await changeRole(base.db, ada.viewer, group, { id: member!.id, role: "member" });
    await expect(revisePost(base.db, mod.viewer, id, { ...words, publish: true }, before)).rejects.toMatchObject({
      code: "not-found",
    });
    expect((await row(id))!.state).toBe("draft");
  });

  it("leaves a tombstone without words when it was published, nothing when nobody had seen it", async () => {
    const [out, draft] = [await write(ada), await write(ada, { publish: false })];
    await deletePost(base.db, mod.viewer, out);
    await deletePost(base.db, mod.viewer, draft);
    expect(await row(draft)).toBeUndefined();
    expect(await row(out)).toMatchObject({ state: "deleted", name: "", content: "", tags: [], actorId: null });
    expect(await jobs(out)).toBe(2);
    expect((await getPost(base.db, visitor, out))!.post.state).toBe("deleted");
    await expect(deletePost(base.db, ada.viewer, out)).rejects.toMatchObject({ code: "gone" });
    expect(await listDeskPosts(base.db, group)).toEqual([]);
  });

  it("names its writer to other members, and to everybody where group and writer show it, and no longer once they left", async () => {
    const id = await write(mod);
    const names = async () => [
      (await getPost(base.db, visitor, id))!.writer?.name ?? null,
      (await getPost(base.db, bob.viewer, id))!.writer?.name ?? null,
    ];
    const mine = sql`group_id = ${group} and member_id = ${mod.actor.id}`;
    expect(await names()).toEqual([null, "mod"]);
    await base.db.update(memberships).set({ shown: true }).where(mine);
    expect(await names()).toEqual(["mod", "mod"]);
    await base.db.update(actors).set({ membersShown: false }).where(eq(actors.id, group));
    expect(await names()).toEqual([null, "mod"]);
    await base.db.update(memberships).set({ state: "left" }).where(mine);
    expect(await names()).toEqual([null, null]);
  });

  it("stands in the list in the order of publishing, a page after the other", async () => {
    const ids = [];
    for (const day of [1, 3, 2, 4, 5])
      ids.push(await makePost(base.db, group, { name: `Day ${day}`, publishedAt: new Date(2026, 1, day) }));
    const page = async (after?: string) =>
      (await listPosts(base.db, visitor, { groupId: group, after, limit: 2 })).map(({ id, name }) => ({ id, name }));
    const first = await page();
    const second = await page(first.at(-1)!.id);
    const third = await page(second.at(-1)!.id);
    expect([first, second, third].map((rows) => rows.map(({ name }) => name))).toEqual([
      ["Day 5", "Day 4"],
      ["Day 3", "Day 2"],
      ["Day 1"],
    ]);
  });

  it("goes with its group, and keeps nothing of whoever leaves the server but what they wrote for it", async () => {
    const eve = await person(base.db, "eve");
    await enrol(base.db, group, { memberId: eve.actor.id, role: "moderator" });
    const [id, draft] = [await write(eve), await write(eve, { publish: false })];
    const files = await exportAccount(base.db, eve.viewer);
    expect(files.find(({ name }) => name === "posts.json")!.content).toContain("It was good.");
    await base.db.update(schema.accounts).set({ state: "leaving" }).where(eq(schema.accounts.id, eve.account.id));
    await concludeDeparture(base.db, eve.account.id);
    expect([(await row(id))!.actorId, (await row(id))!.content]).toEqual([null, "It was good."]);

    const [own] = await base.db.select().from(actors).where(eq(actors.id, group));
    await closeGroup(base.db, ada.viewer, group, own!.handle);
    await concludeGroup(base.db, group);
    expect([await row(draft), (await row(id))!.state]).toEqual([undefined, "deleted"]);
  });
});
