import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { createActor } from "#lib/actor/commands.ts";
import { makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { getBoard } from "#lib/notification/board/queries.ts";
import { operator, type Viewer, visitor } from "#lib/policy/viewer.ts";
import { createEvent, deleteEvent } from "./commands.ts";
import { listElsewhere } from "./desk/queries.ts";
import type { EventInput } from "./input.ts";
import { getEvent, listByOrganizer } from "./queries.ts";
import { listOrganizerFeed } from "./search/queries.ts";

let base: TestDatabase;
let organizerId: string;

beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
  organizerId = (await createActor(base.db, operator, { handle: "velo", name: "Vélo Lyon" })).id;
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const ride: EventInput = {
  name: "Tour de nuit",
  timezone: "Europe/Paris",
  startWall: "2090-06-05T21:00:00",
  attendanceMode: "mixed",
  onlineUrl: "https://meet.example/secret",
  place: {
    name: "Chez Anaïs",
    streetAddress: "3 rue Secrète",
    addressLocality: "Lyon",
    latitude: 45.7,
    longitude: 4.8,
  },
  state: "published",
};
const make = (input: Partial<EventInput> = {}, organizer = organizerId) =>
  createEvent(base.db, operator, organizer, { ...ride, ...input });
const another = async (handle: string) => (await createActor(base.db, operator, { handle, name: handle })).id;

const boardOf = (event: { id: string; organizerId: string }) => getBoard(base.db, { ...event, waitingList: false });

it("a group elsewhere has at its desk also what its own server holds", async () => {
  const group = await makeGroup(base.db, { host: "club.example" });
  const uri = "https://club.example/events/1";
  await base.db
    .update(schema.events)
    .set({ organizerId: group, uri })
    .where(eq(schema.events.id, await make()));
  expect(await listElsewhere(base.db, group)).toMatchObject([
    { author: "Les Bricoleuses", host: "club.example", home: true },
  ]);
});

describe("one event", () => {
  it("comes with its organiser and its place", async () => {
    const found = await getEvent(base.db, visitor, await make());
    expect(found).toMatchObject({
      event: { name: "Tour de nuit", onlineUrl: "https://meet.example/secret", locality: "Lyon" },
      organizer: { handle: "velo", name: "Vélo Lyon" },
      place: { streetAddress: "3 rue Secrète" },
      cover: null,
    });
  });

  it("tells nobody the place or the online address where they are kept back, by whatever door", async () => {
    const host = await another("discreet");
    // The canary shows that it would be seen: the same event, told to everybody.
    const open = JSON.stringify([await getEvent(base.db, visitor, await make({}, host))]);
    expect(open).toMatch(/Secr.*te|secret/);
    const id = await make({ placeDisclosure: "accepted", onlineDisclosure: "accepted" }, host);
    const kept = [
      await getEvent(base.db, visitor, id),
      (await listByOrganizer(base.db, host, { past: false, limit: 9 })).filter((one) => one.id === id),
      (await listOrganizerFeed(base.db, host, new Date(0))).filter((one) => one.id === id),
      (await boardOf({ id: newId(), organizerId: host })).related.filter((one) => one.id === id),
    ];
    for (const seen of kept) {
      expect(JSON.stringify(seen)).toContain(id);
      expect(JSON.stringify(seen)).not.toMatch(/Secr|secret|Anaïs|Lyon|45\.7/);
    }
  });

  it("is absent for those who may not see it, and for what is no id", async () => {
    const draft = await make({ state: "draft" });
    const followers = await make({ visibility: "followers" });
    const hidden = await make();
    await base.db.execute(sql`update events set hidden_at = now() where id = ${hidden}`);
    const owner: Viewer = { kind: "account", accountId: newId(), role: "member", actorIds: [organizerId] };
    for (const id of [draft, followers, hidden]) {
      expect(await getEvent(base.db, visitor, id)).toBe(null);
      expect((await getEvent(base.db, owner, id))?.event.id).toBe(id);
    }
    for (const id of [newId(), "", "nope", `${draft}'`, "%00", "0"])
      expect(await getEvent(base.db, visitor, id)).toBe(null);
  });

  it("leaves a tombstone, unless nobody was to know of it", async () => {
    const [id, secret] = [await make(), await make({ visibility: "followers" })];
    for (const one of [id, secret]) await deleteEvent(base.db, operator, one);
    expect((await getEvent(base.db, visitor, id))?.event).toMatchObject({ state: "deleted", name: "Tour de nuit" });
    expect(await getEvent(base.db, visitor, secret)).toBe(null);
  });
});

describe("what somebody organises", () => {
  const names = (rows: { name: string }[]) => rows.map(({ name }) => name);

  it("comes in pages without a gap or a double, to come first first and past last first", async () => {
    const host = await another("regular");
    const day = (at: number) => `${String(1 + at).padStart(2, "0")}T19:00:00`;
    // Three start at the same instant: the id alone tells them apart.
    for (let at = 0; at < 7; at++)
      await make({ name: `to come ${at}`, startWall: `2090-01-${day(Math.min(at, 4))}` }, host);
    for (let at = 0; at < 5; at++) await make({ name: `past ${at}`, startWall: `2020-01-${day(at)}` }, host);
    for (const past of [false, true]) {
      const whole = await listByOrganizer(base.db, host, { past, limit: 50 });
      const pages = [];
      for (let after: { startTime: Date; id: string } | undefined; ; ) {
        const page = await listByOrganizer(base.db, host, { past, after, limit: 2 });
        if (page.length === 0) break;
        pages.push(...page);
        after = { startTime: page.at(-1)!.startTime, id: page.at(-1)!.id };
      }
      expect(pages).toEqual(whole);
      expect(new Set(names(whole)).size).toBe(past ? 5 : 7);
      expect(names(whole)[0]).toBe(past ? "past 4" : "to come 0");
    }
  });

  it("counts what runs as to come until it ends, and lists nothing that is unlisted, called back or a draft", async () => {
    const host = await another("careful");
    const running = await make(
      { name: "running", startWall: "2020-01-01T10:00:00", endWall: "2090-01-01T10:00:00" },
      host,
    );
    await make({ name: "unlisted", visibility: "unlisted" }, host);
    await make({ name: "draft", state: "draft" }, host);
    await deleteEvent(base.db, operator, await make({ name: "gone" }, host));
    expect((await listByOrganizer(base.db, host, { past: false, limit: 9 })).map(({ id }) => id)).toEqual([running]);
    expect(await listByOrganizer(base.db, host, { past: true, limit: 9 })).toEqual([]);
  });

  it("names three others of the same organiser, soonest first, never itself or what is over", async () => {
    const host = await another("prolific");
    const self = await make({ name: "self", startWall: "2090-01-01T19:00:00" }, host);
    await make({ name: "past", startWall: "2020-01-01T19:00:00" }, host);
    for (const month of ["05", "03", "04", "06"])
      await make({ name: month, startWall: `2090-${month}-01T19:00:00` }, host);
    expect(names((await boardOf({ id: self, organizerId: host })).related)).toEqual(["03", "04", "05"]);
  });
});
