import { Denial } from "./denial.ts";

const longestList = 200;

/** On the bytes, without recursion: what nests deep or has thousands of values is costly to parse. */
export function checkSize(bytes: Uint8Array): void {
  let depth = 0;
  let values = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const char = bytes[at];
    if (inString) {
      if (char === 0x5c) at++;
      else if (char === 0x22) inString = false;
      continue;
    }
    if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) {
      values++;
      if (++depth > 20) throw new Denial(400, "too deep");
    } else if (char === 0x7d || char === 0x5d) depth--;
    else if (char === 0x2c && ++values > 2_000) throw new Denial(400, "too many values");
  }
}

/** @throws Denial 400 for a list that is longer than anybody needs. */
export function checkLists(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value) && value.length > longestList) throw new Denial(400, "list too long");
  for (const inner of Object.values(value)) checkLists(inner);
}

/** @throws Denial 400 for a text with NUL in it, which no database keeps. */
export function checkTexts(value: unknown): void {
  if (typeof value === "string" && value.includes("\0")) throw new Denial(400, "NUL");
  if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) checkTexts(inner);
}
