import sharp from "sharp";
import { expect, it } from "vitest";
import { newId } from "#lib/ids.ts";
import { mailStrip } from "./strip.ts";
import { type Tone, tones } from "./tone.ts";

it("draws strips that are small, of one size, and the same again", async () => {
  for (const tone of Object.keys(tones) as Tone[]) {
    const seed = newId();
    const png = await mailStrip(seed, tone);
    expect(png.byteLength).toBeLessThan(15 * 1024);
    expect(await sharp(png).metadata()).toMatchObject({ format: "png", width: 1200, height: 144 });
    expect((await mailStrip(seed, tone)).equals(png)).toBe(true);
  }
});
