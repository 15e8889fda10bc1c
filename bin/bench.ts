import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Load, load, once, type Weight, weigh } from "./bench/measure.ts";
import { report } from "./bench/report.ts";
import { type Served, startBare, startParvis } from "./bench/server.ts";
import { ensureBuilt } from "./build.ts";

const { values } = parseArgs({
  options: { quick: { type: "boolean" }, ics: { type: "string" }, json: { type: "string" }, help: { type: "boolean" } },
});
const say = (line: string) => process.stderr.write(`${line}\n`);

export type PageFigures = { bytes: number; loads: Record<number, Load>; weight: Weight | null };
export type SizeFigures = { events: number; pages: Record<string, PageFigures>; memory: number };
export type Figures = {
  sizes: SizeFigures[];
  bare: Record<number, Load>;
  bareBytes: number;
  calendar: { events: number; cold: number; unchanged: number; othersP99: number };
};

const connections = [1, 10, 50];
const seconds = values.quick ? 2 : 5;
const sizes = values.quick ? [1_000] : [1_000, 100_000];

async function measure(url: string, weighs: boolean): Promise<PageFigures> {
  await load(url, 10, 2);
  const { bytes } = await once(url, { "accept-encoding": "identity" });
  const loads: Record<number, Load> = {};
  for (const count of connections) loads[count] = await load(url, count, seconds);
  return { bytes, loads, weight: weighs ? await weigh(url) : null };
}

async function size(served: Served, events: number): Promise<SizeFigures> {
  const { url } = served;
  const html = await (await fetch(`${url}/search?q=the`)).text();
  const event = /\/events\/[0-9a-f-]{36}/.exec(html)?.[0];
  if (!event) throw new Error("No event was found to measure.");
  const addresses = {
    empty: "/bench/empty",
    home: "/",
    words: `/search?q=${values.ics ? "javascript" : "code"}`,
    place: `/search?near=${values.ics ? "52.52,13.40" : "47.2115,-1.5611"}&radius=25`,
    event,
    ics: `${event}/event.ics`,
  };
  const pages: Record<string, PageFigures> = {};
  for (const [name, path] of Object.entries(addresses)) {
    say(`  ${events} events: ${name} ${path}`);
    pages[name] = await measure(`${url}${path}`, name !== "ics");
  }
  return { events, pages, memory: served.memory() };
}

/** A calendar of 1,000 events: cold, unchanged, and what it does to others meanwhile. */
async function calendar({ url }: Served): Promise<Figures["calendar"]> {
  const address = `${url}/search.ics`;
  const { etag, ms: cold } = await once(`${address}?language=en`);
  const whole = await (await fetch(address)).text();
  const times: number[] = [];
  for (let tries = 0; tries < 20; tries++)
    times.push((await once(`${address}?language=en`, { "if-none-match": etag })).ms);
  times.sort((a, b) => a - b);
  const page = /\/events\/[0-9a-f-]{36}/.exec(whole)![0];
  let running = true;
  const feeds = (async () => {
    for (let at = 0; running && at < 500; at++) await once(`${address}?tag=&from=2026-01-01&at=${at}`);
  })();
  const others = await load(`${url}${page}/event.ics`, 2, seconds);
  running = false;
  await feeds;
  return { events: whole.split("BEGIN:VEVENT").length - 1, cold, unchanged: times[10]!, othersP99: others.p99 };
}

async function bench(): Promise<void> {
  if (values.help) {
    say("npm run bench -- [--quick] [--ics FILE] [--json FILE]");
    return;
  }
  await ensureBuilt(say);
  const found: SizeFigures[] = [];
  let feed: Figures["calendar"] | null = null;
  for (const events of sizes) {
    say(`Filling a database with ${events} events …`);
    const served = await startParvis(events, values.ics ?? null);
    try {
      found.push(await size(served, events));
      feed = await calendar(served);
    } finally {
      await served.stop();
    }
  }
  const bareBytes = found[0]!.pages.event!.bytes;
  const bareServer = await startBare(bareBytes);
  const bare: Record<number, Load> = {};
  for (const count of connections) bare[count] = await load(bareServer.url, count, seconds);
  await bareServer.stop();
  const figures: Figures = { sizes: found, bare, bareBytes, calendar: feed! };
  if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  process.stdout.write(report(figures));
}

await bench();
