import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { setConfig } from "#lib/config.ts";
import manifest from "../package.json" with { type: "json" };
import { buildBlank, startBaseline } from "./bench/baselines.ts";
import { inventedCalendar } from "./bench/calendar.ts";
import { openCannon, residentMegabytes, type Target } from "./bench/cannon.ts";
import { sentBytes, weigh } from "./bench/cold.ts";
import { measureDesk } from "./bench/desk.ts";
import { measureFederation, reportFederation } from "./bench/federation.ts";
import { coldFeed, warmFeed } from "./bench/feed.ts";
import { fill, type Subjects } from "./bench/fill.ts";
import { measureGroup } from "./bench/group.ts";
import { measure, type Plan, type Subject } from "./bench/measure.ts";
import { emptyPage, expectationsOf, type Results, report, reportGroup } from "./bench/report.ts";
import { ensureBuilt } from "./build.ts";
import { parseConfig } from "./configuration.ts";
import { startInstance } from "./testing/instance.ts";

const usage = `npm run bench -- [--ics FILE] [--json FILE] [--quick] [--group] [--federation]

Starts Parvis twice, with few and with many events made of a calendar's entries (FILE, else invented ones), and measures
its pages next to an empty page and a bare server. At most twelve minutes; with --quick two, and ten times fewer events. Then it is told
what others send, and tells 5,000 followers on 500 hosts of this machine; with --federation that alone, with --group a large group alone.`;

const { values } = parseArgs({
  options: {
    ics: { type: "string" },
    json: { type: "string" },
    quick: { type: "boolean" },
    group: { type: "boolean" },
    federation: { type: "boolean" },
    help: { type: "boolean" },
  },
});
const plan: Plan = values.quick
  ? {
      rounds: 1,
      runs: [
        [1, 1],
        [10, 1],
        [50, 2],
      ],
      patience: 0,
    }
  : {
      rounds: 3,
      runs: [
        [1, 2],
        [10, 3],
        [50, 5],
      ],
      patience: 300_000,
    };
const sizes: [number, number] = values.quick ? [1_000, 10_000] : [1_000, 100_000];

/** Of V8 and of the C library, as `npm start` sets them. */
const memoryLimits = {
  NODE_OPTIONS: /(--.+?) bin/.exec(manifest.scripts.start)![1]!,
  MALLOC_ARENA_MAX: /MALLOC_ARENA_MAX=(\d+)/.exec(manifest.scripts.start)![1]!,
};
const note = (line: string) => process.stderr.write(`${line}\n`);
const closers: (() => unknown)[] = [];
const closeAll = async () => {
  for (const close of closers.splice(0).reverse()) await close();
};

/** Milliseconds after which a server that is ready has opened by itself what it opens at a start (`bin/serve.ts`). */
const settling = 3_000;

/** A whole Parvis on its own embedded database, filled and started anew. The feed is asked for before anything else. */
async function openServer(calendar: Uint8Array, size: number) {
  const dataDir = mkdtempSync(join(tmpdir(), "parvis-bench-"));
  closers.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const settings = { PARVIS_BENCHMARK: "1", ...memoryLimits };
  const empty = await startInstance({ database: "embedded", dataDir, settings });
  closers.push(() => empty.stop());
  setConfig(parseConfig({ DATA_DIR: dataDir, APP_URL: empty.url }, "test"));
  note(`Writing ${size} events …`);
  const subjects = await fill(dataDir, calendar, size);
  await empty.stop();
  closers.pop();
  const instance = await startInstance({ database: "embedded", dataDir, settings, port: empty.port });
  closers.push(() => instance.stop());
  await sleep(settling);
  const target: Target = { origin: instance.url, pid: instance.child.pid! };
  return { target, subjects, feed: await coldFeed(target), on: String(size), dataDir };
}

const pathsOf = ({ word, town, ids }: Subjects): Record<string, string[]> => ({
  home: ["/"],
  "search by words": [`/search?q=${encodeURIComponent(word)}`],
  "search by place": [`/search?near=${encodeURIComponent(town)}`],
  "event page": ids.map((id) => `/events/${id}`),
  "event.ics": ids.map((id) => `/events/${id}/event.ics`),
});

async function bench(): Promise<Results> {
  const started = Date.now();
  await ensureBuilt(note);
  note("Building an empty page to compare with …");
  await buildBlank();
  const calendar = values.ics ? readFileSync(values.ics) : Buffer.from(inventedCalendar(4_000));
  const small = await openServer(calendar, sizes[0]);
  const large = await openServer(calendar, sizes[1]);
  const [bare, blank] = [await startBaseline("bare"), await startBaseline("blank")];
  const cannon = openCannon();
  closers.push(bare.stop, blank.stop, cannon.close);

  const subjects: Subject[] = [];
  for (const [page, paths] of Object.entries(pathsOf(large.subjects))) {
    subjects.push({ page, on: small.on, target: small.target, paths: pathsOf(small.subjects)[page]! });
    subjects.push({ page, on: large.on, target: large.target, paths });
    const bytes = await sentBytes(large.target.origin + paths[0]!);
    subjects.push({ page, on: "bare Node", target: bare, paths: [`/${bytes}`] });
  }
  subjects.push({ page: emptyPage, on: small.on, target: small.target, paths: ["/bench/empty"] });
  subjects.push({ page: emptyPage, on: "Next alone", target: blank, paths: ["/"] });

  const measured = await measure(cannon, subjects, plan, note);
  note("Reading calendars of a thousand events, and others meanwhile …");
  const paths = pathsOf(large.subjects)["event page"]!;
  const feed = { ...large.feed, ...(await warmFeed(large.target, cannon, paths, values.quick ? 3 : 10)) };
  const memory = Object.fromEntries([small, large].map(({ on, target }) => [on, residentMegabytes(target.pid)]));
  note("Opening the desk of an event with ten thousand participants …");
  const desk = await measureDesk(large.target, large.dataDir, values.quick ? 3 : 9);
  note("Reading in a group with two thousand members …");
  const group = await measureGroup(large.target, large.dataDir, values.quick ? 3 : 9);
  note("Weighing pages in a browser …");
  const { "event.ics": _, ...seen } = pathsOf(large.subjects);
  const addresses = Object.entries({ [emptyPage]: ["/bench/empty"], ...seen });
  const weights = await weigh(
    Object.fromEntries(addresses.map(([name, [path]]) => [name, large.target.origin + path])),
  );
  return {
    at: new Date().toISOString(),
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() || "processor"}, Node ${process.versions.node}`,
    sizes,
    rounds: measured.rounds,
    seconds: Math.round((Date.now() - started) / 1000),
    rows: measured.rows,
    memory,
    weights,
    feed,
    desk,
    group,
  };
}

/** The figures of the large group alone, on a server with few events. */
async function benchGroup(): Promise<string> {
  await ensureBuilt(note);
  const { target, dataDir } = await openServer(Buffer.from(inventedCalendar(400)), 1_000);
  note("Reading in a group with two thousand members …");
  return reportGroup(await measureGroup(target, dataDir, 9));
}

let told = false;
const leave = () => {
  if (!told) closeAll().finally(() => process.exit(1));
  told = true;
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, leave);

if (values.help) process.stdout.write(`${usage}\n`);
else if (values.group)
  try {
    process.stdout.write(`${await benchGroup()}\n`);
  } finally {
    await closeAll();
  }
else
  try {
    const pages = values.federation ? null : await bench();
    if (pages) process.stdout.write(`${report(pages)}\n\n`);
    await closeAll();
    await ensureBuilt(note);
    note("Being told by another server, and telling five hundred …");
    const federation = await measureFederation(values.quick ?? false, { PARVIS_BENCHMARK: "1", ...memoryLimits });
    process.stdout.write(`${reportFederation(federation)}\n`);
    const kept = pages ? { expectations: expectationsOf(pages), ...pages, federation } : { federation };
    if (values.json) writeFileSync(values.json, JSON.stringify(kept, null, 2));
  } finally {
    await closeAll();
  }
