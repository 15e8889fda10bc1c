import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { addResource, deleteResource, moveResource, reviseResource } from "#lib/resource/commands.ts";
import { getResource, listResources } from "#lib/resource/queries.ts";
import { tellAsk } from "../outbox/ask.ts";
import { tellResource } from "../outbox/resource.ts";
import type { Json } from "../testing/peer.ts";
import { type Stage, stageOfTwo } from "../testing/stage.ts";

const { activities, groupLog, memberships, resources } = schema;

const { at, mia, noa, atelier, clubAway, pass } = await stageOfTwo();

let count = 0;

/** A link or a folder of somebody elsewhere, as Mobilizon has them. */
function kept(author: string, group: string, change: Json = {}): Json {
  const id = `${new URL(author).origin}/resource/${++count}`;
  const where = change.type === "ResourceCollection" ? {} : { type: "Document", url: "http://localhost:1/minutes" };
  return {
    ...{ id, name: "Minutes", summary: "What we agreed on", actor: author, attributedTo: group },
    ...{ context: `${group}/resources`, to: [`${group}/members`], published: "2026-11-01T08:00:00Z" },
    ...{ ...where, ...change },
  };
}
const folderOf = (author: string, group: string, change: Json = {}) =>
  kept(author, group, { type: "ResourceCollection", name: "Archive", ...change });
const rowBy = async (uri: unknown) =>
  (
    await at.db
      .select()
      .from(resources)
      .where(eq(resources.uri, String(uri)))
  )[0];
const row = async (id: string) => (await at.db.select().from(resources).where(eq(resources.id, id)))[0]!;

describe("in a group of this server", () => {
  let group: { id: string; uri: string };
  const ann = () => at.ann.viewer;
  beforeAll(async () => {
    group = await atelier();
  });
  const put = async (folder: string | null = null, name = "Minutes") => {
    const id = newId();
    const words = { id, name, summary: "Canary", folder };
    if (name === "Archive") await addResource(at.db, ann(), group.id, { ...words, type: "folder" });
    else await addResource(at.db, ann(), group.id, { ...words, type: "link", url: "http://localhost:1/minutes" });
    return id;
  };
  const tell = async (...ids: string[]) => {
    for (const id of ids) await tellResource(at.db, id);
    await at.deliver();
  };
  /** What a server got: of each activity its kind, and of what is passed on the kind within. */
  const got = (of: Stage["peer"]) =>
    of.inbox.splice(0).map(({ activity }) => {
      const inner = activity.object as Json | string;
      if (activity.type !== "Announce") return [activity.type, (inner as Json).name ?? (inner as Json).type];
      return ["Announce", typeof inner === "string" ? "id" : inner.type];
    });

  it("what is put here goes to the servers of members, as whoever's put it there and from the group, in its order, and so does its end", async () => {
    const folder = await put(null, "Archive");
    const link = await put(folder);
    // Whichever job runs first.
    await tell(link, folder, link);
    const uri = (id: string) => `${at.origin}/resources/${id}`;
    expect(at.peer.received("Create").map(({ object }) => object)).toMatchObject([
      { id: uri(folder), type: "ResourceCollection", context: `${group.uri}/resources` },
      { id: uri(link), type: "Document", context: uri(folder), actor: `${at.origin}/@ann`, attributedTo: group.uri },
    ]);
    const each = (name: string) => [
      ["Create", name],
      ["Announce", "Create"],
      ["Announce", "id"],
    ];
    for (const peer of [at.peer, at.other]) expect(got(peer)).toEqual([...each("Archive"), ...each("Minutes")]);
    await moveResource(at.db, ann(), link, { folder: null });
    await tell(link);
    expect(at.peer.received("Update")[0]!.object).toMatchObject({ context: `${group.uri}/resources` });
    expect(got(at.other)).toEqual([
      ["Update", "Minutes"],
      ["Announce", "Update"],
    ]);
    await deleteResource(at.db, ann(), link);
    await tell(link);
    expect(got(at.other)).toEqual([
      ["Delete", "Tombstone"],
      ["Announce", "Delete"],
    ]);
    const words = await at.db.select().from(activities).where(eq(activities.objectId, link));
    expect([words.length, JSON.stringify(words)]).toEqual([2, expect.not.stringContaining("Canary")]);
  });

  it("what members elsewhere put, change, move and delete is done and passed on as it came", async () => {
    const [folder, link] = [folderOf(mia, group.uri), kept(mia, group.uri)];
    const steps = [
      at.says(mia, "Create", folder),
      at.says(mia, "Create", { ...link, context: folder.id }),
      at.says(mia, "Update", { ...link, name: "<b>Better</b>", context: folder.id }),
      at.says(mia, "Update", { ...link, name: "Better" }),
    ];
    for (const step of steps) await at.send(step);
    await at.deliver();
    expect(await rowBy(link.id)).toMatchObject({ name: "Better", parentId: null, groupId: group.id, awaiting: false });
    const passed = at.other.received("Announce").filter(({ object }) => typeof object === "object");
    expect(passed.map(({ object }) => object)).toEqual(steps);
    await at.send(at.says(mia, "Delete", { id: link.id, type: "Tombstone" }));
    expect(await rowBy(link.id)).toMatchObject({ name: "", deletedAt: expect.any(Date) });
    expect(await rowBy(folder.id)).toMatchObject({ name: "Archive", deletedAt: null });
  });

  it("what was put among the resources of one group is neither put into another's nor passed on so", async () => {
    const cellar = await makeGroup(at.db, { handle: "cellar" });
    const theirs = `${at.origin}/@cellar`;
    for (const memberId of [at.ann.actor.id, (await at.actorOf(noa)).id]) await enrol(at.db, cellar, { memberId });
    const box = newId();
    const words = { name: "Box", summary: "", folder: null };
    await addResource(at.db, ann(), cellar, { ...words, id: box, type: "folder" });
    const [folder, link] = [folderOf(mia, group.uri), kept(mia, group.uri)];
    link.context = folder.id;
    for (const one of [folder, link]) await at.send(at.says(mia, "Create", one));
    await at.deliver();
    got(at.other);
    for (const change of [
      { context: `${at.origin}/resources/${box}` },
      { context: `${theirs}/resources` },
      { attributedTo: theirs },
      { attributedTo: theirs, context: `${at.origin}/resources/${box}` },
    ]) {
      await at.send(at.says(mia, "Update", { ...link, name: "Strayed", ...change }));
      await at.send(at.says(mia, "Create", { ...link, id: `${link.id}/again`, name: "Strayed", ...change }));
    }
    await at.deliver();
    const { id: parentId } = (await rowBy(folder.id))!;
    expect(await rowBy(link.id)).toMatchObject({ name: "Minutes", parentId, groupId: group.id });
    expect([await rowBy(`${link.id}/again`), got(at.other)]).toEqual([undefined, []]);
  });

  it("what is not newer changes nothing, and is not passed on", async () => {
    const link = kept(mia, group.uri);
    await at.send(at.says(mia, "Create", link));
    await at.deliver();
    got(at.other);
    for (const [name, day] of [
      ["Three", 3],
      ["Two", 2],
      ["Equal", 3],
    ])
      await at.send(at.says(mia, "Update", { ...link, name, updated: `2026-11-0${day}T08:00:00Z` }));
    await at.send(at.says(mia, "Create", { ...link, name: "Zero" }));
    await at.deliver();
    expect([(await rowBy(link.id))!.name, got(at.other)]).toEqual(["Three", [["Announce", "Update"]]]);
    await at.send(at.says(mia, "Update", { ...link, name: "Now" }));
    expect((await rowBy(link.id))!.name).toBe("Now");
  });

  it.each<[string, (id: string, uri: string) => Json]>([
    ["who is no member", () => at.says(at.peer.actor("eve"), "Create", kept(at.peer.uri("eve"), group.uri))],
    ["another's name", () => at.says(mia, "Create", kept(noa, group.uri))],
    ["a neighbour's name", () => at.says(mia, "Create", { ...kept(mia, group.uri), actor: at.peer.uri("eve") })],
    [
      "a member who would change what others put",
      (_, uri) => at.says(mia, "Update", { ...kept(mia, group.uri), id: uri }),
    ],
    ["a member who would delete what others put", (_, uri) => at.says(mia, "Delete", uri)],
    [
      "an address that is none of the web",
      () => at.says(mia, "Create", kept(mia, group.uri, { url: "javascript:alert(1)" })),
    ],
  ])("refuses %s, and passes nothing on", async (who, forge) => {
    const id = await put();
    const before = await at.db.$count(resources);
    await at.send(forge(id, `${at.origin}/resources/${id}`));
    await at.deliver();
    expect([await at.db.$count(resources), (await row(id)).name, (await row(id)).deletedAt]).toEqual([
      before,
      "Minutes",
      null,
    ]);
    expect(got(at.other)).toEqual([]);
    const refused = at.peer.received("Reject").map(({ actor }) => actor);
    expect(refused.every((actor) => actor === group.uri)).toBe(true);
    expect(refused).toHaveLength(who === "a member who would delete what others put" ? 1 : 0);
    // The same by a member in their own name is taken.
    await at.send(at.says(mia, "Create", kept(mia, group.uri)));
    expect(await at.db.$count(resources)).toBe(before + 1);
  });
});

describe("in a group of another server", () => {
  let club: string;
  let clubId: string;
  beforeAll(async () => {
    ({ uri: club, id: clubId } = await clubAway());
  });

  it("what is kept there is read here by its members alone, once the group passes it on, until it goes", async () => {
    const [folder, inner] = [folderOf(noa, club), folderOf(noa, club, { name: "2026" })];
    const link = kept(noa, club, { context: inner.id });
    await at.send(at.says(noa, "Create", folder));
    expect(await rowBy(folder.id)).toBeUndefined();
    for (const one of [folder, inner, link]) await pass(at.says(noa, "Create", one));
    await pass(at.says(noa, "Update", { ...inner, context: folder.id }));
    await pass(at.says(noa, "Update", { ...folder, context: inner.id }));
    const { id } = (await rowBy(link.id))!;
    const eve = await person(at.db, `eve${count}`);
    expect(await getResource(at.db, at.ann.viewer, id)).toMatchObject({
      ...{ name: "Minutes", preview: "none", depth: 2 },
      way: [{ name: "Archive" }, { name: "2026" }],
    });
    expect(await getResource(at.db, eve.viewer, id)).toBeNull();
    await expect(
      reviseResource(at.db, at.ann.viewer, id, { name: "Mine", url: "http://localhost:1/x", summary: "" }),
    ).rejects.toMatchObject({ code: "not-found" });
    await at.send(at.says(club, "Delete", folder.id));
    for (const one of [folder, inner, link]) expect((await rowBy(one.id))!.deletedAt).not.toBeNull();
    await pass(at.says(noa, "Update", link));
    expect((await rowBy(link.id))!.name).toBe("");
  });

  it("what somebody here puts there is sent to the group alone, and stands once it comes back", async () => {
    const id = newId();
    const link = { id, type: "link" as const, url: "http://localhost:1/x", name: "Ours", summary: "", folder: null };
    await addResource(at.db, at.ann.viewer, clubId, link);
    await tellResource(at.db, id);
    await at.deliver();
    expect([(await row(id)).awaiting, at.other.inbox.length]).toEqual([true, 0]);
    const [create] = at.peer.received("Create") as [Json];
    expect(create.object).toMatchObject({ attributedTo: club, context: `${club}/resources`, to: [`${club}/members`] });
    const about = (create.object as Json).id as string;
    expect([(await at.peer.ask(about, club)).status, (await at.peer.ask(about, mia)).status]).toEqual([200, 404]);
    await pass(create);
    expect((await row(id)).awaiting).toBe(false);
    // Those who lead the group may call it otherwise, and nobody else.
    const object = { ...(create.object as Json), name: "The group’s" };
    for (const by of [noa, mia]) await at.send(at.says(by, "Update", object));
    expect((await row(id)).name).toBe("Ours");
    await at.send(at.says(club, "Update", object));
    expect(await row(id)).toMatchObject({ name: "The group’s", uri: null, url: link.url });
    await deleteResource(at.db, at.ann.viewer, id);
    await tellResource(at.db, id);
    await at.deliver();
    expect(at.peer.received("Delete")[0]!.object).toMatchObject({ id: about, type: "Tombstone" });
  });

  it("what the group does not take is shown so, whenever it was put, changed or moved", async () => {
    const [id, folder] = [newId(), newId()];
    const words = { name: "Ours", summary: "", folder: null };
    await addResource(at.db, at.ann.viewer, clubId, { ...words, id: folder, name: "Box", type: "folder" });
    await addResource(at.db, at.ann.viewer, clubId, { ...words, id, type: "link", url: "http://localhost:1/x" });
    const shown = async () => {
      const { awaiting, refused, parentId } = (await getResource(at.db, at.ann.viewer, id))!;
      const listed = await listResources(at.db, { groupId: clubId, folderId: parentId, limit: 9 });
      return [awaiting, refused, listed.find((one) => one.id === id)!.refused];
    };
    const changes = [
      async () => {},
      () => reviseResource(at.db, at.ann.viewer, id, { ...words, name: "Better", url: "http://localhost:1/x" }),
      () => moveResource(at.db, at.ann.viewer, id, { folder }),
    ];
    for (const change of changes) {
      await change();
      await tellResource(at.db, id);
      await at.deliver();
      const said = at.peer.inbox.splice(0).at(-1)!.activity;
      expect(await shown()).toEqual([true, false, false]);
      await at.send(at.peer.activity(club, "Reject", { type: said.type, id: said.id }));
      expect(await shown()).toEqual([true, true, true]);
      await pass((said.object as Json).id);
      expect(await shown()).toEqual([false, false, false]);
    }
  });

  it("who leads it here asks it to delete what others put there, which goes once it says so", async () => {
    const [link, member] = [
      kept(noa, club),
      and(eq(memberships.groupId, clubId), eq(memberships.memberId, at.ann.actor.id)),
    ];
    await pass(at.says(noa, "Create", link));
    const { id } = (await rowBy(link.id))!;
    await expect(deleteResource(at.db, at.ann.viewer, id)).rejects.toThrow("not-found");
    await at.db.update(memberships).set({ role: "moderator" }).where(member);
    expect((await deleteResource(at.db, at.ann.viewer, id)).decided).toBe("asked");
    await at.db.update(memberships).set({ role: "member" }).where(member);
    const [ask] = await at.db.select().from(groupLog).where(eq(groupLog.objectId, id));
    await tellAsk(at.db, ask!.id);
    await at.deliver();
    const [asked] = at.peer.received("Delete") as [Json];
    expect([asked.object, (await row(id)).deletedAt]).toMatchObject([{ id: link.id, type: "Tombstone" }, null]);
    await at.send(at.peer.activity(club, "Accept", asked.id));
    expect((await row(id)).deletedAt).not.toBeNull();
  });

  it.each<[string, (link: Json) => Promise<void>]>([
    [
      "another group, whatever it wraps",
      async (link) => {
        const other = at.other.actor("others", { type: "Group" });
        await enrol(at.db, (await at.actorOf(other)).id, { memberId: at.ann.actor.id });
        await at.send(at.other.activity(other, "Announce", at.says(noa, "Update", { ...link, name: "Forged" })));
      },
    ],
    [
      "the group itself, of somebody who proved nothing",
      (link) => {
        const { proof: _, ...bare } = at.says(noa, "Update", { ...link, name: "Forged" });
        return pass(bare);
      },
    ],
    ["its maker, without the group", (link) => at.send(at.says(noa, "Update", { ...link, name: "Forged" }))],
    ["a stranger who says that it is gone", (link) => at.send(at.says(at.other.actor("eve"), "Delete", link.id))],
    [
      "the group, once nobody here is a member",
      async (link) => {
        const member = and(eq(memberships.groupId, clubId), eq(memberships.memberId, at.ann.actor.id));
        await at.db.update(memberships).set({ state: "left" }).where(member);
        await pass(at.says(noa, "Update", { ...link, name: "Forged" }));
        await at.db.update(memberships).set({ state: "member" }).where(member);
      },
    ],
  ])("believes no word of %s", async (_, forge) => {
    const link = kept(noa, club);
    await pass(at.says(noa, "Create", link));
    await forge(link);
    expect(await rowBy(link.id)).toMatchObject({ name: "Minutes", deletedAt: null });
    await pass(at.says(noa, "Update", { ...link, name: "True" }));
    expect(await rowBy(link.id)).toMatchObject({ name: "True" });
  });
});
