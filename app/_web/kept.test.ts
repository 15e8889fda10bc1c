import { describe, expect, it } from "vitest";
import { keep, kept, versionOf } from "./kept.ts";

describe("a kept text", () => {
  it("is found again under everything it was made of, and under nothing else", () => {
    keep(versionOf("event", { seats: 3 }), "three");
    expect(kept(versionOf("event", { seats: 3 }))).toBe("three");
    expect(kept(versionOf("event", { seats: 2 }))).toBeUndefined();
    expect(versionOf("a", "b")).not.toBe(versionOf("ab", ""));
  });

  it("goes when room is needed, the one first that nobody asked for in the longest time", () => {
    const long = "x".repeat(750_000);
    for (const of of ["a", "b", "c"]) keep(of, long);
    expect(kept("a")).toBe(long);
    keep("d", long);
    keep("e", long);
    expect(["a", "b", "c", "d", "e"].filter((of) => kept(of) !== undefined)).toEqual(["a", "c", "d", "e"]);
  });
});
