import { getTableColumns, getTableName, is, sql, Table } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Annotation } from "./annotation.ts";
import { schema } from "./client.ts";
import { privacy } from "./privacy.ts";
import { type TestDatabase, testDatabase } from "./testing.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

const tables = Object.entries(schema).filter((entry): entry is [keyof typeof privacy, Table & (typeof entry)[1]] =>
  is(entry[1], Table),
);
/** "participations.email" in the database's spelling, to its annotation. */
const annotated = new Map<string, Annotation | undefined>(
  tables.flatMap(([name, table]) =>
    Object.keys(getTableColumns(table)).map(
      (column) =>
        [
          `${getTableName(table)}.${column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
          (privacy[name] as Record<string, Annotation>)[column],
        ] as const,
    ),
  ),
);

describe("privacy", () => {
  it("is said of every column that the database has", async () => {
    const columns = await test.db.execute<{ name: string }>(
      sql`select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' order by 1`,
    );
    expect(columns.length).toBeGreaterThan(150);
    expect(columns.map(({ name }) => name).filter((name) => !annotated.get(name))).toEqual([]);
    expect([...annotated.keys()].filter((name) => !columns.some((column) => column.name === name))).toEqual([]);
  });

  it("says why, how long, and whether its person gets it, in words", () => {
    for (const [name, annotation] of annotated) {
      expect(annotation!.why.length, name).toBeGreaterThan(7);
      expect(annotation!.keep.length, name).toBeGreaterThan(7);
      expect(annotation!.export === true || annotation!.export.length > 7, name).toBe(true);
    }
  });

  it("has a time limit for everything personal, and an export or a reason against it", () => {
    const personal = [...annotated].filter(([, annotation]) => annotation!.kind !== "none");
    expect(personal.length).toBeGreaterThan(20);
    expect(
      personal
        .filter(([, { keep } = { keep: "" }]) => !/until|hour|h if|days|as long as|for ever, so that/.test(keep))
        .map(([name]) => name),
    ).toEqual([]);
  });

  it("knows the columns whose names say that they are personal", () => {
    const telling = [...annotated].filter(
      ([name]) => /email|password|token_hash|\.ip|address$|_key$/.test(name) && !/street_address/.test(name),
    );
    expect(telling.map(([name]) => name)).toEqual(
      expect.arrayContaining(["accounts.email", "participations.email", "participations.token_hash"]),
    );
    expect(telling.filter(([, annotation]) => annotation!.kind === "none").map(([name]) => name)).toEqual([]);
  });
});
