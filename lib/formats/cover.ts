import { seedOf } from "./tone.ts";

export type CoverInk = "tone" | "sun";
export type CoverPath = { d: string; ink: CoverInk; opacity: number };
/** A generated cover on a ground of the tone's tint: sizes in units of which a cell has 100. */
export type Cover = { width: number; height: number; paths: CoverPath[] };

const size = 100;
/** Neighbours overlap by half a unit: renderers leave hairlines between shapes that only touch. */
const bleed = 0.5;

type Point = readonly [number, number];

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A shape in a cell from -.5 to 100.5, turned by quarters about its middle and moved to its place. */
function shape(kind: number, quarters: number, column: number, row: number): string {
  const a = -bleed;
  const b = size + bleed;
  const side = b - a;
  const at = ([x, y]: Point) => {
    let [u, v]: Point = [x - size / 2, y - size / 2];
    for (let turn = 0; turn < quarters; turn++) [u, v] = [-v, u];
    const round = (value: number) => Math.round(value * 10) / 10;
    return `${round(u + size / 2 + column * size)} ${round(v + size / 2 + row * size)}`;
  };
  const arc = (radius: number, to: Point) => `A${radius} ${radius} 0 0 1 ${at(to)}`;
  if (kind === 0) return `M${at([a, a])}L${at([b, a])}${arc(side, [a, b])}Z`;
  if (kind === 1) return `M${at([b, a])}${arc(side / 2, [a, a])}Z`;
  if (kind === 2) return `M${at([a, a])}L${at([b, a])}L${at([a, b])}Z`;
  return `M${at([78, 50])}${arc(28, [22, 50])}${arc(28, [78, 50])}Z`;
}

/**
 * The cover of something without a picture: quarter-discs, half-discs, triangles, dots and nothing on a grid, at most
 * two of them in sun. The same seed (an id) is the same picture for ever. Four paths at most, ready for any SVG.
 */
export function coverOf(seed: string, { columns = 6, rows = 3 }: { columns?: number; rows?: number } = {}): Cover {
  const next = random(seedOf(seed));
  const pick = (count: number) => Math.floor(next() * count);
  const cells = columns * rows;
  const suns = new Set([pick(cells), pick(cells)]);
  const strokes = new Map<string, string>();
  for (let cell = 0; cell < cells; cell++) {
    const roll = next();
    const kind = roll < 0.34 ? 0 : roll < 0.56 ? 1 : roll < 0.7 ? 2 : roll < 0.82 ? 3 : 4;
    const quarters = pick(4);
    const strength = [1, 0.55, 0.35][pick(3)]!;
    if (kind === 4 && !suns.has(cell)) continue;
    const key = suns.has(cell) ? "sun 1" : `tone ${strength}`;
    const d = shape(kind === 4 ? 3 : kind, quarters, cell % columns, Math.floor(cell / columns));
    strokes.set(key, (strokes.get(key) ?? "") + d);
  }
  const paths = [...strokes].map(([key, d]) => {
    const [ink, opacity] = key.split(" ") as [CoverInk, string];
    return { d, ink, opacity: Number(opacity) };
  });
  return { width: columns * size, height: rows * size, paths };
}

type Drawn = { width: number; height: number; html: string };
const drawn = new Map<string, Drawn>();

/**
 * The paths of a cover as markup whose colours are our tokens: one string costs a page a fifth of what elements do, and is
 * kept, for a list shows the same covers to everybody.
 */
export function coverPaths(seed: string, { columns = 6, rows = 3 }: { columns?: number; rows?: number } = {}): Drawn {
  const key = `${seed} ${columns} ${rows}`;
  let known = drawn.get(key);
  if (!known) {
    const { width, height, paths } = coverOf(seed, { columns, rows });
    const markup = paths.map(
      ({ d, ink, opacity }) => `<path fill="var(--${ink})"${opacity === 1 ? "" : ` opacity="${opacity}"`} d="${d}"/>`,
    );
    known = { width, height, html: markup.join("") };
    if (drawn.size > 2_000) drawn.clear();
    drawn.set(key, known);
  }
  return known;
}

/** The same as an SVG document with its own colours, for cards and mails. */
export function coverSvg(cover: Cover, colours: { tone: string; sun: string; tint: string }): string {
  const paths = cover.paths.map(
    ({ d, ink, opacity }) => `<path fill="${colours[ink]}" opacity="${opacity}" d="${d}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${cover.width} ${cover.height}"><path fill="${colours.tint}" d="M0 0h${cover.width}v${cover.height}H0z"/>${paths.join("")}</svg>`;
}
