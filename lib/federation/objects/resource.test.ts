import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { addResource, deleteResource, moveResource } from "#lib/resource/commands.ts";
import { resolveActor } from "../remote/actor.ts";
import { Peer, read } from "../testing/peer.ts";
import { type Served, serveFederation } from "../testing/server.ts";

let served: Served;
let member: Peer;
let stranger: Peer;
let ann: string;
let eve: string;
let group: string;
let ada: Awaited<ReturnType<typeof person>>;
const db = () => served.base.db;
const uri = (id: string) => `${served.origin}/resources/${id}`;

beforeAll(async () => {
  [member, stranger] = [await new Peer().start(), await new Peer().start()];
  served = await serveFederation(() => [member.host, stranger.host]);
  [ann, eve] = [member.actor("ann"), stranger.actor("eve")];
  for (const id of [ann, eve]) await resolveActor(db(), id);
  ada = await person(db(), "ada");
  group = await makeGroup(db(), { handle: "atelier" });
  for (const memberId of [ada.actor.id, (await resolveActor(db(), ann))!.id]) await enrol(db(), group, { memberId });
});
afterAll(async () => {
  await served.stop();
  await Promise.all([member.stop(), stranger.stop()]);
});

async function put(type: "link" | "folder", name: string, folder: string | null = null) {
  const id = newId();
  const words = { id, name, folder, summary: "Canary" };
  await addResource(
    db(),
    ada.viewer,
    group,
    type === "link" ? { ...words, type, url: "https://example.org/minutes" } : { ...words, type },
  );
  return id;
}

it("a link and a folder are told to a member's server as Mobilizon reads them, and are absent for everybody else", async () => {
  const folder = await put("folder", "Archive");
  const link = await put("link", "Minutes", folder);
  const [asked, above] = [await member.ask(uri(link), ann), await member.ask(uri(folder), ann)];
  expect(asked.json).toMatchObject({
    ...{ id: uri(link), type: "Document", name: "Minutes", summary: "Canary", url: "https://example.org/minutes" },
    ...{ actor: `${served.origin}/@ada`, attributedTo: `${served.origin}/@atelier`, context: uri(folder) },
    ...{ to: [`${served.origin}/@atelier/members`], cc: [] },
  });
  const place = { type: "ResourceCollection", context: `${served.origin}/@atelier/resources`, url: uri(folder) };
  expect([above.json, above.headers.get("cache-control")]).toMatchObject([place, "private, no-store"]);
  const relay = member.actor("relay", { type: "Application" });
  expect((await member.ask(uri(link), relay)).status).toBe(200);

  const nobody = [await stranger.ask(uri(link), eve), await member.ask(uri(link), member.actor("neighbour"))];
  const absent = await read(uri(newId()));
  for (const { status, json } of [...nobody, await read(uri(link))])
    expect([status, json]).toEqual([absent.status, absent.json]);

  await deleteResource(db(), ada.viewer, link);
  expect(await member.ask(uri(link), ann)).toMatchObject({
    status: 410,
    json: { id: uri(link), type: "Tombstone", formerType: "Document" },
  });
  expect((await stranger.ask(uri(link), eve)).status).toBe(404);
  const { memberships } = schema;
  await db().update(memberships).set({ state: "left" }).where(eq(memberships.groupId, group));
  expect((await member.ask(uri(folder), ann)).status).toBe(404);
});

it("all of a group are told to its members' servers page by page, a folder before what lies in it, and to nobody else", async () => {
  const { memberships, resources } = schema;
  await db().update(memberships).set({ state: "member" }).where(eq(memberships.groupId, group));
  await db().delete(resources);
  const link = await put("link", "First");
  const folder = await put("folder", "Then");
  await moveResource(db(), ada.viewer, link, { folder });
  for (let count = 1; count < 20; count++) await put("link", `Number ${count}`);
  const told: string[] = [];
  let pages = 0;
  for (let url: string | undefined = `${served.origin}/@atelier/resources/first`; url; pages++) {
    const { json } = await member.ask(url, ann);
    expect(json.totalItems).toBe(21);
    told.push(...(json.orderedItems as { id: string }[]).map(({ id }) => id));
    url = json.next as string | undefined;
  }
  expect([pages, told.length, told[0], told.at(-1)]).toEqual([2, 21, uri(folder), uri(link)]);
  const { json } = await stranger.ask(`${served.origin}/@atelier/resources`, eve);
  expect([json.totalItems, JSON.stringify(json)]).toEqual([0, expect.not.stringContaining("Canary")]);
});
