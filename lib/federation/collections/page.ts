import { isId } from "#lib/ids.ts";
import type { Json } from "../documents.ts";

const pageSize = 20;
const context = "https://www.w3.org/ns/activitystreams";

/** One thing in a collection, with what has been said of it since, and the row that a page goes on behind. */
type Item = { id: string; item: Json | string; since?: Json };

/** A page from behind a row, of one item more than it shows, if there are as many. */
export type Items = (after: string | undefined, limit: number) => Promise<Item[]>;
export type Listed = {
  total: number;
  items: Items;
  /** What stands before all of them on the first page, and is not counted. */
  before?: () => Promise<Item[]>;
};

export const nothing: Listed = { total: 0, items: async () => [] };

/** Whether a path can name a page of a collection at all. */
export const isPage = (page: string | undefined): boolean => !page || page === "first" || isId(page);

/**
 * A collection with its first page, or a further one. A page has a path and no query, which some sign and others do not.
 */
export async function paged(
  id: string,
  { attributedTo, page, total, items, before }: Listed & { attributedTo: string; page: string | undefined },
): Promise<Json> {
  const begins = !page || page === "first";
  const rows = await items(begins ? undefined : page, pageSize + 1);
  const shown = rows.slice(0, pageSize);
  const ahead = begins && before ? await before() : [];
  const common = { attributedTo, totalItems: total };
  const first = {
    ...{ ...common, id: `${id}/${page ?? "first"}`, type: "OrderedCollectionPage", partOf: id },
    ...(rows.length > pageSize ? { next: `${id}/${shown.at(-1)!.id}` } : {}),
    orderedItems: [...ahead, ...shown].flatMap(({ item, since }) => (since ? [item, since] : [item])),
  };
  const whole = { ...common, id, type: "OrderedCollection", first };
  return { "@context": context, ...(page ? first : whole) };
}
