import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "./testing.ts";
import { unlessUnavailable } from "./unavailable.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

it("what is only to be remembered goes without where nothing can be written, and fails where it is wrong", async () => {
  const write = (statement: string) =>
    test.db.transaction((tx) => tx.execute(sql.raw(statement)), { accessMode: "read only" });
  await expect(write("delete from events")).rejects.toThrow();
  await expect(unlessUnavailable(write("delete from events"))).resolves.toBeUndefined();
  await expect(unlessUnavailable(write("select 1 / 0"))).rejects.toThrow();
});
