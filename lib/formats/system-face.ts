import sharp from "sharp";
import { escapeHtml } from "#lib/html.ts";

const dark = 128;

/** Whether what is drawn is a frame all round: the box that stands for a character which no face has. */
async function isFramed(character: string): Promise<boolean> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="160"><rect width="160" height="160" fill="#fff"/><text x="30" y="110" font-size="80" font-family="sans-serif">${escapeHtml(character)}</text></svg>`;
  const { data, info } = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const ink = (x: number, y: number) => data[(y * width + x) * channels]! < dark;
  const columns = Array.from({ length: width }, (_, x) => x).filter((x) => count(height, (y) => ink(x, y)) > 0);
  const rows = Array.from({ length: height }, (_, y) => y).filter((y) => count(width, (x) => ink(x, y)) > 0);
  if (columns.length === 0) return true;
  const [left, right, top, bottom] = [columns[0]!, columns.at(-1)!, rows[0]!, rows.at(-1)!];
  const tall = bottom - top + 1;
  const wide = right - left + 1;
  // A bar, such as "I" or "ا", is no frame.
  if (wide < tall * 0.3) return false;
  // A pixel of slack at each edge: the renderer softens them.
  const upright = (x: number) => count(height, (y) => ink(x, y) || ink(x + 1, y) || ink(x - 1, y)) > tall * 0.9;
  const level = (y: number) =>
    count(width, (x) => ink(x, y) || (y > 0 && ink(x, y - 1)) || (y + 1 < height && ink(x, y + 1))) > wide * 0.9;
  return upright(left) && upright(right) && level(top) && level(bottom);
}

function count(length: number, holds: (at: number) => boolean): number {
  let found = 0;
  for (let at = 0; at < length; at++) if (holds(at)) found++;
  return found;
}

const known = new Map<string, Promise<boolean>>();

/**
 * Whether this machine has a face for the letters of a text. Tried by drawing up to four of them: where each comes out as
 * a frame (口 alone would not do) there is none. What was found for a letter is kept.
 */
export async function hasFace(text: string): Promise<boolean> {
  const letters = [...new Set(text.match(/\p{L}/gu) ?? [])].slice(0, 4);
  for (const letter of letters) {
    if (known.size > 2_000) known.clear();
    const framed = known.get(letter) ?? isFramed(letter);
    known.set(letter, framed);
    if (!(await framed)) return true;
  }
  return false;
}
