import type { Weight } from "./cold.ts";
import type { DeskFigures } from "./desk.ts";
import type { FeedFigures } from "./feed.ts";
import type { GroupFigures } from "./group.ts";
import type { Row } from "./measure.ts";
import type { Wait } from "./wait.ts";

export type Results = {
  at: string;
  machine: string;
  sizes: [small: number, large: number];
  rounds: number;
  seconds: number;
  rows: Row[];
  /** Megabytes resident after the run, by size. */
  memory: Record<string, number | null>;
  weights: Record<string, Weight>;
  feed: FeedFigures;
  desk: DeskFigures;
  group: GroupFigures;
};

export const pages = ["home", "search by words", "search by place", "event page", "event.ics"] as const;
export const emptyPage = "empty page";
/** Connections that ratios are told for. */
const usual = 10;
/** Kilobytes of script that a page may have above the framework's own. */
const scriptBudget: Record<string, number> = {
  home: 5,
  "search by words": 15,
  "search by place": 15,
  "event page": 15,
};

const kilobytes = (bytes: number) => Math.round(bytes / 102.4) / 10;
const times = (value: number) => `${value >= 100 ? Math.round(value) : Math.round(value * 100) / 100} ×`;

/** A Markdown table whose columns also stand below each other. */
function table(head: string[], rows: (string | number | null)[][]): string {
  const cells = [head, ...rows.map((row) => row.map((cell) => String(cell ?? "–")))];
  const widths = head.map((_, at) => Math.max(...cells.map((row) => row[at]!.length)));
  const line = (row: string[]) =>
    `| ${row.map((cell, at) => (at ? cell.padStart(widths[at]!) : cell.padEnd(widths[0]!))).join(" | ")} |`;
  const rule = `|${widths.map((width, at) => (at ? `${"-".repeat(width + 1)}:` : "-".repeat(width + 2))).join("|")}|`;
  return [line(cells[0]!), rule, ...cells.slice(1).map(line)].join("\n");
}

const finder =
  ({ rows }: Results) =>
  (page: string, on: string | number, connections = usual) =>
    rows.find((row) => row.page === page && row.on === String(on) && row.connections === connections)!;

/** How many times slower each page is than what it is compared with, by answers a second at ten connections. */
function ratiosOf(results: Results) {
  const [small, large] = results.sizes;
  const find = finder(results);
  return pages.map((page) => {
    const own = find(page, large).perSecond;
    const against = (row: Row) => row.perSecond / own;
    return {
      page,
      small: against(find(page, small)),
      empty: against(find(emptyPage, small)),
      blank: against(find(emptyPage, "Next alone")),
      bare: against(find(page, "bare Node")),
    };
  });
}

export type Expectation = { expected: string; measured: string; met: boolean };

/** What was expected of the figures, and whether they are so. */
export function expectationsOf(results: Results): Expectation[] {
  const [small, large] = results.sizes;
  const { feed, weights, memory, desk, group } = results;
  const ratios = ratiosOf(results);
  const slowest = ratios.reduce((a, b) => (a.small > b.small ? a : b));
  const event = ratios.find(({ page }) => page === "event page")!;
  const most = Math.max(...Object.values(memory).map((megabytes) => megabytes ?? Number.NaN));
  const seen = Object.entries(weights).filter(([name]) => name !== emptyPage);
  const heaviest = seen.reduce((a, b) => (a[1].bytes > b[1].bytes ? a : b));
  const busiest = seen.reduce((a, b) => (a[1].requests > b[1].requests ? a : b));
  const scripts = seen.map(([name, { scripts }]) => ({
    name,
    above: kilobytes(scripts - weights[emptyPage]!.scripts),
    most: scriptBudget[name]!,
  }));
  const worst = scripts.reduce((a, b) => (a.above - a.most > b.above - b.most ? a : b));
  const { "export, CSV": csv, "export, XLSX": xlsx, "sign-in sheet": _, ...lists } = desk.waits;
  const slow = Object.entries(lists).reduce((a, b) => (a[1].took > b[1].took ? a : b));
  const slowIn = Object.entries(group.waits).reduce((a, b) => (a[1].took > b[1].took ? a : b));
  const failures = results.rows.reduce((sum, row) => sum + row.failures, feed.meanwhile.failures);
  const say = (expected: string, measured: string, met: boolean) => ({ expected, measured, met });
  return [
    say(
      `With ${large} events no page is slower than 1.3 × with ${small}`,
      `${slowest.page}: ${times(slowest.small)}`,
      slowest.small <= 1.3,
    ),
    say("The event page costs at most 2 × the empty page of the same build", times(event.empty), event.empty <= 2),
    say("Resident memory after the run is under 400 MB", `${most} MB`, most < 400),
    say(
      "A page is at most 250 KB on a cold browser",
      `${heaviest[0]}: ${kilobytes(heaviest[1].bytes)} KB`,
      heaviest[1].bytes <= 250 * 1024,
    ),
    say("A page is at most 15 requests", `${busiest[0]}: ${busiest[1].requests}`, busiest[1].requests <= 15),
    say(
      "Scripts above the framework's own: home 5 KB, search and event 15 KB",
      `${worst.name}: ${worst.above} KB`,
      worst.above <= worst.most,
    ),
    say(
      "A calendar of 1,000 events takes at most 200 ms cold",
      `${feed.cold} ms for ${feed.entries}`,
      feed.cold <= 200 && feed.entries >= 1000,
    ),
    say("Unchanged, it takes at most 5 ms", `${feed.unchanged} ms`, feed.unchanged <= 5),
    say("Others' p99 stays under 100 ms meanwhile", `${feed.meanwhile.p99} ms`, feed.meanwhile.p99 < 100),
    say(
      `No page of an event with ${desk.participants} participants takes longer than 300 ms`,
      `${slow[0]}: ${slow[1].took} ms`,
      slow[1].took <= 300,
    ),
    say(
      "Their table begins within 200 ms as CSV, and is done within 2 s in either form",
      `${csv.first} ms; ${csv.took} and ${xlsx.took} ms`,
      csv.first <= 200 && Math.max(csv.took, xlsx.took) <= 2_000,
    ),
    say(
      `No page of a group with ${group.members} members and ${group.messages} messages takes longer than 300 ms`,
      `${slowIn[0]}: ${slowIn[1].took} ms`,
      slowIn[1].took <= 300,
    ),
    say("Every request is answered with 2xx", `${failures} were not`, failures === 0),
  ];
}

const waitTable = (waits: Record<string, Wait>) =>
  table(
    ["Page or file", "ms", "first byte, ms", "kilobytes"],
    Object.entries(waits).map(([name, { took, first, kilobytes }]) => [name, took, first, kilobytes]),
  );

/** What was measured in the large group, as Markdown. */
export const reportGroup = ({ members, messages, waits }: GroupFigures): string =>
  [`A group with ${members} members and ${messages} messages, one request after the other`, waitTable(waits)].join(
    "\n\n",
  );

/** The whole report as Markdown: what was expected, ratios, figures. */
export function report(results: Results): string {
  const [small, large] = results.sizes;
  const { feed } = results;
  const order = (row: Row) => [emptyPage, ...pages].indexOf(row.page as never) * 1e3 + row.connections;
  const rows = [...results.rows].sort(
    (a, b) => order(a) - order(b) || a.on.localeCompare(b.on, "en", { numeric: true }),
  );
  return [
    `${results.machine}; ${small} and ${large} events, ${results.rounds} rounds, ${results.seconds} s in all.`,
    table(
      ["Expected", "Measured", "Met"],
      expectationsOf(results).map(({ expected, measured, met }) => [expected, measured, met ? "yes" : "no"]),
    ),
    `How many times slower with ${large} events (answers a second at ${usual} connections) than`,
    table(
      ["Page", `with ${small} events`, "empty page, same build", "Next alone, empty", "bare Node, same bytes"],
      ratiosOf(results).map(({ page, small, empty, blank, bare }) => [
        page,
        times(small),
        times(empty),
        times(blank),
        times(bare),
      ]),
    ),
    "Answers a second, milliseconds, and milliseconds of the server's processor an answer",
    table(
      ["Page", "on", "connections", "a second", "p50", "p95", "p99", "processor"],
      rows.map((row) => [row.page, row.on, row.connections, row.perSecond, row.p50, row.p95, row.p99, row.cpu]),
    ),
    "On a cold browser, kilobytes as sent",
    table(
      ["Page", "all", "scripts", "document", "requests"],
      Object.entries(results.weights).map(([name, { bytes, scripts, document, requests }]) => [
        name,
        kilobytes(bytes),
        kilobytes(scripts),
        kilobytes(document),
        requests,
      ]),
    ),
    `The desk of an event with ${results.desk.participants} participants, one request after the other`,
    waitTable(results.desk.waits),
    reportGroup(results.group),
    table(
      ["Memory and feed", ""],
      [
        ...Object.entries(results.memory).map(([size, megabytes]) => [`Resident with ${size} events, MB`, megabytes]),
        [`A calendar of ${feed.entries} events, first that somebody asks for after a start, ms`, feed.cold],
        ["… again, ms", feed.again],
        ["… unchanged (304), ms", feed.unchanged],
        ["Event page meanwhile, p50 and p99, ms", `${feed.meanwhile.p50}, ${feed.meanwhile.p99}`],
      ],
    ),
  ].join("\n\n");
}
