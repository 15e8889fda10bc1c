/** The eight hues of the house, by name, and what they render to in print, mail and pictures (light; sRGB). */
export const tones = {
  pine: { solid: "#11644c", tint: "#d3f0e3" },
  sea: { solid: "#0f5f6f", tint: "#cfeef7" },
  iris: { solid: "#514e82", tint: "#e5e5ff" },
  plum: { solid: "#724268", tint: "#f8e0f1" },
  brick: { solid: "#7e413a", tint: "#ffe0db" },
  ochre: { solid: "#724d16", tint: "#f7e5cf" },
  moss: { solid: "#475e27", tint: "#e1edd4" },
  slate: { solid: "#2d5883", tint: "#d7eaff" },
} as const;

export const sunHex = "#f9c04c";

export type Tone = keyof typeof tones;

const names = Object.keys(tones) as Tone[];

const known = (value: string | null | undefined): value is Tone => names.includes(value as Tone);

/** 32 bits of a text (FNV-1a): the same everywhere and for ever, for pictures and colours; no secret. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** An event's colour: its own, else its organiser's, else one of the organiser's id, so that one group looks the same. */
export function toneOf(event: { tone: string | null; organizer: { id: string; tone: string | null } }): Tone {
  if (known(event.tone)) return event.tone;
  if (known(event.organizer.tone)) return event.organizer.tone;
  const seed = seedOf(event.organizer.id);
  // The low bits of this hash of nearly equal ids go together: the high ones are mixed in.
  return names[((seed ^ (seed >>> 15)) >>> 0) % names.length]!;
}
