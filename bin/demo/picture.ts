import { toPng } from "#lib/formats/png.ts";
import { seedOf, sunHex, type Tone, tones } from "#lib/formats/tone.ts";

/** What the picture shows, for those who do not see it. */
export const pictureWords: Record<string, string> = {
  en: "Paper cut-out: hills under a round yellow sun",
  fr: "Papier découpé : des collines sous un soleil rond et jaune",
  de: "Scherenschnitt: Hügel unter einer runden gelben Sonne",
  es: "Papel recortado: colinas bajo un sol redondo y amarillo",
  it: "Carta ritagliata: colline sotto un sole tondo e giallo",
  pt: "Papel recortado: colinas sob um sol redondo e amarelo",
};

/** A landscape of cut paper, another one for each name: PNG, 1600×900. */
export function drawPicture(name: string, tone: Tone): Promise<Buffer> {
  let state = seedOf(name);
  const random = (low: number, high: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.round(low + (state / 4294967296) * (high - low));
  };
  const { solid, tint } = tones[tone];
  const hills = [0.25, 0.45, 0.7, 1].map((opacity, index) => {
    const top = 420 + index * 110;
    const points = [0, 400, 800, 1200, 1600].map((x) => `${x} ${top + random(-90, 90)}`);
    const curve = points.slice(1).map((point, at) => `Q${at * 400 + 200} ${top + random(-160, 120)} ${point}`);
    return `<path d="M${points[0]}${curve.join("")}L1600 900L0 900Z" fill="${solid}" opacity="${opacity}"/>`;
  });
  const sun = `<circle cx="${random(300, 1300)}" cy="${random(200, 330)}" r="${random(80, 130)}" fill="${sunHex}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900"><rect width="1600" height="900" fill="${tint}"/>${sun}${hills.join("")}</svg>`;
  return toPng(svg);
}
