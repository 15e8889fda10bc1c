import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { newId } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";
import { purgeLimits, spend, trySpend } from "./commands.ts";
import { networksOf } from "./network.ts";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase({ max: 20 });
});
afterAll(() => base.drop());

const times = async (count: number, action: Parameters<typeof trySpend>[1], subject: string) => {
  const waits: number[] = [];
  for (let i = 0; i < count; i++) waits.push(await trySpend(base.db, action, subject));
  return waits.filter((wait) => wait === 0).length;
};
/** Moves all windows into the past: the database's clock cannot be turned. */
const pass = (seconds: number) =>
  base.db.execute(sql`update limits set window_end = window_end - ${seconds} * interval '1 second'`);

describe("allowances", () => {
  it("grants as often as the table says, and then says how long to wait", async () => {
    expect(await times(40, "join", "192.0.2.1")).toBe(30);
    const wait = await trySpend(base.db, "join", "192.0.2.1");
    expect(wait).toBeGreaterThan(3500);
    expect(wait).toBeLessThanOrEqual(3600);
    await expect(spend(base.db, "join", "192.0.2.1")).rejects.toBeInstanceOf(Refusal);
    expect(await trySpend(base.db, "join", "192.0.2.2")).toBe(0);
  });

  it("grants exactly the last ones when a hundred come at once", async () => {
    const waits = await Promise.all(Array.from({ length: 100 }, () => trySpend(base.db, "join", "192.0.2.3")));
    expect(waits.filter((wait) => wait === 0).length).toBe(30);
  });

  it("does not charge what it refuses, so that somebody full does not fill his neighbours", async () => {
    expect(await times(60, "join", "2001:db8:1:1::1")).toBe(30);
    for (let i = 2; i <= 10; i++) expect(await times(31, "join", `2001:db8:1:${i}::1`)).toBe(30);
    expect(await times(5, "join", "2001:db8:1:99::1")).toBe(0);
    expect(await times(1, "join", "2001:db8:2:1::1")).toBe(1);
  });

  it("starts again when the window is over", async () => {
    expect(await times(31, "join", "192.0.2.4")).toBe(30);
    await pass(3601);
    expect(await times(31, "join", "192.0.2.4")).toBe(30);
  });

  it("counts an account over midnight too, and a network anew each day", async () => {
    const [account, evening, morning] = [newId(), new Date("2026-12-05T23:59:00Z"), new Date("2026-12-06T00:01:00Z")];
    const uses = async (subject: string, now: Date) => {
      const waits = [];
      for (let use = 0; use < 20; use++) waits.push(await trySpend(base.db, "share", subject, now));
      return waits.filter((wait) => wait === 0).length;
    };
    const all = async (subject: string) => [await uses(subject, evening), await uses(subject, evening)];
    await all(account);
    expect([await uses(account, evening), await uses(account, morning)]).toEqual([20, 0]);
    await all("192.0.2.9");
    expect([await uses("192.0.2.9", evening), await uses("192.0.2.9", morning)]).toEqual([20, 20]);
  });

  it("lets an account do more in a day once it is a week old", async () => {
    const inFourHours = async (account: string) => {
      let done = 0;
      for (let hour = 0; hour < 4; hour++) {
        done += await times(6, "announce", account);
        await pass(3601);
      }
      return done;
    };
    expect(await inFourHours(newId())).toBe(5);
    expect(await inFourHours(newId(Date.now() - 8 * 86_400_000))).toBe(15);
  });

  it("mails an unproven address at most three times in any hour and six times in any day", async () => {
    expect(await times(2, "mail-unproven", "a@example.org")).toBe(2);
    await pass(3500);
    expect(await times(3, "mail-unproven", "a@example.org")).toBe(1);
    await pass(200);
    // The hour that began with the first use is over; the three uses of the last hour still count.
    expect(await times(3, "mail-unproven", "a@example.org")).toBe(0);
    await pass(3500);
    expect(await times(5, "mail-unproven", "a@example.org")).toBe(3);
    await pass(4000);
    expect(await times(5, "mail-unproven", "a@example.org")).toBe(0);
    await pass(86_400);
    expect(await times(1, "mail-unproven", "a@example.org")).toBe(1);
  });

  it("counts one mailbox once however it is spelt", async () => {
    expect(await times(3, "mail-unproven", "who@example.net")).toBe(3);
    for (const spelling of ["WHO@Example.net", " who+news@example.net", "ｗｈｏ@example.net"])
      expect(await trySpend(base.db, "mail-unproven", spelling)).toBeGreaterThan(0);
  });

  it("keeps neither address nor IP, and forgets what is over", async () => {
    const rows = await base.db.execute<{ row: string }>(sql`select limits::text as row from limits`);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.map(({ row }) => row).join(" ")).not.toMatch(/192\.0|2001|example/);
    await pass(90_000);
    await purgeLimits(base.db);
    expect((await base.db.execute(sql`select 1 from limits`)).length).toBe(0);
  });
});

describe("networks", () => {
  it.each([
    ["192.0.2.9", ["192.0.2.9"]],
    ["::ffff:192.0.2.9", ["192.0.2.9"]],
    ["2001:DB8::1", ["20010db800000000/64", "20010db80000/48"]],
    ["2001:db8:0:0:ffff::", ["20010db800000000/64", "20010db80000/48"]],
    ["nonsense", ["nonsense"]],
  ])("counts %s as %j", (client, names) => {
    expect(networksOf(client).map(({ name }) => name)).toEqual(names);
  });
});
