import { eq, sql } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { drawnFrom } from "#lib/actor/queries.ts";
import { renewMirror } from "#lib/event/mirror/commands.ts";
import { lastChange } from "#lib/event/search/queries.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { makeGroup } from "#lib/group/testing.ts";
import { getPicture } from "#lib/media/queries.ts";
import { operator, visitor } from "#lib/policy/viewer.ts";
import { actorDocument } from "../actors.ts";
import { judgePeer } from "../peers/judgement.ts";
import { type Json, Peer } from "../testing/peer.ts";
import { type Served, serveFederation } from "../testing/server.ts";
import { lookUp } from "./lookup.ts";
import { fetchPictures } from "./pictures.ts";
import { refreshMirror } from "./refresh.ts";

let served: Served;
let peer: Peer;
const { actors, events } = schema;
const db = () => served.base.db;
beforeAll(async () => {
  peer = await new Peer().start();
  served = await serveFederation(() => [peer.host]);
});
afterAll(async () => {
  await served.stop();
  await peer.stop();
});

let count = 0;
async function kept(name: string) {
  const path = `/events/${++count}`;
  const event: Json = {
    ...{ "@context": "https://www.w3.org/ns/activitystreams", type: "Event", id: `${peer.origin}${path}`, name },
    ...{ startTime: "2030-06-01T20:00:00Z", endTime: "2030-06-01T23:00:00Z", attributedTo: peer.actor(name) },
    ...{ to: ["https://www.w3.org/ns/activitystreams#Public"], updated: "2026-01-01T00:00:00Z" },
  };
  peer.documents.set(path, event);
  const id = (await lookUp(db(), event.id as string)).replace("/events/", "");
  const row = async () => (await db().select().from(events).where(eq(events.id, id)))[0]!;
  const age = (interval: string) =>
    db().execute(sql`update events set fetched_at = now() - ${interval}::interval, asked_at = null where id = ${id}`);
  const says = (document: Json | number) => peer.documents.set(path, document);
  return { id, event, row, age, says };
}
const orders = async (id: string) =>
  (await db().execute(sql`select 1 from pgboss.job where name = 'mirror' and data->>'eventId' = ${id}`)).length;

describe("an event of another server", () => {
  it("that somebody looks at is asked for again when it is older than a day, once, and says what it says now", async () => {
    const { id, event, row, age, says } = await kept("ada");
    await renewMirror(db(), await row());
    expect(await orders(id)).toBe(0);
    await age("25 hours");
    await Promise.all(Array.from({ length: 5 }, async () => renewMirror(db(), await row())));
    expect(await orders(id)).toBe(1);
    const before = await lastChange(db());
    says({ ...event, name: "Ada, elsewhere", updated: "2026-02-01T00:00:00Z" });
    await refreshMirror(db(), id);
    expect((await row()).name).toBe("Ada, elsewhere");
    expect((await row()).fetchedAt!.getTime()).toBeGreaterThan(Date.now() - 60_000);
    // Feeds that were read before are read again, although that server dates its words back.
    expect((await lastChange(db())).getTime()).toBeGreaterThan(before.getTime());
    await age("25 hours");
    await refreshMirror(db(), id);
    expect((await row()).fetchedAt!.getTime(), "unchanged words count as well").toBeGreaterThan(Date.now() - 60_000);
  });

  it("is gone when its server says so, or knows nothing of it three times in a row; not when it is away", async () => {
    const gone = await kept("bea");
    const before = await lastChange(db());
    gone.says(410);
    await refreshMirror(db(), gone.id);
    expect((await gone.row()).state).toBe("deleted");
    expect((await lastChange(db())).getTime(), "feeds go on without it").toBeGreaterThan(before.getTime());
    const stone = await kept("cleo");
    stone.says({ "@context": "https://www.w3.org/ns/activitystreams", id: stone.event.id, type: "Tombstone" });
    await refreshMirror(db(), stone.id);
    expect((await stone.row()).state).toBe("deleted");

    const lost = await kept("dora");
    const state = async () => (await lost.row()).state;
    const twice = async (answer: number) => {
      lost.says(answer);
      for (let time = 0; time < 2; time++) await refreshMirror(db(), lost.id);
    };
    await twice(404);
    expect(await state()).toBe("published");
    lost.says(lost.event);
    await refreshMirror(db(), lost.id);
    await twice(500);
    await twice(404);
    expect(await state()).toBe("published");
    await refreshMirror(db(), lost.id);
    expect(await state()).toBe("deleted");
  });

  it("cannot become another's, or another thing, by being asked for", async () => {
    const { id, event, row, says } = await kept("eve");
    says({ ...event, id: `${peer.origin}/events/999`, name: "Another" });
    await refreshMirror(db(), id);
    says({ ...event, attributedTo: peer.actor("mallory"), name: "Mallory’s" });
    await refreshMirror(db(), id);
    expect((await row()).name).toBe("eve");
  });
});

describe("a group of another server", () => {
  it("looks as it does at home: its town, colour and cover, and its pictures, kept here, as they are there now", async () => {
    const id = await makeGroup(db(), { handle: "atelier", locality: "Lyon" });
    const [home] = await db().select().from(actors).where(eq(actors.id, id));
    const { location, tone, seed } = await actorDocument(db(), home!);
    const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#065e47" } })
      .png()
      .toBuffer();
    for (const path of ["/icon.png", "/banner.png", "/icon-2.png"]) peer.documents.set(path, (res) => res.end(png));
    const picture = (path: string) => ({ type: "Image", url: `${peer.origin}${path}` });
    const known = async (change: Json) => {
      const there = { type: "Group", location, tone, seed, icon: picture("/icon.png"), ...change };
      await lookUp(db(), peer.actor("atelier", there));
      const uri = eq(actors.uri, peer.uri("atelier"));
      const [kept] = await db().select().from(actors).where(uri);
      await fetchPictures(db(), kept!.id);
      return (await db().select().from(actors).where(uri))[0]!;
    };
    const first = await known({ image: picture("/banner.png") });
    expect(first).toMatchObject({ locality: "Lyon", tone: toneOf({ tone: null, organizer: home! }) });
    expect(drawnFrom(first)).toBe(drawnFrom(home!));
    for (const one of [first.iconId, first.imageId])
      expect(await getPicture(db(), visitor, one!)).toMatchObject({ remote: true, open: true });
    const again = await known({ image: picture("/banner.png") });
    expect([again.iconId, again.imageId]).toEqual([first.iconId, first.imageId]);
    expect(peer.asked.filter((one) => one.endsWith(".png"))).toHaveLength(2);
    const later = await known({ icon: picture("/icon-2.png"), image: picture("/nothing.png") });
    expect([later.iconId === first.iconId, later.iconId === null, later.imageId]).toEqual([false, false, null]);
    await judgePeer(db(), operator, { host: peer.host, standing: "limited" });
    expect(await known({ image: picture("/banner.png") })).toMatchObject({ iconId: null, imageId: null });
    await judgePeer(db(), operator, { host: peer.host, standing: "open" });
    expect((await known({})).iconId).not.toBeNull();
  });

  it("that says nothing of how it looks has the same colour and cover on every server", async () => {
    await lookUp(db(), peer.actor("plain", { type: "Group", tone: "mauve", seed: 7, location: "https://x.example" }));
    const [row] = await db()
      .select()
      .from(actors)
      .where(eq(actors.uri, peer.uri("plain")));
    const tone = toneOf({ tone: null, organizer: { id: peer.uri("plain"), tone: null } });
    expect(row).toMatchObject({ tone, seed: null, locality: null });
    expect(drawnFrom(row!)).toBe(peer.uri("plain"));
  });
});
