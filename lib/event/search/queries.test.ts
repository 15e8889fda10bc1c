import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { newId } from "#lib/ids.ts";
import { instantsOf, tzdata, type Wall } from "#lib/time.ts";
import { loosened } from "./criteria.ts";
import { cursorOf, parseSearch } from "./input.ts";
import { type Criteria, countAlternatives, listEvents, listForSitemap, sitemapBreaks } from "./queries.ts";
import { windowOf } from "./window.ts";

const now = new Date("2026-11-23T12:00:00Z");
const organizerId = newId();
let base: TestDatabase;

type Sample = Partial<typeof schema.events.$inferInsert> & { name: string };

async function publish(samples: Sample[]): Promise<void> {
  const rows = samples.map((sample, at) => {
    const startWall = (sample.startWall as Wall) ?? `2026-12-${String(1 + (at % 28)).padStart(2, "0")}T19:00:00`;
    const typed = {
      startWall,
      endWall: sample.endWall ?? null,
      timezone: sample.timezone ?? "Europe/Paris",
      allDay: sample.allDay ?? false,
    };
    const id = newId();
    return {
      id,
      uid: id,
      organizerId,
      state: "published",
      language: "und",
      ...typed,
      ...instantsOf(typed),
      tzdata: tzdata(),
      ...sample,
    };
  });
  await base.db.insert(schema.events).values(rows);
}

async function find(params: Record<string, string>, near: Criteria["near"] = null, limit = 30) {
  const { search } = parseSearch(params);
  return listEvents(base.db, { ...search, near, window: windowOf(search, "Europe/Paris", now) }, limit);
}
const names = async (params: Record<string, string>, near: Criteria["near"] = null) =>
  (await find(params, near)).events.map(({ name }) => name);

beforeAll(async () => {
  base = await testDatabase();
  await base.db.insert(schema.actors).values({ id: organizerId, type: "Group", handle: "square", name: "La Place" });
  await publish([
    { name: "Atelier vélos", language: "fr", content: "On répare ensemble les bicyclettes de chacun." },
    {
      name: "Running club",
      language: "en",
      content: "We run along the canal. Runners of all levels.",
      category: "SPORTS",
    },
    { name: "Fahrradwerkstatt", language: "de", content: "Wir reparieren alte Fahrräder.", tags: ["Werkstatt"] },
    { name: "Straßenfest in Łódź", language: "de", content: "Größe zählt nicht." },
    { name: "鴨川ゆっくり散歩と湯豆腐", language: "ja" },
    { name: "100% coton", language: "fr", content: "Tissus & boutons" },
    {
      name: "Concert : l’été en hiver",
      language: "fr-CA",
      content: "Piano",
      category: "MUSIC",
      tags: ["piano", "Jazz"],
    },
    { name: "Online reading", language: "en", attendanceMode: "online" },
    {
      name: "Debate, here and online",
      language: "en",
      attendanceMode: "mixed",
      locality: "Lyon",
      latitude: 45.76,
      longitude: 4.84,
    },
    { name: "Off", status: "cancelled" },
    { name: "Fiji picnic", latitude: -17.8, longitude: 179.9, timezone: "Pacific/Fiji" },
    { name: "Taveuni walk", latitude: -17.8, longitude: -179.9, timezone: "Pacific/Fiji" },
    { name: "North Pole party", latitude: 89.9, longitude: 20 },
    { name: "Exhibition", startWall: "2026-10-01T10:00:00", endWall: "2026-12-24T18:00:00" },
    { name: "Over by noon", startWall: "2026-11-23T09:00:00", endWall: "2026-11-23T12:59:00" },
    { name: "At this moment", startWall: "2026-11-23T12:00:00", endWall: "2026-11-23T15:00:00" },
    { name: "Tonight", startWall: "2026-11-23T20:00:00" },
    { name: "Saturday", startWall: "2026-11-28T10:00:00" },
    { name: "A draft", state: "draft" },
    { name: "For those with the link", visibility: "unlisted" },
    { name: "Hidden by the host", hiddenAt: now },
  ]);
});
afterAll(() => base?.drop());

describe("words", () => {
  it.each([
    ["velo", "Atelier vélos"],
    ["VÉLOS", "Atelier vélos"],
    ["vélo", "Atelier vélos"],
    ["reparer", "Atelier vélos"],
    ["bicyclette", "Atelier vélos"],
    ["run", "Running club"],
    ["runs", "Running club"],
    ["Fahrrad", "Fahrradwerkstatt"],
    ["Fahrrädern", "Fahrradwerkstatt"],
    ["strassenfest", "Straßenfest in Łódź"],
    ["lodz", "Straßenfest in Łódź"],
    ["l'été", "Concert : l’été en hiver"],
    ["ete hiver", "Concert : l’été en hiver"],
    ["conc", "Concert : l’été en hiver"],
    ["atelier vél", "Atelier vélos"],
    ["lyon", "Debate, here and online"],
    ["jazz", "Concert : l’été en hiver"],
    ["100%", "100% coton"],
    ["鴨川", "鴨川ゆっくり散歩と湯豆腐"],
  ])("finds %s whatever the accents, endings and spelling", async (q, name) => {
    const found = await find({ q });
    expect(found.similar).toBe(false);
    expect(found.events.map((event) => event.name)).toContain(name);
  });

  it.each([
    ["fahradwerkstat", "Fahrradwerkstatt"],
    ["exibition", "Exhibition"],
    ["concret", "Concert : l’été en hiver"],
  ])("shows what looks like %s when nothing has it", async (q, name) => {
    const found = await find({ q });
    expect(found.similar).toBe(true);
    // What looks like the words must fit the rest as well.
    expect((await find({ q: "runing clubb", category: "MUSIC" })).events).toEqual([]);
    expect((await find({ q: "runing clubb", category: "SPORTS" })).similar).toBe(true);
    expect(found.total.known).toBe(0);
    expect(found.events[0]?.name).toBe(name);
  });

  it("understands quotes, minus and or", async () => {
    expect(await names({ q: '"along the canal"' })).toEqual(["Running club"]);
    expect((await find({ q: '"canal the along"' })).total.known).toBe(0);
    expect((await names({ q: "vélos or picnic" })).sort()).toEqual(["Atelier vélos", "Fiji picnic"]);
    expect(await names({ q: "online -debate" })).toEqual(["Online reading"]);
  });

  it.each([
    "%",
    "_",
    "'",
    '"',
    "''; drop table events; --",
    "\\",
    ":*",
    "a & | ! <->",
    "() ((",
    "🎈",
    "ŉ",
    "½",
    "\ufdfa",
    "-",
    "or or or",
  ])("takes %s as text", async (q) => {
    await expect(find({ q })).resolves.toBeDefined();
    expect((await find({ q: "velo" })).total.known).toBe(1);
  });

  it("reads the beginning of a whole page, and says so", async () => {
    const { search, ignored } = parseSearch({ q: "vélo ".repeat(2_000) });
    expect(search.q!.length).toBeLessThanOrEqual(200);
    expect(ignored).toEqual(["q"]);
    expect(await names({ q: "vélo ".repeat(2_000) })).toEqual(["Atelier vélos"]);
  });
});

describe("place", () => {
  it("finds what is near, to the kilometre", async () => {
    expect(await names({}, { latitude: 45.76, longitude: 4.9, radius: 5 })).toEqual(["Debate, here and online"]);
    expect(await names({}, { latitude: 45.76, longitude: 4.9, radius: 4 })).toEqual([]);
  });
  it("goes across the antimeridian and around the poles", async () => {
    const both = ["Fiji picnic", "Taveuni walk"];
    expect((await names({}, { latitude: -17.8, longitude: 179.99, radius: 25 })).sort()).toEqual(both);
    expect((await names({}, { latitude: -17.8, longitude: -179.99, radius: 25 })).sort()).toEqual(both);
    expect(await names({}, { latitude: 89.9, longitude: -160, radius: 25 })).toEqual(["North Pole party"]);
    expect(await names({}, { latitude: -90, longitude: 0, radius: 500 })).toEqual([]);
  });
});

describe("filters", () => {
  it("joins them with and", async () => {
    expect(await names({ category: "MUSIC" })).toEqual(["Concert : l’été en hiver"]);
    expect(await names({ tag: "JAZZ" })).toEqual(["Concert : l’été en hiver"]);
    expect(await names({ tag: "werkstatt" })).toEqual(["Fahrradwerkstatt"]);
    expect(await names({ language: "fr" })).toHaveLength(3);
    expect((await names({ mode: "online" })).sort()).toEqual(["Debate, here and online", "Online reading"]);
    expect(await names({ mode: "offline" })).not.toContain("Online reading");
    expect(await names({ mode: "offline" })).toContain("Debate, here and online");
    expect(await names({ status: "cancelled" })).toEqual(["Off"]);
    expect(await names({ q: "piano", category: "MUSIC", language: "fr", tag: "Jazz" })).toHaveLength(1);
    expect(await names({ q: "piano", category: "SPORTS" })).toEqual([]);
  });

  it("never lists drafts, unlisted and hidden events", async () => {
    const all = [...(await names({})), ...(await names({ when: "past" }))];
    for (const name of ["A draft", "For those with the link", "Hidden by the host"]) expect(all).not.toContain(name);
    expect((await find({ q: "draft" })).events.map(({ name }) => name)).not.toContain("A draft");
  });
});

describe("time", () => {
  it("gives search engines this server’s own events alone: those of others have their own addresses", async () => {
    const far = { name: "Far away", startWall: "2026-12-30T19:00:00" };
    await publish([{ ...far, uri: "https://far.example/events/1" }]);
    const [{ id } = { id: "" }] = await base.db.select().from(schema.events).where(eq(schema.events.name, far.name));
    const listed = (await listForSitemap(base.db, null, 500)).map((one) => one.id);
    const breaks = (await sitemapBreaks(base.db, 1)).map((one) => one.id);
    await base.db.delete(schema.events).where(eq(schema.events.id, id));
    expect([listed.length > 0, listed.includes(id), breaks]).toEqual([true, false, listed]);
  });

  it("lists what runs first, until it ends, then what starts later", async () => {
    expect((await names({})).slice(0, 4)).toEqual(["Exhibition", "At this moment", "Tonight", "Saturday"]);
    expect(await names({ when: "now" })).toEqual(["Exhibition", "At this moment"]);
    expect(await names({ when: "today" })).toEqual(["Exhibition", "At this moment", "Tonight"]);
    expect(await names({ when: "weekend" })).toEqual(["Exhibition", "Saturday"]);
    expect(await names({ when: "past" })).toEqual(["Over by noon"]);
    expect(await names({ from: "2026-11-23", to: "2026-11-23" })).toEqual([
      "Exhibition",
      "Over by noon",
      "At this moment",
      "Tonight",
    ]);
  });

  it("gives each event once over all pages, in order, and says how many there are", async () => {
    const everything = await find({}, null, 100);
    expect(everything.total).toEqual({ known: everything.events.length, exact: true });
    const seen: string[] = [];
    let after = "";
    for (let page = 0; page < 20; page++) {
      const { events, more } = await find({ after }, null, 3);
      seen.push(...events.map(({ id }) => id));
      if (!more) break;
      after = cursorOf(events.at(-1)!);
    }
    expect(seen).toEqual(everything.events.map(({ id }) => id));
  });

  it("counts what each other filter would give", async () => {
    const { search } = parseSearch({ q: "piano", category: "SPORTS" });
    const criteria = { ...search, near: null, window: windowOf(search, "Europe/Paris", now) };
    const counts = await countAlternatives(base.db, [
      { name: "q", criteria: { ...criteria, q: undefined } },
      { name: "category", criteria: { ...criteria, category: undefined } },
    ]);
    expect(counts).toEqual([
      { name: "q", known: 1, exact: true },
      { name: "category", known: 1, exact: true },
    ]);
  });

  it("finds what to do without where two filters fit nothing", async () => {
    const { search } = parseSearch({ q: "zzzxqwv", category: "SPORTS", mode: "online" });
    const criteria = { ...search, near: null, window: windowOf(search, "Europe/Paris", now) };
    const counts = await countAlternatives(base.db, loosened(search, criteria, now));
    expect(counts.filter(({ known }) => known > 0).map(({ name }) => name)).toEqual(["q category", "q mode"]);
    expect(counts).toContainEqual({ name: "q mode", known: 1, exact: true });
  });
});

it("reads a search from an address, and leaves out what it does not understand", () => {
  const { params, ignored, search } = parseSearch({
    q: ["  deux  ", "x"],
    near: "48.85, 2.35",
    radius: "9999",
    when: "someday",
    from: "2026-02-30",
    category: "music",
    mode: "online",
    after: "'",
    surprise: "1",
  });
  expect(params).toEqual({ q: "deux", near: "48.85, 2.35", mode: "online" });
  expect(search.near).toEqual({ latitude: 48.85, longitude: 2.35 });
  expect(ignored.sort()).toEqual(["after", "category", "from", "radius", "when"]);
  expect(parseSearch({ near: "95,0" }).ignored).toEqual(["near"]);
  // The year 33658, which the database cannot read as we write it.
  expect(parseSearch({ after: `999999999999999.${newId()}` }).ignored).toEqual(["after"]);
  expect(parseSearch({ from: "2026-12-02", to: "2026-12-01" }).ignored).toEqual(["to"]);
  expect(parseSearch({ when: "today", from: "2026-12-02" }).ignored).toEqual(["when"]);
});
