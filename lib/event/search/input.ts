import { z } from "zod";
import { isId } from "#lib/ids.ts";

export const presets = ["now", "today", "tomorrow", "weekend", "week", "month", "past"] as const;

const day = z.iso.date().refine((value) => value >= "1970-01-01" && value <= "2200-12-31");
const coordinates = /^\s*(-?\d{1,2}(?:\.\d{1,12})?)\s*[,;]\s*(-?\d{1,3}(?:\.\d{1,12})?)\s*$/;

/** Beyond all that `parseWall` reads, in any zone: what the database writes otherwise than we do is nobody's place in a list. */
const lastTime = Date.UTC(2201, 0, 3);

/** Where a page of a list ends: the next one begins after it. Milliseconds, then the id. */
const cursor = z.string().transform((value, context) => {
  const [, time = "", id = ""] = /^(-?\d{1,15})\.([0-9a-f-]{36})$/.exec(value) ?? [];
  if (isId(id) && Math.abs(Number(time)) <= lastTime) return { startTime: new Date(Number(time)), id };
  context.addIssue({ code: "custom" });
  return z.NEVER;
});

export type Cursor = z.infer<typeof cursor>;

/** The cursor behind the last event of a page, as `after` reads it. */
export const cursorOf = (event: { startTime: Date; id: string }): string => `${event.startTime.getTime()}.${event.id}`;

const place = z.string().transform((value, context): { town: string } | { latitude: number; longitude: number } => {
  const point = coordinates.exec(value);
  if (!point) return { town: value };
  const [latitude, longitude] = [Number(point[1]), Number(point[2])];
  if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude };
  context.addIssue({ code: "custom" });
  return z.NEVER;
});

const longestWords = 200;

const fields = {
  q: z
    .string()
    .max(longestWords)
    .refine((value) => !value.includes("\0")),
  near: z.string().max(120).pipe(place),
  radius: z.coerce.number().int().min(1).max(500),
  when: z.enum(presets),
  from: day,
  to: day,
  category: z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/),
  tag: z.string().max(50),
  language: z.string().regex(/^[a-z]{2,3}$/),
  mode: z.enum(["online", "offline"]),
  status: z.enum(["confirmed", "tentative", "cancelled"]),
  scope: z.enum(["local", "network"]),
  view: z.enum(["list"]),
  after: cursor,
} as const;

type Field = keyof typeof fields;
type Parsed = { [F in Field]?: z.infer<(typeof fields)[F]> };

/** What somebody looks for; a field that is absent filters nothing. */
export type Search = Parsed & { radius: number };

/** The same as it stands in an address, only what was understood. */
export type SearchParams = Partial<Record<Field, string>>;

export const defaultRadius = 25;

/**
 * Reads the parameters of a search. What is not understood is left out and named in `ignored`, so that the page can say
 * so; unknown parameters are nobody's business. A parameter that comes twice counts once.
 */
export function parseSearch(raw: Record<string, string | string[] | undefined>): {
  search: Search;
  params: SearchParams;
  ignored: Field[];
} {
  const search: Record<string, unknown> = {};
  const params: SearchParams = {};
  const ignored: Field[] = [];
  for (const name of Object.keys(fields) as Field[]) {
    const given = raw[name];
    const text = (Array.isArray(given) ? given[0] : given)
      ?.normalize("NFC")
      .replace(/\p{Cc}+/gu, " ")
      .trim();
    if (!text) continue;
    const parsed = fields[name].safeParse(text);
    if (parsed.success) {
      search[name] = parsed.data;
      params[name] = text;
    } else if (name === "q" && text.length > longestWords) {
      // Somebody pasted a page: its beginning is searched, and that is said.
      params.q = text.slice(0, longestWords).toWellFormed();
      search.q = params.q;
      ignored.push("q");
    } else ignored.push(name);
  }
  const drop = (name: Field) => {
    delete search[name];
    delete params[name];
    ignored.push(name);
  };
  if (params.from && params.to && params.to < params.from) drop("to");
  if (params.when && (params.from || params.to)) drop("when");
  if (params.radius && !params.near) delete params.radius;
  return { search: { ...search, radius: (search.radius as number) ?? defaultRadius } as Search, params, ignored };
}

/** The address of the same search with some parameters changed; null takes one away. The page goes back to the first. */
export function searchHref(
  params: SearchParams,
  change: Partial<Record<Field, string | null>> = {},
  path = "/search",
): string {
  const query = new URLSearchParams();
  const next = { ...params, after: undefined, ...change };
  for (const name of Object.keys(fields) as Field[]) {
    const value = next[name];
    if (value) query.set(name, value);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
