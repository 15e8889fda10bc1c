import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { type GeocoderConfig, getConfig, setConfig } from "#lib/config.ts";
import { trySpend } from "#lib/limits/commands.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { placeLine } from "../address.ts";
import { placeInput } from "../input.ts";
import { addok } from "./addok.ts";
import { nominatim } from "./nominatim.ts";
import { photon } from "./photon.ts";
import { findPlaces, geocoderHost } from "./queries.ts";

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), "utf8");
const lines = (places: Parameters<typeof placeLine>[0][]) => places.map(placeLine);

describe("what address services answer", () => {
  it("is read from Nominatim: venues, streets and towns, numbers where their country writes them", () => {
    const places = nominatim.read(JSON.parse(fixture("nominatim")));
    expect(lines(places)).toEqual([
      "Kulturhaus, Lange Straße 12, 10243 Berlin, Deutschland",
      "Rue des Lices, 35000 Rennes, Bretagne, France",
      "44000 Nantes, Pays de la Loire, France",
    ]);
    expect(places[2]).toMatchObject({ name: "", streetAddress: "", latitude: 47.2173, longitude: -1.5534 });
  });

  it("is read from Photon", () => {
    expect(lines(photon.read(JSON.parse(fixture("photon"))))).toEqual([
      "Bibliothèque, 3 Quai de la Fosse, 44000 Nantes, Pays de la Loire, France",
      "Calle Mayor, Madrid, España",
    ]);
  });

  it("is read from Addok", () => {
    expect(lines(addok.read(JSON.parse(fixture("addok"))))).toEqual([
      "3 Quai de la Fosse, 44000 Nantes, Pays de la Loire",
      "44000 Nantes, Pays de la Loire",
    ]);
  });

  it.each([nominatim, photon, addok])("is a place that a form takes, however odd it is", (geocoder) => {
    const odd = {
      name: `a\u0000\u202e\n${"x".repeat(900)}`,
      housenumber: 10,
      street: { not: "a text" },
      postcode: "9".repeat(99),
      city: ["Nantes"],
      state: null,
      context: "1,2,".repeat(300),
      type: 7,
    };
    const point = { type: "Point", coordinates: [2, 48, 130] };
    const features = [
      { geometry: point, properties: { ...odd, geocoding: odd } },
      { geometry: { coordinates: [999, 48] }, properties: odd },
      { geometry: point, properties: {} },
      "feature",
      null,
    ];
    const places = geocoder.read({ features: [...features, ...features] });
    expect(places).toHaveLength(1);
    expect(placeInput.safeParse(places[0]).success).toBe(true);
    expect(JSON.stringify(places)).not.toMatch(/\\u0000|\u202e/);
  });

  it.each([nominatim, photon, addok])("is no answer when it is of another shape", (geocoder) => {
    for (const answer of [null, [], {}, "x", { features: "x" }, { features: Array(1_001).fill({}) }])
      expect(() => geocoder.read(answer)).toThrow();
  });

  it("is asked below the address that the host wrote, with the host's own key", () => {
    const base = new URL("https://maps.example/v1/?key=k");
    const asked = [nominatim, photon, addok].map(({ ask }) => ask(base, "10 rue & c, Lyon", "fr").href);
    const words = "q=10+rue+%26+c%2C+Lyon";
    expect(asked).toEqual([
      `https://maps.example/v1/search?key=k&${words}&format=geocodejson&addressdetails=1&limit=5&accept-language=fr`,
      `https://maps.example/v1/api?key=k&${words}&limit=5&lang=fr`,
      `https://maps.example/v1/search?key=k&${words}&limit=5`,
    ]);
    expect(photon.ask(base, "x", "ar").search).not.toContain("lang");
  });
});

describe("looking an address up", () => {
  const before = getConfig();
  let test: TestDatabase;
  let viewer: AccountViewer;
  let server: Server;
  let url = "";
  let asked: string[] = [];
  let answer: { status: number; body: string; location?: string } = { status: 200, body: fixture("photon") };
  const use = (geocoder: GeocoderConfig | null) => setConfig({ ...before, geocoder });

  beforeAll(async () => {
    test = await testDatabase();
    ({ viewer } = await person(test.db, "ada"));
    server = createServer((req, res) => {
      asked.push(`${req.url} ${req.headers["user-agent"]}`);
      const { status, body, location } = answer;
      res.writeHead(status, { "content-type": "application/json", ...(location && { location }) }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    setConfig(before);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await test.drop();
  });

  it("asks the host's service once, by name, and remembers what it said", async () => {
    use({ kind: "photon", url });
    const first = await findPlaces(test.db, viewer, " Quai de la Fosse\n Nantes", "fr");
    const again = await findPlaces(test.db, viewer, "quai de la fosse nantes", "fr");
    expect(again).toEqual(first);
    expect(asked).toEqual([`/api?q=Quai+de+la+Fosse+Nantes&limit=5&lang=fr Parvis (+${before.appUrl})`]);
    expect(geocoderHost()).toBe(new URL(url).host);
  });

  it("says that nothing was found, and that the service is away, and asks again later", async () => {
    use({ kind: "photon", url });
    const ask = (words: string) => findPlaces(test.db, viewer, words, "en");
    await expect(ask("   ")).rejects.toMatchObject({ code: "address-unknown" });
    const start = performance.now();
    const faults = ["<html>", '{"features":[]}'].map((body) => ({ status: 200, body }));
    answer = faults[0]!;
    await expect(ask("Nantes")).rejects.toMatchObject({ code: "geocoder-away" });
    answer = faults[1]!;
    await expect(ask("nowhere")).rejects.toMatchObject({ code: "address-unknown" });
    answer = { status: 302, body: "", location: `${url}elsewhere` };
    asked = [];
    await expect(ask("Nantes")).rejects.toMatchObject({ code: "geocoder-away" });
    expect(asked).toHaveLength(1);
    answer = { status: 200, body: fixture("photon") };
    expect(await ask("Nantes")).toHaveLength(2);
    // Four questions, a second apart.
    expect(performance.now() - start).toBeGreaterThan(2_900);
  });

  it("asks nobody where the host chose nobody, and waits for nobody who is not there", async () => {
    asked = [];
    use(null);
    await expect(findPlaces(test.db, viewer, "Paris", "en")).rejects.toMatchObject({ code: "geocoder-away" });
    expect(geocoderHost()).toBe(null);
    use({ kind: "photon", url: "http://127.0.0.1:1/" });
    await expect(findPlaces(test.db, viewer, "Paris", "en")).rejects.toMatchObject({ code: "geocoder-away" });
    expect(asked).toEqual([]);
  });

  it("lets one account ask thirty times a minute", async () => {
    use({ kind: "photon", url });
    const bob = await person(test.db, "bob");
    for (let times = 0; times < 30; times++) expect(await trySpend(test.db, "geocode", bob.account.id)).toBe(0);
    const asking = findPlaces(test.db, bob.viewer, "Lyon", "en");
    await expect(asking).rejects.toMatchObject({ code: "too-many-requests", retryAfter: expect.any(Number) });
  });
});
