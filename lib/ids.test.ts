import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentId, isId, newId } from "./ids.ts";

describe("ids", () => {
  it("are UUIDv7, sort by time and never repeat", () => {
    const times = [0, 1, 1_700_000_000_000, 1_700_000_000_001, 4_102_444_800_000];
    const ids = times.map((time) => newId(time));
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const now = Date.now();
    expect(new Set(Array.from({ length: 20_000 }, () => newId(now))).size).toBe(20_000);
  });

  it("of content are equal when the content is, and only then", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
        expect(isId(contentId(...a))).toBe(true);
        expect(contentId(...a) === contentId(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
    expect(contentId("ab", "c")).not.toBe(contentId("a", "bc"));
    expect(contentId(null)).not.toBe(contentId("null"));
    expect(contentId(1)).not.toBe(contentId("1"));
  });

  it("are told from everything else before a database is asked", () => {
    expect(isId(newId())).toBe(true);
    for (const wrong of ["", "1", newId().toUpperCase(), ` ${newId()}`, `${newId()}\n`, `${newId()}'--`, null, 7, {}])
      expect(isId(wrong)).toBe(false);
    fc.assert(fc.property(fc.string(), (text) => !isId(text)));
  });
});
