import { beginning } from "#lib/html.ts";
import { webUrl } from "#lib/urls.ts";
import type { Json } from "../documents.ts";

/** What peers write in many ways, read in one. Nothing here throws, whatever comes. */

/** An object, and no list. */
export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** One value as a list. */
export const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** A text: plain, language-tagged, or the first of a list. NUL and lone surrogates are taken out; at most 64,000 long. */
export function textOf(value: unknown): string {
  const first = Array.isArray(value) ? value[0] : value;
  const text = isObject(first) ? (first["@value"] ?? first.value ?? first.name) : first;
  return typeof text === "string" ? beginning(text, 64_000).toWellFormed().replaceAll("\0", "") : "";
}

/** The tag of a language (BCP 47) of at most 35 characters. */
export const languageOf = (value: unknown): string | null =>
  typeof value === "string" && value.length <= 35 && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(value) ? value : null;

/** A text with its map of languages: the text, and the language that it is in, if one is said. */
export function languageText(object: Json, name: string): { text: string; language: string | null } {
  const map = object[`${name}Map`];
  const [language, mapped] = isObject(map) ? (Object.entries(map)[0] ?? []) : [];
  const own = textOf(object[name]);
  const tagged = isObject(object[name]) ? object[name]["@language"] : null;
  const found = language ?? (typeof tagged === "string" ? tagged : null);
  return {
    text: own || textOf(mapped),
    language: languageOf(found),
  };
}

const longestId = 2048;
/** Whether an id, or an address, is of no more bytes than an index holds. */
export const fits = (id: string): boolean => Buffer.byteLength(id) <= longestId;

/** The id of what a property names or embeds. */
export function idOf(value: unknown): string | null {
  const first = Array.isArray(value) ? value[0] : value;
  const id = isObject(first) ? (first.id ?? first["@id"]) : first;
  return typeof id === "string" && fits(id) ? id : null;
}

/** The ids of all that a property names or embeds. */
export const idsOf = (value: unknown): string[] => listOf(value).flatMap((one) => idOf(one) ?? []);

/** The first http(s) address in a property: a string, a Link, an Image, or a list of them. */
export function linkOf(value: unknown, base?: string): string | null {
  for (const one of listOf(value)) {
    const href = isObject(one)
      ? (one.href ?? (Array.isArray(one.url) || isObject(one.url) ? linkOf(one.url, base) : one.url))
      : one;
    if (typeof href !== "string") continue;
    const url = webUrl(base && URL.canParse(href, base) ? new URL(href, base).href : href);
    if (url) return url;
  }
  return null;
}

/** A number, also written as a text; null for anything else. */
export const numberOf = (value: unknown): number | null => {
  const number = typeof value === "string" && /^-?\d{1,9}(\.\d{1,15})?$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
};
