import type { Figures, SizeFigures } from "../bench.ts";

const n = (value: number, digits = 0) => value.toLocaleString("en", { maximumFractionDigits: digits });
const kb = (bytes: number) => n(bytes / 1000, 1);
const row = (cells: (string | number)[]) => `| ${cells.join(" | ")} |\n`;

type Expectation = { text: string; value: number; limit: number };

/** What the product promises of its speed, with what was measured. */
function expectations({ sizes, calendar }: Figures): Expectation[] {
  const [small, large] = sizes as [SizeFigures, SizeFigures | undefined];
  const found: Expectation[] = [];
  if (large)
    for (const name of ["home", "words", "place", "event", "ics"])
      found.push({
        text: `${name}: ${n(large.events)} events against ${n(small.events)}, p50 at 10 connections, times`,
        value: large.pages[name]!.loads[10]!.p50 / small.pages[name]!.loads[10]!.p50,
        limit: 1.3,
      });
  const last = large ?? small;
  found.push({
    text: "event page against an empty page of the same build, times",
    value: last.pages.empty!.loads[10]!.rate / last.pages.event!.loads[10]!.rate,
    limit: 2,
  });
  found.push({ text: "resident memory after the run, MB", value: last.memory / 1e6, limit: 400 });
  const above = (name: string) => (last.pages[name]!.weight!.scripts - last.pages.empty!.weight!.scripts) / 1000;
  for (const [name, limit] of [
    ["home", 5],
    ["words", 15],
    ["event", 15],
  ] as const) {
    const weight = last.pages[name]!.weight!;
    found.push({ text: `${name}: a cold browser, kB`, value: weight.bytes / 1000, limit: 250 });
    found.push({ text: `${name}: a cold browser, requests`, value: weight.requests, limit: 15 });
    found.push({ text: `${name}: scripts above the empty page's, kB`, value: above(name), limit });
  }
  found.push({ text: `a calendar of ${n(calendar.events)} events, cold, ms`, value: calendar.cold, limit: 200 });
  found.push({ text: "the same, unchanged (304), ms", value: calendar.unchanged, limit: 5 });
  found.push({ text: "others' p99 while such calendars are written, ms", value: calendar.othersP99, limit: 100 });
  return found;
}

/** The figures as Markdown: ratios and promises first, then what was measured. */
export function report(figures: Figures): string {
  const { sizes, bare, bareBytes } = figures;
  let text = `## Promises\n\n${row(["promise", "measured", "at most", ""])}${row(["---", "---", "---", "---"])}`;
  for (const { text: what, value, limit } of expectations(figures))
    text += row([what, n(value, 2), limit, value <= limit ? "met" : "NOT MET"]);
  for (const { events, pages, memory } of sizes) {
    text += `\n## ${n(events)} events\n\nResident memory of the server process after its run: ${n(memory / 1e6)} MB.\n\n`;
    text +=
      row([
        "page",
        "connections",
        "requests/s",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "of an empty page's rate",
        "of a bare server's rate",
      ]) + row(Array(8).fill("---"));
    for (const [name, page] of Object.entries(pages))
      for (const [count, load] of Object.entries(page.loads)) {
        const empty = pages.empty!.loads[Number(count)]!.rate;
        text += row([
          name,
          count,
          n(load.rate),
          n(load.p50, 1),
          n(load.p95, 1),
          n(load.p99, 1),
          n(load.rate / empty, 2),
          n(load.rate / bare[Number(count)]!.rate, 4),
        ]);
      }
    text += `\n${row(["page", "HTML, kB plain", "over the wire, kB", "scripts, kB", "requests of a cold browser"])}${row(Array(5).fill("---"))}`;
    for (const [name, { bytes, weight }] of Object.entries(pages))
      if (weight) text += row([name, kb(bytes), kb(weight.bytes), kb(weight.scripts), weight.requests]);
  }
  text += `\nA bare Node server sending ${kb(bareBytes)} kB: ${Object.entries(bare)
    .map(([count, load]) => `${n(load.rate)}/s at ${count}`)
    .join(", ")}.\n`;
  return text;
}
