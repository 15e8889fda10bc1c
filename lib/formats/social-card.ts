import { readFileSync } from "node:fs";
import { join } from "node:path";
import satori from "satori";
import sharp from "sharp";
import { escapeHtml } from "#lib/html.ts";
import { coverOf } from "./cover.ts";
import { hasFace } from "./system-face.ts";
import { sunHex, type Tone, tones } from "./tone.ts";

export type SocialCard = {
  seed: string;
  tone: Tone;
  name: string;
  date: string;
  place: string;
  host: string;
  /** The sheet: day(s), month, weekday. */
  sheet: { day: string; month: string; weekday: string };
  cancelled: string | null;
};

const ink = "#16242c";
const width = 1200;
const height = 630;
/** Where the text ends and the pattern begins, and how wide a line may be. */
const margin = 64;
const column = 885;
const measure = column - margin - 40;

/** Above the title: margin, sheet, gap. What title and facts share: the rest, without logo and margins. */
const titleTop = 56 + 166 + 28;
const factLine = 41;
const shared = height - titleTop - factLine - 14 - 48;

type Node = { type: string; props: Record<string, unknown> };
const box = (style: Record<string, unknown>, children?: unknown): Node => ({
  type: "div",
  props: { style: { display: "flex", ...style }, children },
});

// The renderer takes one face of a name: each range has its own, and they are asked in this order.
const ranges = { latin: "Bricolage", "latin-ext": "Bricolage Ext", vietnamese: "Bricolage Viet" } as const;
const fontFamily = Object.values(ranges).join(", ");
let fonts: { name: string; data: Buffer; weight: 400 | 700; style: "normal" }[] | null = null;

/** Our own files (`.woff`: the renderer reads no woff2), read once. */
function ownFonts() {
  const folder = join(process.cwd(), "node_modules/@fontsource/bricolage-grotesque/files");
  const read = (range: keyof typeof ranges, weight: 400 | 700) => ({
    name: ranges[range],
    data: readFileSync(join(/* turbopackIgnore: true */ folder, `bricolage-grotesque-${range}-${weight}-normal.woff`)),
    weight,
    style: "normal" as const,
  });
  fonts ??= (Object.keys(ranges) as (keyof typeof ranges)[]).flatMap((range) => [read(range, 400), read(range, 700)]);
  return fonts;
}

/** The tree as SVG, and the characters that our faces lack. */
async function drawn(tree: Node): Promise<{ svg: string; missing: Set<string> }> {
  const missing = new Set<string>();
  const loadAdditionalAsset = async (_: string, segment: string) => {
    for (const character of segment) missing.add(character);
    return [];
  };
  const svg = await satori(tree as never, { width, height, fonts: ownFonts(), loadAdditionalAsset });
  return { svg, missing };
}

/** One line of what people wrote, without emoji and what has no shape. */
function legible(text: string): string {
  const line = text
    .toWellFormed()
    .normalize("NFC")
    .replace(/\p{Extended_Pictographic}|[\ufe0f\u{1f3fb}-\u{1f3ff}\u{1f1e6}-\u{1f1ff}]/gu, "")
    .replace(/[\p{Zs}\p{Cc}]+/gu, " ")
    .replace(/[\p{Cf}\p{Cn}\p{Co}]/gu, "")
    .trim();
  // Marks that no Latin letter took up (NFC) pile up over the lines; in other scripts they are part of the word.
  return /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u.test(line) ? line.replace(/\p{M}/gu, "") : line;
}

/** What of a text our faces can draw; null where letters would be missing. */
async function inOwnFaces(text: string): Promise<string | null> {
  const { missing } = await drawn(box({ fontFamily, fontWeight: 700 }, text));
  if ([...missing].some((character) => /\p{L}/u.test(character))) return null;
  return [...text]
    .filter((character) => !missing.has(character))
    .join("")
    .replace(/ +/g, " ")
    .trim();
}

function pattern(seed: string, tone: Tone): string {
  const cover = coverOf(seed, { rows: 6, columns: 3 });
  const paths = cover.paths.map(
    ({ d, ink: kind, opacity }) =>
      `<path d="${d}" fill="${kind === "sun" ? sunHex : tones[tone].solid}" opacity="${opacity}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${cover.width} ${cover.height}" width="315" height="630" preserveAspectRatio="xMidYMid slice">${paths.join("")}</svg>`;
}

/** A title in another script, set by the system's own face: `rows` lines at most, from the right where it is read so. */
function systemTitle(text: string, size: number, rows: number): string {
  // Ideographs are as wide as high, other letters less.
  const units = (part: string) =>
    [...part].reduce((sum, one) => sum + (/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u.test(one) ? 1 : 0.72), 0);
  const room = measure / size;
  const lines = [""];
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    for (const part of units(segment) > room ? segment : [segment]) {
      if (units(lines.at(-1)! + part) > room) lines.push("");
      lines[lines.length - 1] += part;
    }
  }
  const shown = lines.slice(0, rows).map((line) => line.trim());
  if (lines.length > rows) shown[rows - 1] += "…";
  const rtl = /[\u0590-\u08ff]/.test(text);
  const at = `x="${rtl ? column - 40 : margin}"${rtl ? ' direction="rtl"' : ""}`;
  const spans = shown.map(
    (line, index) =>
      `<text ${at} y="${Math.round(titleTop + size + index * size * 1.25)}" font-size="${size}" font-weight="700" fill="${ink}" font-family="sans-serif">${escapeHtml(line)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${spans.join("")}</svg>`;
}

function dateSheet({ sheet, cancelled, tone }: SocialCard): Node {
  const band = { background: tones[tone].solid, color: "#fff", fontSize: 26, fontWeight: 700, padding: "6px 0" };
  const centred = { justifyContent: "center" };
  return box(
    {
      flexDirection: "column",
      width: 132,
      borderRadius: 14,
      overflow: "hidden",
      background: "#fff",
      border: "2px solid #dddbd2",
    },
    [
      box({ ...centred, ...band, textTransform: "uppercase" }, sheet.month),
      box(
        {
          ...centred,
          fontSize: sheet.day.length > 2 ? 40 : 64,
          fontWeight: 700,
          lineHeight: 1.2,
          ...(cancelled ? { textDecoration: "line-through" } : {}),
        },
        sheet.day,
      ),
      box({ ...centred, fontSize: 24, paddingBottom: 8, color: "#4a5860" }, sheet.weekday),
    ],
  );
}

const logo = (tone: Tone): Node => ({
  type: "svg",
  props: {
    width: 36,
    height: 36,
    viewBox: "0 0 32 32",
    children: [
      { type: "path", props: { d: "M16 3a11 11 0 0 0 0 22z", fill: tones[tone].solid } },
      { type: "path", props: { d: "M16 7a11 11 0 0 1 0 22z", fill: sunHex } },
    ],
  },
});

/**
 * The picture that other sites show of an event: PNG, 1200×630, drawn from our own files without network. Any title can
 * be drawn: emoji are left out, long words broken, three lines at most; one in a script that neither our faces nor the
 * machine's know gives way to the date.
 */
export async function drawSocialCard(card: SocialCard): Promise<Buffer> {
  const { solid, tint } = tones[card.tone];
  const [name, date] = [legible(card.name), legible(card.date)];
  const own = await inOwnFaces(name);
  const system = own === null && (await hasFace(name));
  const title = own || (system ? name : date);
  const place = await inOwnFaces(legible(card.place));
  const facts = [card.cancelled, title === date ? null : date, place].filter(Boolean) as string[];
  // A date of several days may take two lines.
  const lines = facts.length + (date.length > 52 ? 1 : 0);
  const wanted = title.length > 90 ? 46 : title.length > 45 ? 54 : 60;
  const rows = Math.min(3, Math.ceil((title.length * wanted * 0.7) / measure));
  const size = Math.min(wanted, Math.floor((shared - lines * factLine) / (rows * (system ? 1.25 : 1.12))));
  const text = { display: "block", width: measure, wordBreak: "break-word" };
  const heading = { ...text, marginTop: 28, fontSize: size, fontWeight: 700, lineHeight: 1.12, lineClamp: rows };
  const called = { color: "#aa2b24", fontWeight: 700 };
  const tree = box({ width, height, background: tint, color: ink, fontFamily }, [
    box(
      { flexDirection: "column", width: column, padding: `56px 0 48px ${margin}px`, justifyContent: "space-between" },
      [
        box({ flexDirection: "column" }, [dateSheet(card), box(heading, system ? " " : title)]),
        box({ flexDirection: "column", fontSize: 30, lineHeight: 1.35 }, [
          ...facts.map((fact) =>
            box({ ...text, lineClamp: fact === date ? 2 : 1, ...(fact === card.cancelled ? called : {}) }, fact),
          ),
          box({ marginTop: 14, alignItems: "center", fontSize: 26, fontWeight: 700, color: solid }, [
            logo(card.tone),
            box({ marginLeft: 10 }, card.host),
          ]),
        ]),
      ],
    ),
  ]);
  const { svg } = await drawn(tree);
  const layers = [{ input: Buffer.from(pattern(card.seed, card.tone)), left: column, top: 0 }];
  if (system) layers.push({ input: Buffer.from(systemTitle(name, size, rows)), left: 0, top: 0 });
  return sharp(Buffer.from(svg)).composite(layers).png({ compressionLevel: 9, palette: true }).toBuffer();
}
