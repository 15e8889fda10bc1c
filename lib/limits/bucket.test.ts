import { describe, expect, it } from "vitest";
import { take } from "./bucket.ts";

const start = Date.UTC(2026, 10, 23);

describe("an allowance for reading", () => {
  it("is full after its count, says how long to wait, and is whole again after its window", () => {
    const waits = Array.from({ length: 121 }, () => take("search", "192.0.2.1", start + 15_000));
    expect(waits.filter((wait) => wait > 0)).toEqual([60]);
    expect(take("search", "192.0.2.1", start + 30_000)).toBe(45);
    expect(take("search", "192.0.2.1", start + 75_001)).toBe(0);
  });

  it("counts an IPv6 network as one, and another address by itself", () => {
    for (let host = 1; host <= 120; host++) take("search", `2001:db8::${host.toString(16)}`, start);
    expect(take("search", "2001:db8::ffff", start)).toBeGreaterThan(0);
    expect(take("search", "2001:db8:0:1::1", start)).toBe(0);
    expect(take("search", "192.0.2.2", start)).toBe(0);
  });

  it("keeps no more than fifty thousand windows, whoever floods it", () => {
    for (let one = 0; one < 60_000; one++)
      take("search", `10.${one >> 16}.${(one >> 8) & 255}.${one & 255}`, start + 200_000);
    for (let use = 0; use < 120; use++) take("search", "192.0.2.3", start + 200_000);
    expect(take("search", "192.0.2.3", start + 200_000)).toBeGreaterThan(0);
  });
});
