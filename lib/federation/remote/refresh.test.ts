import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { renewMirror } from "#lib/event/mirror/commands.ts";
import { lastChange } from "#lib/event/search/queries.ts";
import { type Json, Peer } from "../testing/peer.ts";
import { type Served, serveFederation } from "../testing/server.ts";
import { lookUp } from "./lookup.ts";
import { refreshMirror } from "./refresh.ts";

let served: Served;
let peer: Peer;
const { events } = schema;
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
    gone.says(410);
    await refreshMirror(db(), gone.id);
    expect((await gone.row()).state).toBe("deleted");
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
