import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { leaveGroup } from "#lib/group/departure/commands.ts";
import { listLog } from "#lib/group/log/queries.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { addResource, deleteResource, eraseResourcesOf, moveResource, reviseResource } from "./commands.ts";
import { countInside, listFolders } from "./folder/queries.ts";
import { resourceInput } from "./input.ts";
import { getResource, listResources } from "./queries.ts";
import { roomTypes } from "./room.ts";

const { resources } = schema;
type Person = Awaited<ReturnType<typeof person>>;

let base: TestDatabase;
let group: string;
let ada: Person;
let bob: Person;
let mod: Person;
let eve: Person;
const before = getConfig();
beforeAll(async () => {
  base = await testDatabase({ max: 10 });
  await startSender(base.db);
  [ada, bob] = [await person(base.db, "ada"), await person(base.db, "bob")];
  [mod, eve] = [await person(base.db, "mod"), await person(base.db, "eve")];
  group = await gather();
});
afterAll(async () => {
  setConfig(before);
  await stopSender();
  await base.drop();
});

/** A group with Ada and Bob as members, and a moderator. */
async function gather() {
  const id = await makeGroup(base.db);
  await enrol(base.db, id, { memberId: mod.actor.id, role: "moderator" });
  for (const { actor } of [ada, bob]) await enrol(base.db, id, { memberId: actor.id });
  return id;
}

type Change = { id?: string; groupId?: string; type?: string; url?: string; summary?: string; folder?: string };
async function put(who: Person, name: string, { id = newId(), groupId = group, ...change }: Change = {}) {
  await base.db.execute(sql`delete from limits`);
  const typed = { type: "link", url: "https://example.org/minutes", name, ...change };
  await addResource(base.db, who.viewer, groupId, { ...resourceInput.parse(typed), id });
  return id;
}
const folder = (who: Person, name: string, change: Change = {}) => put(who, name, { type: "folder", ...change });
const row = async (id: string) => (await base.db.select().from(resources).where(eq(resources.id, id)))[0]!;
const move = (who: Person, id: string, into: string | null) => moveResource(base.db, who.viewer, id, { folder: into });
const names = async (folderId: string | null, groupId = group) =>
  (await listResources(base.db, { groupId, folderId, limit: 50 })).map(({ name }) => name);
const found = async (words: string, groupId = group) =>
  (await listResources(base.db, { groupId, words, limit: 50 })).map(({ name }) => name);
const refused = (code: string) => expect.objectContaining({ code });

describe("what a group keeps", () => {
  it("is put there once however often its form is sent, and written in the log", async () => {
    const id = newId();
    for (let times = 0; times < 2; times++) await put(ada, "Minutes", { id, url: "example.org/minutes" });
    expect(await row(id)).toMatchObject({ url: "https://example.org/minutes", depth: 0, preview: "waiting" });
    const entries = await listLog(base.db, group, { limit: 9 });
    expect(entries.filter(({ objectId }) => objectId === id)).toMatchObject([{ kind: "resource-added", who: "ada" }]);
  });

  it("is seen, filled and changed by members alone; of members by whoever put it there, and those who decide", async () => {
    const groupId = await gather();
    const id = await put(ada, "Minutes", { groupId });
    const gone = await person(base.db, "gone");
    await enrol(base.db, groupId, { memberId: gone.actor.id });
    const own = await put(gone, "Mine", { groupId });
    await leaveGroup(base.db, gone.viewer, groupId);
    expect(await getResource(base.db, bob.viewer, id)).toMatchObject({ name: "Minutes", by: "ada" });
    for (const viewer of [eve.viewer, gone.viewer, visitor]) expect(await getResource(base.db, viewer, id)).toBeNull();
    for (const who of [eve, gone]) await expect(put(who, "No", { groupId })).rejects.toEqual(refused("not-found"));
    const words = { name: "Better", url: "https://example.org/better", summary: "" };
    const acts = (who: Person, what: string) => [
      () => reviseResource(base.db, who.viewer, what, words),
      () => move(who, what, null),
      () => deleteResource(base.db, who.viewer, what),
    ];
    for (const act of [...acts(bob, id), ...acts(eve, id), ...acts(gone, own)])
      await expect(act()).rejects.toEqual(refused("not-found"));
    expect(await row(id)).toMatchObject({ name: "Minutes", deletedAt: null });
    for (const act of [...acts(ada, id), ...acts(mod, own)]) await act();
    expect(await row(own)).toMatchObject({ name: "", url: null, deletedAt: expect.any(Date) });
    await expect(move(ada, id, null)).rejects.toEqual(refused("gone"));
  });

  it("has only addresses of the web, and a name of its own where none was given", async () => {
    for (const url of ["javascript:alert(1)", "file:///etc/passwd", "https://ada:secret@example.org/", "", "a b"])
      expect(resourceInput.safeParse({ type: "link", url, name: "", folder: "" }).success, url).toBe(false);
    const id = await put(ada, "", { url: "https://www.example.org/x" });
    expect((await row(id)).name).toBe("example.org");
    await expect(reviseResource(base.db, ada.viewer, id, { name: "x", summary: "" })).rejects.toMatchObject({
      code: "required",
      field: "url",
    });
  });

  it("is read anew when it leads elsewhere, and only then", async () => {
    const id = await put(ada, "Minutes");
    await base.db.update(resources).set({ preview: "read", title: "Old" }).where(eq(resources.id, id));
    await reviseResource(base.db, ada.viewer, id, {
      ...(await row(id)),
      url: "https://example.org/minutes",
      name: "M",
    });
    expect(await row(id)).toMatchObject({ name: "M", title: "Old", preview: "read" });
    await reviseResource(base.db, ada.viewer, id, { name: "M", url: "https://example.org/new", summary: "" });
    expect(await row(id)).toMatchObject({ title: "", preview: "waiting" });
  });

  it("lets nobody fill it without end", async () => {
    await base.db.execute(sql`delete from limits`);
    const many = Array.from({ length: 62 }, () =>
      addResource(base.db, ada.viewer, group, { type: "folder", name: "x", summary: "", folder: null, id: newId() }),
    );
    const ends = await Promise.allSettled(many);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(60);
    expect(ends.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "too-many-requests" } });
  });
});

describe("folders", () => {
  it("lie in one another five deep at most, within one group, and never in themselves", async () => {
    const way = [await folder(ada, "1")];
    for (const name of ["2", "3", "4", "5"]) way.push(await folder(ada, name, { folder: way.at(-1) }));
    await put(ada, "Deep", { folder: way[4] });
    await expect(folder(ada, "6", { folder: way[4] })).rejects.toEqual(refused("folder-deep"));
    const deep = await getResource(base.db, bob.viewer, way[4]!);
    expect(deep!.way.map(({ name }) => name).join("")).toBe("1234");
    const wide = await folder(ada, "Wide");
    const inner = await folder(ada, "Inner", { folder: wide });
    await expect(move(ada, wide, way[3]!)).rejects.toEqual(refused("folder-deep"));
    for (const into of [wide, inner]) await expect(move(ada, wide, into)).rejects.toEqual(refused("choice-invalid"));
    const elsewhere = await folder(ada, "Elsewhere", { groupId: await gather() });
    await expect(move(ada, wide, elsewhere)).rejects.toEqual(refused("choice-invalid"));
    await expect(put(ada, "No", { folder: await put(ada, "A link") })).rejects.toEqual(refused("choice-invalid"));
    // The database says so by itself.
    for (const change of [{ parentId: inner, depth: 1 }, { parentId: elsewhere, depth: 1 }, { depth: 3 }])
      await expect(base.db.update(resources).set(change).where(eq(resources.id, wide))).rejects.toThrow();
  });

  it("move with all that lies in them", async () => {
    const [outer, other] = [await folder(ada, "Outer"), await folder(ada, "Other")];
    const inner = await folder(ada, "Inner", { folder: outer });
    const leaf = await put(bob, "Leaf", { folder: inner });
    await move(ada, outer, other);
    expect((await getResource(base.db, bob.viewer, leaf))!.way.map(({ name }) => name)).toEqual([
      "Other",
      "Outer",
      "Inner",
    ]);
    await move(ada, inner, null);
    expect([(await row(leaf)).depth, await names(outer)]).toEqual([1, []]);
    const ways = (await listFolders(base.db, group)).map(({ way }) => way.map(({ name }) => name).join("/"));
    expect(ways).toEqual(expect.arrayContaining(["Inner", "Other", "Other/Outer"]));
  });

  it("make no circle when two are moved into each other at once", async () => {
    const [one, two] = [await folder(ada, "One"), await folder(ada, "Two")];
    const ends = await Promise.allSettled([move(ada, one, two), move(bob, two, one), move(mod, two, one)]);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect([await row(one), await row(two)].filter(({ parentId }) => parentId)).toHaveLength(1);
  });

  it("are deleted with all that lies in them, but not with what others put there, unless by those who decide", async () => {
    const outer = await folder(ada, "Outer");
    const inner = await folder(ada, "Inner", { folder: outer });
    const leaf = await put(bob, "Leaf", { folder: inner, summary: "Canary" });
    expect(await countInside(base.db, await row(outer))).toEqual({ folders: 1, links: 1, others: 1 });
    await expect(deleteResource(base.db, ada.viewer, outer)).rejects.toEqual(refused("folder-shared"));
    await move(bob, leaf, outer);
    expect(await deleteResource(base.db, ada.viewer, inner)).toMatchObject({ parentId: outer });
    await deleteResource(base.db, mod.viewer, outer);
    for (const id of [outer, inner, leaf])
      expect(await row(id)).toMatchObject({ name: "", summary: "", parentId: null });
    expect(await getResource(base.db, bob.viewer, leaf)).toMatchObject({ deletedAt: expect.any(Date) });
    await expect(put(ada, "Late", { folder: outer })).rejects.toEqual(refused("choice-invalid"));
  });
});

describe("the list", () => {
  it("has folders first, by name, page by page", async () => {
    const groupId = await gather();
    for (const name of ["zebra", "Éclair", "atlas", "Banjo", "eclair"]) await put(ada, name, { groupId });
    for (const name of ["Zoo", "abc"]) await folder(ada, name, { groupId });
    const pages: string[] = [];
    for (let after: string | undefined; ; ) {
      const rows = await listResources(base.db, { groupId, after, limit: 2 });
      if (rows.length === 0) break;
      pages.push(...rows.map(({ name }) => name));
      after = rows.at(-1)!.id;
    }
    expect(pages).toEqual(["abc", "Zoo", "atlas", "Banjo", "Éclair", "eclair", "zebra"]);
  });

  it("is without what somebody put there who is suspended, for as long as they are", async () => {
    const groupId = await gather();
    const box = await folder(bob, "Box", { groupId });
    const [own, others] = [
      await put(bob, "His", { groupId, folder: box }),
      await put(ada, "Hers", { groupId, folder: box }),
    ];
    const suspend = (at: Date | null) =>
      base.db.update(schema.actors).set({ suspendedAt: at }).where(eq(schema.actors.id, bob.actor.id));
    await suspend(new Date());
    expect([await names(null, groupId), await names(box, groupId), await found("his", groupId)]).toEqual([
      ["Box"],
      ["Hers"],
      [],
    ]);
    expect([
      await getResource(base.db, ada.viewer, own),
      (await getResource(base.db, ada.viewer, others))!.name,
    ]).toEqual([null, "Hers"]);
    await suspend(null);
    expect(await names(box, groupId)).toEqual(["Hers", "His"]);
  });

  it("is searched without accents, by beginnings, addresses and what pages say, wherever it lies in the group", async () => {
    const groupId = await gather();
    const inner = await folder(ada, "Archives", { groupId });
    const id = await put(ada, "Procès-verbal", { groupId, folder: inner, url: "https://framapad.example/p/xy" });
    await base.db.update(resources).set({ preview: "read", title: "La marmelade" }).where(eq(resources.id, id));
    await put(ada, "Procès-verbal", { groupId: await gather() });
    for (const words of ["proces", "PROC", "framapad", "marmelad", "verbal procès"])
      expect([words, await found(words, groupId)]).toEqual([words, ["Procès-verbal"]]);
    expect(await found("archi", groupId)).toEqual(["Archives"]);
    expect((await listResources(base.db, { groupId, words: "proces", limit: 9 }))[0]!.way).toMatchObject([
      { id: inner },
    ]);
    for (const words of ["zebra", "'", "!&|", ":*", "\\"]) expect(await found(words, groupId)).toEqual([]);
  });
});

describe("pads and calls", () => {
  it("are made of the host's templates, where nobody guesses them, and only if there are some", async () => {
    await expect(put(ada, "Minutes", { type: "pad" })).rejects.toEqual(refused("choice-invalid"));
    setConfig({ ...before, padUrl: "https://pad.example/p/{name}?lang=fr", callUrl: null });
    expect(roomTypes()).toEqual(["pad"]);
    await expect(put(ada, "Minutes", { type: "call" })).rejects.toEqual(refused("choice-invalid"));
    const [one, two] = [await put(ada, "Été : l’affiche !", { type: "pad" }), await put(ada, "日本", { type: "pad" })];
    const { url, preview } = await row(one);
    expect(url).toMatch(/^https:\/\/pad\.example\/p\/ete-l-affiche-[0-9a-f]{32}\?lang=fr$/);
    expect((await row(two)).url).toMatch(/^https:\/\/pad\.example\/p\/[0-9a-f]{32}\?lang=fr$/);
    // Nobody asks a pad what it says of itself.
    expect(preview).toBe("none");
    setConfig(before);
  });
});

describe("when an account goes", () => {
  it("its links go, and its folders in which nothing of others lies", async () => {
    const leaver = await person(base.db, "leaver");
    await enrol(base.db, group, { memberId: leaver.actor.id });
    const [full, outer] = [await folder(leaver, "Full"), await folder(leaver, "Outer")];
    const empty = await folder(leaver, "Empty", { folder: outer });
    const own = await put(leaver, "Own", { folder: empty });
    const others = await put(bob, "Others", { folder: full });
    await base.db.transaction((tx) => eraseResourcesOf(tx, [leaver.actor.id]));
    const left = await Promise.all([full, outer, empty, own, others].map(row));
    expect(left.map(({ name }) => name)).toEqual(["Full", "", "", "", "Others"]);
  });
});
