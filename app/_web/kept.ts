import { hash } from "node:crypto";

/** Characters that a process keeps: the markup of about a hundred and fifty events' pages. */
const most = 3_000_000;
const texts = new Map<string, string>();
let size = 0;

/** A name for everything that a text is made of: of the same values the same, in any other case another one. */
export const versionOf = (...values: unknown[]): string => hash("sha256", JSON.stringify(values), "base64url");

/** The minute that it is, for what is made of the time: no phase of an event begins or ends within one. */
export const minuteOf = (now: Date): number => Math.floor(now.getTime() / 60_000);

/** The text that was made of the same before, if it is still kept. `of` names all that it is made of (`versionOf`). */
export function kept(of: string): string | undefined {
  const text = texts.get(of);
  return text === undefined ? undefined : keep(of, text);
}

/** Keeps a text. What was asked for last is at the end; what nobody asked for in the longest time goes first. */
export function keep(of: string, text: string): string {
  if (!texts.delete(of)) size += text.length;
  texts.set(of, text);
  for (const [oldest, { length }] of texts) {
    if (size <= most) break;
    texts.delete(oldest);
    size -= length;
  }
  return text;
}
