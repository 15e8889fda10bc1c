import sharp from "sharp";
import { coverOf, coverSvg } from "./cover.ts";
import { sunHex, type Tone, tones } from "./tone.ts";

const kept = new Map<string, Buffer>();

/**
 * The band on top of a mail, from the same shapes as the event's cover: a PNG of 1200 × 144, under 15 KB. The same seed
 * and tone are the same bytes.
 */
export async function mailStrip(seed: string, tone: Tone): Promise<Buffer> {
  const key = `${seed} ${tone}`;
  let png = kept.get(key);
  if (!png) {
    const colours = { tone: tones[tone].solid, tint: tones[tone].tint, sun: sunHex };
    const svg = coverSvg(coverOf(seed, { columns: 25, rows: 3 }), colours);
    png = await sharp(Buffer.from(svg)).resize(1200, 144).png({ palette: true, colours: 32, effort: 7 }).toBuffer();
    if (kept.size >= 200) kept.clear();
    kept.set(key, png);
  }
  return png;
}
