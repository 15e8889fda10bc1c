import { readFileSync } from "node:fs";
import { join } from "node:path";
import satori from "satori";
import sharp from "sharp";
import { escapeHtml } from "#lib/html.ts";
import { coverOf } from "./cover.ts";
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
  rtl: boolean;
};

const ink = "#16242c";
const width = 1200;
const height = 630;

type Node = { type: string; props: Record<string, unknown> };
const box = (style: Record<string, unknown>, children?: unknown): Node => ({
  type: "div",
  props: { style: { display: "flex", ...style }, children },
});

let fonts: { name: string; data: Buffer; weight: 400 | 700; style: "normal" }[] | null = null;

/** Our own files (`.woff`: the renderer reads no woff2), read once. */
function ownFonts() {
  const folder = join(process.cwd(), "node_modules/@fontsource/bricolage-grotesque/files");
  const read = (range: string, weight: 400 | 700) => ({
    name: "Bricolage",
    data: readFileSync(join(/* turbopackIgnore: true */ folder, `bricolage-grotesque-${range}-${weight}-normal.woff`)),
    weight,
    style: "normal" as const,
  });
  fonts ??= [read("latin", 400), read("latin", 700), read("latin-ext", 400), read("latin-ext", 700)];
  return fonts;
}

/** What our faces can draw; the rest (emoji, other scripts) is left to the system's faces, see `drawText`. */
const drawable = (text: string) => /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u.test(text);
const withoutEmoji = (text: string) =>
  text
    .replace(/\p{Extended_Pictographic}|[\u200d\ufe0f\u{1f3fb}-\u{1f3ff}\u{1f1e6}-\u{1f1ff}]/gu, "")
    .replace(/\s+/g, " ")
    .trim();

function pattern(seed: string, tone: Tone): string {
  const cover = coverOf(seed, { rows: 6, columns: 3 });
  const paths = cover.paths.map(
    ({ d, ink: kind, opacity }) =>
      `<path d="${d}" fill="${kind === "sun" ? sunHex : tones[tone].solid}" opacity="${opacity}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${cover.width} ${cover.height}" width="315" height="630" preserveAspectRatio="xMidYMid slice">${paths.join("")}</svg>`;
}

/** Arabic, Japanese and the like: set by the system's own faces where it has them. */
function systemText(text: string, size: number, y: number, rtl: boolean, weight: number, line = 20): string {
  const words = [...text].length > line * 3 ? `${[...text].slice(0, line * 3 - 1).join("")}…` : text;
  const lines: string[] = [];
  for (const word of words.split(" ").flatMap((one) => one.match(new RegExp(`.{1,${line}}`, "gu")) ?? [])) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < line) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const x = rtl ? 820 : 64;
  return lines
    .slice(0, 3)
    .map(
      (one, index) =>
        `<text x="${x}" y="${y + index * size * 1.25}" font-size="${size}" font-weight="${weight}" fill="${ink}" text-anchor="start"${rtl ? ' direction="rtl"' : ""} font-family="sans-serif">${escapeHtml(one)}</text>`,
    )
    .join("");
}

/**
 * The picture that other sites show of an event: PNG, 1200×630, drawn from our own files without network. Any title can
 * be drawn: emoji are left out, long words broken, three lines at most.
 */
export async function drawSocialCard(card: SocialCard): Promise<Buffer> {
  const { solid, tint } = tones[card.tone];
  const name = withoutEmoji(card.name) || card.host;
  const plain = drawable(name);
  const size = name.length > 90 ? 46 : name.length > 45 ? 56 : 68;
  const sheet = box(
    {
      flexDirection: "column",
      width: 132,
      borderRadius: 14,
      overflow: "hidden",
      background: "#fff",
      border: "2px solid #dddbd2",
    },
    [
      box(
        {
          background: solid,
          color: "#fff",
          justifyContent: "center",
          fontSize: 26,
          fontWeight: 700,
          padding: "6px 0",
          textTransform: "uppercase",
        },
        card.sheet.month,
      ),
      box(
        {
          justifyContent: "center",
          fontSize: card.sheet.day.length > 2 ? 40 : 64,
          fontWeight: 700,
          lineHeight: 1.2,
          color: ink,
          ...(card.cancelled ? { textDecoration: "line-through" } : {}),
        },
        card.sheet.day,
      ),
      box({ justifyContent: "center", fontSize: 24, paddingBottom: 8, color: "#4a5860" }, card.sheet.weekday),
    ],
  );
  const facts = [card.cancelled, card.date, drawable(card.place) ? card.place : null].filter(Boolean);
  const tree = box({ width, height, background: tint, color: ink, fontFamily: "Bricolage" }, [
    box({ flexDirection: "column", width: 885, padding: "56px 40px 48px 64px", justifyContent: "space-between" }, [
      box({ flexDirection: "column" }, [
        sheet,
        box(
          {
            marginTop: 32,
            fontSize: size,
            fontWeight: 700,
            lineHeight: 1.12,
            display: "block",
            lineClamp: 3,
            wordBreak: "break-word",
          },
          plain ? name : " ",
        ),
      ]),
      box({ flexDirection: "column", fontSize: 30, lineHeight: 1.35 }, [
        ...facts.map((fact, index) =>
          box(
            {
              display: "block",
              lineClamp: 1,
              ...(card.cancelled && index === 0 ? { color: "#aa2b24", fontWeight: 700 } : {}),
            },
            fact,
          ),
        ),
        box({ marginTop: 14, fontSize: 26, fontWeight: 700, color: solid }, card.host),
      ]),
    ]),
  ]);
  const svg = await satori(tree as never, { width, height, fonts: ownFonts() });
  const layers = [{ input: Buffer.from(pattern(card.seed, card.tone)), left: 885, top: 0 }];
  if (!plain || card.rtl) {
    const text = plain ? "" : systemText(name, size, 270 + size * 0.4, card.rtl, 700);
    layers.push({
      input: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${text}</svg>`),
      left: 0,
      top: 0,
    });
  }
  return sharp(Buffer.from(svg)).composite(layers).png({ compressionLevel: 9, palette: true }).toBuffer();
}
