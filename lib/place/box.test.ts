import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxesAround } from "./box.ts";

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** The point that lies so many kilometres away in a direction, on a sphere of 6,371 km. */
function away(latitude: number, longitude: number, kilometres: number, bearing: number): [number, number] {
  const d = kilometres / 6371;
  const [p, l, b] = [radians(latitude), radians(longitude), radians(bearing)];
  const q = Math.asin(Math.sin(p) * Math.cos(d) + Math.cos(p) * Math.sin(d) * Math.cos(b));
  const m = l + Math.atan2(Math.sin(b) * Math.sin(d) * Math.cos(p), Math.cos(d) - Math.sin(p) * Math.sin(q));
  const degrees = (m * 180) / Math.PI;
  return [(q * 180) / Math.PI, ((((degrees + 180) % 360) + 360) % 360) - 180];
}

describe("the boxes around a circle", () => {
  it("hold every point of it, wherever on earth", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 360, noNaN: true }),
        (latitude, longitude, radius, bearing) => {
          const [y, x] = away(latitude, longitude, radius * 0.999, bearing);
          return boxesAround(latitude, longitude, radius).some(
            ({ west, south, east, north }) => x >= west && x <= east && y >= south && y <= north,
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("are two across the antimeridian, and stay within the map", () => {
    expect(boxesAround(-17.8, 179.99, 25)).toHaveLength(2);
    expect(boxesAround(48, 2, 25)).toHaveLength(1);
    for (const { west, east } of boxesAround(-17.8, -179.99, 25)) {
      expect(west).toBeGreaterThanOrEqual(-180);
      expect(east).toBeLessThanOrEqual(180);
    }
  });
});
