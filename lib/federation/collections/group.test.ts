import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { deleteMessage, openDiscussion, writeMessage } from "#lib/discussion/message/commands.ts";
import { nameDiscussion } from "#lib/discussion/thread/commands.ts";
import { createEvent } from "#lib/event/commands.ts";
import { closeGroup } from "#lib/group/commands.ts";
import { enrol, makeGroup, makeProfile } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { concludeGroup } from "#lib/notification/group/commands.ts";
import { addResource } from "#lib/resource/commands.ts";
import { tellActor } from "../outbox/actor.ts";
import { tellDiscussion } from "../outbox/discussion.ts";
import { lookUp } from "../remote/lookup.ts";
import { type Json, read } from "../testing/peer.ts";
import { type Stage, stage } from "../testing/stage.ts";

const { actors, mails, memberships } = schema;

let at: Stage;
let group: { id: string; uri: string; handle: string };
let relay: string;
let member: string;
let neighbour: string;
beforeAll(async () => {
  at = await stage();
  relay = at.peer.actor("relay", { type: "Application" });
  [member, neighbour] = [at.peer.actor("mia"), at.peer.actor("noah")];
  const id = await makeGroup(at.db, { openness: "open", membersShown: true });
  const [row] = await at.db.select().from(actors).where(eq(actors.id, id));
  group = { id, handle: row!.handle, uri: `${at.origin}/@${row!.handle}` };
  await enrol(at.db, id, { memberId: at.ann.actor.id, role: "administrator" });
  await at.db.update(memberships).set({ shown: true }).where(eq(memberships.groupId, id));
  await enrol(at.db, id, { role: "moderator" });
  await lookUp(at.db, neighbour);
  expect((await at.peer.send(at.inbox, at.peer.activity(member, "Join", group.uri))).status).toBe(202);
});
afterAll(() => at.stop());

/** What somebody reads who signs, or does not. */
const look = (path: string, by?: string) =>
  by ? at.peer.ask(`${group.uri}/${path}`, by) : read(`${group.uri}/${path}`);
const items = async (name: string, by?: string) =>
  ((await look(name, by)).json.first as { orderedItems: Json[] }).orderedItems.map((item) => item.actor ?? item);

describe("a group", () => {
  it("says where its members, posts, discussions, resources and todos are, and all of these are there", async () => {
    const { json } = await read(group.uri);
    const names = ["members", "posts", "discussions", "resources", "todos", "events"];
    const parts = Object.fromEntries(names.map((name) => [name, `${group.uri}/${name}`]));
    expect(json).toMatchObject({ ...parts, type: "Group", openness: "open", memberCount: 3, endpoints: parts });
    expect(json.attributedTo).toBe(`${group.uri}/moderators`);
    for (const by of [undefined, neighbour, member, relay])
      for (const name of [...names, "moderators"]) {
        const { status, json } = await look(name, by);
        expect([name, status, json.id, json.type]).toEqual([name, 200, `${group.uri}/${name}`, "OrderedCollection"]);
        const named = typeof json.first === "string" ? json.first : ((json.first as Json).id as string);
        const first = await look(named.slice(group.uri.length + 1), by);
        expect([name, first.status, first.json.type]).toEqual([name, 200, "OrderedCollectionPage"]);
        expect(Array.isArray(first.json.orderedItems)).toBe(true);
      }
    expect((await read(`${at.origin}/@ann/members`)).status).toBe(404);
  });

  it("tells its members alone who they are, and others its leaders whose names it shows", async () => {
    const ann = `${at.origin}/@ann`;
    for (const by of [undefined, neighbour])
      expect([await items("members", by), await items("moderators", by)]).toEqual([[], [ann]]);
    expect((await look("members", neighbour)).json.totalItems).toBe(3);
    for (const by of [member, relay]) {
      expect(await items("members", by)).toEqual(expect.arrayContaining([ann, member]));
      expect(await items("moderators", by)).toHaveLength(2);
    }
    const [mine] = ((await look("members", member)).json.first as { orderedItems: Json[] }).orderedItems;
    expect(mine).toMatchObject({ type: "Member", actor: ann, object: group.uri, role: "administrator" });
    const one = mine!.id as string;
    expect(one).toMatch(/\/members\/[0-9a-f-]{36}$/);
    expect((await at.peer.ask(one, member)).json).toMatchObject({ id: one, actor: ann, role: "administrator" });
    expect([(await read(one)).status, (await at.peer.ask(one, neighbour)).status]).toEqual([404, 404]);
    await at.db.update(actors).set({ membersShown: false }).where(eq(actors.id, group.id));
    expect(await items("moderators")).toEqual([]);
  });

  it("shows what its members keep to them alone", async () => {
    const id = newId();
    const link = { id, name: "Canary", summary: "", url: "https://example.org/minutes", folder: null };
    await addResource(at.db, at.ann.viewer, group.id, { ...link, type: "link" });
    const [{ json }, inside] = [await look("resources", neighbour), await look("resources", member)];
    expect([json.totalItems, JSON.stringify(json).includes("Canary")]).toEqual([0, false]);
    const items = [{ id: `${at.origin}/resources/${id}`, type: "Document", name: "Canary" }];
    expect(inside.json).toMatchObject({ totalItems: 1, first: { orderedItems: items } });
  });

  it("goes on to the next page behind the last member of one", async () => {
    for (let one = 0; one < 20; one++) await enrol(at.db, group.id, { memberId: await makeProfile(at.db) });
    const first = (await look("members", member)).json.first as Json;
    const next = await at.peer.ask(first.next as string, member);
    expect([first.orderedItems, next.json.orderedItems]).toMatchObject([{ length: 20 }, { length: 3 }]);
    expect(next.json.next).toBeUndefined();
    expect((await look("members/nonsense", member)).status).toBe(404);
  });

  it("has what is said in a discussion for its members alone, the latest first, what others said by their own proof", async () => {
    const [id, about] = [newId(), { language: "en", quoted: null }];
    await openDiscussion(at.db, at.ann.viewer, group.id, { id, name: "Winter", content: "Canary 0", language: "en" });
    const write = (content: string) => writeMessage(at.db, at.ann.viewer, id, { id: newId(), content, ...about });
    for (let one = 1; one <= 19; one++) await write(`Canary ${one}`);
    const noa = at.other.actor("noa");
    await enrol(at.db, group.id, { memberId: (await at.actorOf(noa)).id });
    const context = `${at.origin}/discussions/${id}`;
    const note = { id: `${at.other.origin}/notes/1`, type: "Note", actor: noa, attributedTo: group.uri, context };
    const said = at.says(noa, "Create", { ...note, content: "<p>Hi</p>", to: [`${group.uri}/members`], cc: [] });
    await at.send(said);
    const rude = newId();
    await writeMessage(at.db, at.ann.viewer, id, { id: rude, content: "Rude", ...about });
    await deleteMessage(at.db, at.ann.viewer, rude);
    const [talk] = await items("discussions", member);
    expect(talk).toBe(`${at.origin}/@ann`);
    const begun = ((await look("discussions", member)).json.first as { orderedItems: Json[] }).orderedItems[0]!;
    expect(begun).toMatchObject({ id: context, name: "Winter", replies: `${context}/replies` });
    for (const by of [member, relay]) {
      const { json } = await at.peer.ask(begun.replies as string, by);
      const { orderedItems, next } = json.first as { orderedItems: Json[]; next: string };
      expect([json.totalItems, orderedItems.length, orderedItems[0]]).toEqual([
        ...[21, 20, { type: "Announce", actor: group.uri, object: said }],
      ]);
      const [last, before] = [orderedItems[1]!, orderedItems[2]!];
      expect([last.content, last.inReplyTo]).toEqual(["<p>Canary 19</p>\n", before.id]);
      const rest = (await at.peer.ask(next, by)).json;
      expect(rest).toMatchObject({ orderedItems: [{ content: "<p>Canary 0</p>\n", inReplyTo: context }] });
      expect(rest.next).toBeUndefined();
    }
    for (const path of [begun.replies as string, `${context}/replies/first`]) {
      expect([(await read(path)).status, (await at.peer.ask(path, neighbour)).status]).toEqual([404, 404]);
      expect((await at.peer.ask(path, member)).headers.get("cache-control")).toBe("private, no-store");
    }
  });

  it("has what was opened elsewhere as its author said it, with where it is read, and what it has said of that since", async () => {
    const noa = at.other.actor("noa");
    const context = `${at.other.origin}/notes/2`;
    const note = { id: context, type: "Note", actor: noa, attributedTo: group.uri, context, name: "Keys" };
    const opened = at.says(noa, "Create", { ...note, content: "", to: [`${group.uri}/members`], cc: [] });
    await at.send(opened);
    const { discussions } = schema;
    const [talk] = await at.db.select().from(discussions).where(eq(discussions.uri, context));
    const { id } = talk!;
    await nameDiscussion(at.db, at.ann.viewer, id, { name: "The keys" });
    await tellDiscussion(at.db, id);
    const listed = ((await look("discussions", member)).json.first as { orderedItems: Json[] }).orderedItems;
    const renamed = { type: "Update", actor: group.uri, object: { id: context, name: "The keys" } };
    const replies = `${at.origin}/discussions/${id}/replies`;
    expect(listed.slice(0, 2)).toMatchObject([
      { type: "Announce", actor: group.uri, object: opened, replies },
      { type: "Announce", actor: group.uri, object: renamed },
    ]);
    expect((await at.peer.ask(replies, member)).json.totalItems).toBe(0);
  });

  it("has its events to come, those for members for them alone", async () => {
    const input = {
      name: "Repair café",
      startWall: "2031-05-05T19:00:00",
      timezone: "Europe/Paris",
      state: "published",
    };
    const make = (visibility: string) =>
      createEvent(at.db, at.ann.viewer, group.id, { ...input, visibility, language: "en" } as never);
    const all = [];
    for (const visibility of ["public", "members", "followers", "unlisted"]) all.push(await make(visibility));
    const uris = all.map((id) => `${at.origin}/events/${id}`);
    expect([await items("events"), await items("events", member)]).toEqual([uris.slice(0, 1), uris.slice(0, 3)]);
  });

  it("that closes tells its members elsewhere, and forgets them then, in whichever order that is done", async () => {
    await closeGroup(at.db, at.ann.viewer, group.id, group.handle);
    await concludeGroup(at.db, group.id);
    expect(await at.db.$count(memberships, eq(memberships.groupId, group.id))).toBe(2);
    await tellActor(at.db, group.id);
    await at.settle();
    expect(at.peer.received("Delete")).toMatchObject([{ actor: group.uri, object: group.uri }]);
    expect(await at.db.$count(memberships, eq(memberships.groupId, group.id))).toBe(0);
    expect((await look("members", member)).status).toBe(410);
  });

  it("that closes tells its members here, also where those elsewhere were told and forgotten before", async () => {
    const id = await makeGroup(at.db, { handle: "early" });
    await enrol(at.db, id, { memberId: at.ann.actor.id, role: "administrator" });
    await enrol(at.db, id, { memberId: (await at.actorOf(member)).id });
    await closeGroup(at.db, at.ann.viewer, id, "early");
    await tellActor(at.db, id);
    await concludeGroup(at.db, id);
    const told = await at.db.select().from(mails).where(eq(mails.message, "group-closed"));
    expect(told.filter(({ data }) => data.groupId === id)).toMatchObject([{ accountId: at.ann.account.id }]);
    expect(await at.db.$count(memberships, eq(memberships.groupId, id))).toBe(0);
  });
});
