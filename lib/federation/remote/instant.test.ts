import { describe, expect, it } from "vitest";
import { instantOfText, momentOf, pastOf } from "./instant.ts";

describe("an instant that a peer writes", () => {
  it("is whole seconds where it says when something is, in every way of writing it", () => {
    const written = [
      "2026-05-01T18:00:00Z",
      "2026-05-01T20:00:00.987+02:00",
      "2026-05-01 20:00+0200",
      "2026-05-01T18:00:00,5Z",
    ];
    for (const one of [
      ...written,
      "2026-05-01T20:00:00.5",
      "2026-05-01T20:00:00-00:00",
      "2026-05-01T20:00:00.1[Europe/Paris]",
    ])
      expect([one, instantOfText(one, "Europe/Paris")?.instant.toISOString()]).toEqual([
        one,
        "2026-05-01T18:00:00.000Z",
      ]);
  });

  it("keeps its fraction where it says which of two words is newer: one second may see both", () => {
    expect(pastOf("2026-05-01T18:00:00.275Z")?.toISOString()).toBe("2026-05-01T18:00:00.275Z");
    expect(pastOf("2026-05-01T20:00:00.123456789+02:00")?.toISOString()).toBe("2026-05-01T18:00:00.123Z");
    expect(pastOf("2026-05-01T18:00:00.5Z")?.toISOString()).toBe("2026-05-01T18:00:00.500Z");
    expect(momentOf({ published: "2026-05-01T18:00:00.275Z" }, new Date()).getMilliseconds()).toBe(275);
  });
});
