import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawSocialCard, type SocialCard } from "./social-card.ts";
import { tones } from "./tone.ts";

const card: SocialCard = {
  seed: "01a20a01-a65a-70d5-8cbb-69e03130a0c4",
  tone: "sea",
  name: "Repair café",
  date: "Saturday 5 December 2026, 19:00–22:00",
  place: "Lyon",
  host: "events.example.org",
  sheet: { day: "5", month: "Dec", weekday: "Sat" },
  cancelled: null,
};
const days = "Saturday 28 November 2026, 19:00 – Sunday 29 November 2026, 22:00";

/** How many pixels of a part of the card are not its ground. */
async function inked(png: Buffer, box: { left: number; top: number; width: number; height: number }): Promise<number> {
  const { data, info } = await sharp(png).extract(box).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const ground = [1, 3, 5].map((at) => Number.parseInt(tones.sea.tint.slice(at, at + 2), 16));
  let count = 0;
  for (let at = 0; at < data.length; at += info.channels)
    if (ground.some((value, channel) => Math.abs(value - data[at + channel]!) > 40)) count++;
  return count;
}
const heading = { left: 40, top: 245, width: 845, height: 215 };
/** Right before the pattern: nothing but air. */
const gutter = { left: 874, top: 230, width: 10, height: 400 };

describe("the picture of an event for other sites", () => {
  it.each([
    ["two hundred characters", { name: "A long title about many things ".repeat(7).slice(0, 200) }],
    ["one word of eighty letters", { name: "W".repeat(80) }],
    [
      "every line at its longest",
      { name: "W".repeat(200), date: days, cancelled: "Cancelled", place: "Mm".repeat(99) },
    ],
    ["Polish and Vietnamese", { name: "Łódź, Đà Nẵng" }],
    ["Arabic", { name: "لقاء إصلاح الدراجات في الحي القديم مع الأصدقاء والجيران وأهل المدينة كلهم" }],
    ["Cyrillic", { name: "Ремонтное кафе на площади перед вокзалом с чаем и музыкой до утра" }],
    ["Japanese", { name: "自転車修理カフェとお茶会のご案内、どなたでも歓迎いたします" }],
    ["piled up marks", { name: "Z\u0351\u036b\u0343\u036a\u0302A\u0334\u0335L\u0320\u0368" }],
    ["emoji alone", { name: "🎈👩‍👩‍👧‍👦🇫🇷" }],
    ["nothing", { name: "", place: "", date: "" }],
    ["markup", { name: '<b>&amp;"</b>', place: "<script>" }],
    ["control characters and halves", { name: "a\u0000\u0007b\u202ec\ud800", place: "\u001b" }],
    ["control characters before Arabic", { name: "\u0007\u0001مرحبا" }],
  ])("is drawn for %s, and its lines end before the pattern", async (_, change) => {
    const png = await drawSocialCard({ ...card, ...change });
    expect(await sharp(png).metadata()).toMatchObject({ format: "png", width: 1200, height: 630 });
    expect(png.length).toBeLessThan(80_000);
    expect(await inked(png, gutter)).toBe(0);
  });

  it("is the same picture for the same event, and another when it is called off", async () => {
    const [one, two, off] = await Promise.all(
      [card, card, { ...card, cancelled: "Cancelled" }].map((shown) => drawSocialCard(shown)),
    );
    expect(one!.equals(two!)).toBe(true);
    expect(one!.equals(off!)).toBe(false);
  });

  it("draws letters beyond Latin-1 as letters, each its own", async () => {
    const [stroke, dotted, missing] = await Promise.all(
      ["Łłł", "Żżż", "★★"].map((name) => drawSocialCard({ ...card, name, date: "" })),
    );
    expect(stroke!.equals(dotted!)).toBe(false);
    expect(await inked(stroke!, heading)).toBeGreaterThan(500);
    expect(await inked(missing!, heading)).toBe(0);
  });
});
