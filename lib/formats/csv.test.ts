import { describe, expect, it } from "vitest";
import { streamCsv } from "./csv.ts";
import { toXlsx } from "./xlsx.ts";

const hostile = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", 'He said "hi"', "two\nlines", "Zoë, 😀"];

/** RFC 4180, read by somebody else. */
function read(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, cell, end] of csv.slice(1).matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)) {
    rows.at(-1)!.push(cell!.replaceAll('""', '"'));
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

async function csvOf(...pages: (string | number)[][][]): Promise<string> {
  async function* coming() {
    yield* pages;
  }
  let written = "";
  for await (const piece of streamCsv(coming())) written += piece;
  return written;
}

describe("a table as CSV", () => {
  it("begins with the mark of UTF-8, quotes everything, and lets nothing be computed, page by page", async () => {
    const csv = await csvOf(
      [["Name"]],
      hostile.map((name) => [name]),
      [],
    );
    expect(csv.startsWith("\ufeff")).toBe(true);
    const cells = read(csv)
      .slice(1)
      .map(([cell]) => cell!);
    expect(cells.map((cell) => cell.replace(/^'/, ""))).toEqual(hostile);
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  });

  it("leaves numbers numbers", async () => {
    expect(read(await csvOf([["-3", "+3,5", 4]]))).toEqual([["-3", "+3,5", "4"]]);
  });
});

describe("a table as XLSX", () => {
  it("holds every text as text, and none as a formula", () => {
    const book = toXlsx(
      "A/B: [people]",
      [["Name", "Guests"], ...hostile.map((name) => [name, 2])],
      new Date("2026-12-05"),
    ).toString();
    expect(book.startsWith("PK")).toBe(true);
    expect(book).not.toContain("<f>");
    expect(book).toContain('<sheet name="A B   people"');
    for (const name of hostile.slice(0, 4)) expect(book).toContain(name.replaceAll("'", "&#39;"));
    expect(book.match(/<c><v>2<\/v><\/c>/g)).toHaveLength(hostile.length);
    expect(toXlsx("x", [["\u0000\u0008bad"]], new Date("2026-12-05")).toString()).toContain(">bad<");
  });
});
