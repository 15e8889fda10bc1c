import { describe, expect, it } from "vitest";
import { newId } from "#lib/ids.ts";
import { coverOf, coverSvg } from "./cover.ts";
import { sunHex, toneOf, tones } from "./tone.ts";

const ids = Array.from({ length: 400 }, (_, at) => newId(1_700_000_000_000 + at * 60_000));

describe("the generated cover", () => {
  it("is the same picture for the same id, and another for another", () => {
    expect(coverOf(ids[0]!)).toEqual(coverOf(ids[0]!));
    expect(new Set(ids.map((id) => JSON.stringify(coverOf(id)))).size).toBe(ids.length);
  });

  it("has four paths at most, at most two shapes in sun, and stays within its grid", () => {
    for (const id of ids) {
      const { paths, width, height } = coverOf(id);
      expect(paths.length).toBeLessThanOrEqual(4);
      const suns = paths.filter(({ ink }) => ink === "sun").flatMap(({ d }) => d.match(/M/g) ?? []);
      expect(suns.length).toBeGreaterThanOrEqual(1);
      expect(suns.length).toBeLessThanOrEqual(2);
      for (const { d } of paths)
        for (const [, x, y] of d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(-0.5);
          expect(Number(x)).toBeLessThanOrEqual(width + 0.5);
          expect(Number(y)).toBeLessThanOrEqual(height + 0.5);
        }
    }
  });

  it("is a small SVG document with its own colours", () => {
    const svg = coverSvg(coverOf(ids[0]!), { tone: tones.sea.solid, tint: tones.sea.tint, sun: sunHex });
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 600 300">/);
    expect(svg.length).toBeLessThan(4000);
  });
});

describe("the tone of an event", () => {
  const event = (tone: string | null, own: string | null, id = ids[0]!) => ({ tone, organizer: { id, tone: own } });

  it("is its own, else its organiser's, else one of the organiser's id", () => {
    expect(toneOf(event("plum", "moss"))).toBe("plum");
    expect(toneOf(event(null, "moss"))).toBe("moss");
    expect(toneOf(event("nonsense", null))).toBe(toneOf(event(null, null)));
  });

  it("uses all eight for organisers made one after another", () => {
    const counts = new Map<string, number>();
    for (const id of ids)
      counts.set(toneOf(event(null, null, id)), (counts.get(toneOf(event(null, null, id))) ?? 0) + 1);
    expect(counts.size).toBe(8);
    expect(Math.min(...counts.values())).toBeGreaterThan(20);
  });
});
