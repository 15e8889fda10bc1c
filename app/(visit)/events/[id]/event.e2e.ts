import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "#bin/testing/browser.ts";
import { type Instance, startInstance } from "#bin/testing/instance.ts";
import { type Connection, connect, schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { sessionCookieName } from "#lib/auth/cookie.ts";
import { enrol } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { makeEvent } from "#lib/participation/testing.ts";

let instance: Instance;
let base: Connection;
let organizerId: string;
const handle = "atelier_rhone";
beforeAll(async () => {
  instance = await startInstance();
  base = connect(instance.databaseUrl!);
  organizerId = newId();
  await base.db.insert(schema.actors).values({ id: organizerId, type: "Group", handle, name: "Atelier du Rhône" });
});
afterAll(async () => {
  await base?.close();
  await instance?.stop();
});

const hour = 3_600_000;
const make = (change: object = {}) => makeEvent(base.db, { organizerId, ...change });
const get = (path: string, headers: Record<string, string> = {}) => fetch(instance.url + path, { headers });
const page = async (id: string) => (await get(`/events/${id}`)).text();
const doors = ["", "/event.ics", "/card.png", "/share", "/qr.svg"];

describe("an event's page", () => {
  const ago = (hours: number) => new Date(Date.now() - hours * hour);
  it.each([
    ["This event is called off", { status: "cancelled", cancellationMessage: "The hall is flooded." }],
    ["The date is not confirmed yet", { status: "tentative" }],
    ["This event is over", { startTime: ago(5), endTime: ago(3) }],
    ["On now, until", { startTime: ago(1), endTime: new Date(Date.now() + hour) }],
    ["The date has moved", { previousStartTime: ago(50) }],
    ["All places are taken", { maximumAttendeeCapacity: 3, seatsTaken: 3 }],
  ])("says first: %s", async (sentence, change) => {
    const main = (await page((await make(change)).id)).split("<main")[1]!;
    const at = [">Repair café<", sentence, ">When<", 'id="join"'].map((words) => main.indexOf(words));
    expect(at).not.toContain(-1);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
  });

  it("is shown whatever stands where its text is cut for links", async () => {
    const { id } = await make({ content: `${"x".repeat(499)}🎈`, contact: "🎈" });
    expect((await get(`/events/${id}`)).status).toBe(200);
  });

  it("leads to no door that is shut: other servers and the host know nothing of what is for members", async () => {
    const { actor, session } = await person(base.db, "zoe");
    await enrol(base.db, organizerId, { memberId: actor.id });
    const seen = async (visibility: string) => {
      const cookie = `${sessionCookieName()}=${session}`;
      return (await get(`/events/${(await make({ visibility })).id}`, { cookie })).text();
    };
    const doors = ["/own-server", "/report?"];
    const [open, inner] = [await seen("public"), await seen("members")];
    expect(doors.filter((door) => !open.includes(door))).toEqual([]);
    expect(inner).toContain("h-event");
    expect(doors.filter((door) => inner.includes(door))).toEqual([]);
  });

  it("keeps its place to those who are accepted, by whatever door", async () => {
    const place = { id: newId(), name: "Chez Anaïs", streetAddress: "3 rue Secrète", addressLocality: "Lyon" };
    await base.db.insert(schema.places).values(place);
    const where = { placeId: place.id, onlineUrl: "https://meet.example/canary", attendanceMode: "mixed" };
    const all = async (id: string) =>
      Promise.all([
        page(id),
        ...["event.ics", "share"].map(async (door) => (await get(`/events/${id}/${door}`)).text()),
      ]);
    const [placeDisclosure, onlineDisclosure] = ["accepted", "accepted"];
    const told = async (kept: object) => (await all((await make({ ...where, ...kept })).id)).join();
    expect(await told({})).toMatch(/rue Secrète/);
    expect(await told({ placeDisclosure, onlineDisclosure })).not.toMatch(/Anaïs|Secr|canary|Lyon/);
    expect(await told({ placeDisclosure })).not.toMatch(/Anaïs|Secr|Lyon/);
    const room = await told({ onlineDisclosure });
    expect(room).toMatch(/rue Secrète/);
    expect(room).not.toMatch(/canary/);
  });

  it("names the reader's own time only where it differs, and only with script", async () => {
    const { id } = await make();
    const browser = await openBrowser();
    const seen: Record<string, number> = {};
    for (const [timezoneId, javaScriptEnabled] of [
      ["Europe/Paris", true],
      ["Asia/Kathmandu", true],
      ["Pacific/Apia", false],
    ] as const) {
      const context = await browser.newContext({ timezoneId, javaScriptEnabled, locale: "en-GB" });
      const tab = await context.newPage();
      await tab.goto(`${instance.url}/events/${id}`, { waitUntil: "networkidle" });
      seen[timezoneId] = await tab.getByText("your time").count();
      await context.close();
    }
    await browser.close();
    expect(seen).toEqual({ "Europe/Paris": 0, "Asia/Kathmandu": 1, "Pacific/Apia": 0 });
  });

  it("prints as a poster on one sheet of A5", async () => {
    const { id } = await make({ content: "Bring what is broken. ".repeat(20), facts: { price: { free: true } } });
    const browser = await openBrowser();
    const tab = await browser.newPage();
    await tab.goto(`${instance.url}/events/${id}`);
    const pdf = (await tab.pdf({ preferCSSPageSize: true })).toString("latin1");
    await browser.close();
    expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!.map(Number);
    expect([Math.round(width! / 2.8346), Math.round(height! / 2.8346)]).toEqual([148, 210]);
  });
});

describe("what others are told of an event", () => {
  const meta = (html: string, name: string) =>
    new RegExp(`(?:property|name)="${name}" content="([^"]*)"`).exec(html)?.[1];

  it("has a picture always, one address for what it shows, and another when that changes", async () => {
    const event = await make({ name: "Łódź 🎈" });
    const before = meta(await page(event.id), "og:image")!;
    const answer = await fetch(before);
    expect(answer.headers.get("cache-control")).toContain("immutable");
    const image = sharp(Buffer.from(await answer.arrayBuffer()));
    expect(await image.metadata()).toMatchObject({ format: "png", width: 1200, height: 630 });
    await base.db.update(schema.events).set({ name: "Lyon" }).where(eq(schema.events.id, event.id));
    const after = meta(await page(event.id), "og:image")!;
    expect(after).not.toBe(before);
    expect((await fetch(before)).headers.get("cache-control")).not.toContain("immutable");
  });

  it("names its address and its calendar entry; an unlisted one stays out of indexes", async () => {
    const [open, quiet] = [await make(), await make({ visibility: "unlisted" })];
    const html = await page(open.id);
    expect(html).toContain(`<link rel="canonical" href="${instance.url}/events/${open.id}"/>`);
    expect(html).toContain(`type="text/calendar" href="${instance.url}/events/${open.id}/event.ics"`);
    expect([meta(html, "twitter:card"), meta(html, "robots")]).toEqual(["summary_large_image", undefined]);
    // In the head, where other sites look, and nowhere else: no browser reads it.
    expect(html.split("</head>").map((part) => part.includes("og:title"))).toEqual([true, false]);
    expect(meta(await page(quiet.id), "robots")).toContain("noindex");
  });

  it("is a calendar entry that is asked for again in vain until it changes", async () => {
    const event = await make();
    const path = `/events/${event.id}/event.ics`;
    const first = await get(path);
    const text = await first.text();
    expect(text).toContain(`UID:${event.uid}\r\nDTSTAMP`);
    expect(text).toContain("METHOD:PUBLISH\r\n");
    const known = { "If-None-Match": first.headers.get("etag")! };
    expect((await get(path, known)).status).toBe(304);
    await base.db.update(schema.events).set({ status: "cancelled", sequence: 1 }).where(eq(schema.events.id, event.id));
    const second = await get(path, known);
    expect(second.status).toBe(200);
    expect(await second.text()).toMatch(/METHOD:CANCEL\r\n.*SEQUENCE:1\r\n.*STATUS:CANCELLED\r\n/s);
  });

  it("is gone from every door once removed, with its name and nothing else; what never was is not found", async () => {
    const content = "Anaïs told us about the canary.";
    const gone = await make({ state: "deleted", deletedAt: new Date(), content, contact: "Anaïs" });
    for (const door of doors) {
      const answer = await get(`/events/${gone.id}${door}`);
      expect([door, answer.status]).toEqual([door, 410]);
      expect(await answer.text()).not.toMatch(/Anaïs|canary/);
    }
    const html = await page(gone.id);
    expect(html).toContain("Repair café");
    expect(meta(html, "robots")).toContain("noindex");
    for (const id of [newId(), "nope", "%F0%9F%8E%88"])
      for (const door of doors) expect((await get(`/events/${id}${door}`)).status).toBe(404);
  });
});

describe("the page of who organises", () => {
  it("lists what is to come and what is past, and is a calendar and a feed, however its name is spelt", async () => {
    const mine = newId();
    await base.db
      .insert(schema.actors)
      .values({ id: mine, type: "Person", handle: "ann", name: "Ann", summary: "**Hi.**" });
    await make({ organizerId: mine, name: "To come" });
    const then = new Date(Date.now() - 48 * hour);
    await make({ organizerId: mine, name: "Long over", startTime: then, endTime: new Date(then.getTime() + hour) });
    const [now, past] = await Promise.all(["/@ann", "/@Ann?when=past"].map(async (path) => (await get(path)).text()));
    expect([now!.includes("To come"), now!.includes("Long over")]).toEqual([true, false]);
    expect([past!.includes("To come"), past!.includes("Long over")]).toEqual([false, true]);
    expect(await (await get("/@Ann/events.ics")).text()).toContain("SUMMARY:To come\r\n");
    expect(await (await get("/@Ann/events.atom")).text()).toContain("<title>To come");
  });

  it("is gone when suspended, absent when nobody, and has one address only", async () => {
    const id = newId();
    await base.db
      .insert(schema.actors)
      .values({ id, type: "Person", handle: "mallory", name: "M", suspendedAt: new Date() });
    for (const door of ["", "/events.ics", "/events.atom"]) {
      expect([door, (await get(`/@mallory${door}`)).status]).toEqual([door, 410]);
      expect([door, (await get(`/@nobody_here${door}`)).status]).toEqual([door, 404]);
      expect([door, (await get(`/actors/${handle}${door}`)).status]).toEqual([door, 404]);
    }
  });
});
