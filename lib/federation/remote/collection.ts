import type { Db } from "#db/client.ts";
import { Refusal } from "#lib/refusal.ts";
import type { ActorRow } from "../actors.ts";
import { sameOrigin } from "../addresses.ts";
import { fetchObject, type Json } from "../documents.ts";
import { idOf, isObject, listOf } from "./values.ts";

/**
 * How far one walk goes: so many pages, so many items, and until when (milliseconds). `budget`: how many documents several walks
 * may still ask for together. `as`: who of ours asks.
 */
export type Bounds = {
  pages: number;
  items: number;
  until: number;
  budget?: { documents: number };
  as?: ActorRow;
};

/** A page of a collection: what stands on it, and where the next one is; null: it is the last. */
export type Page = { items: unknown[]; next: string | null };

type PageBounds = Omit<Bounds, "items"> & { from?: string };

/**
 * The pages of a collection of another server, in its order, as far as the bounds go; from the first on, or `from` another. All
 * are of its own origin (FEP-fe34), also where one is redirected. @throws Refusal as `fetchObject`.
 */
export async function* pagesOf(
  db: Db,
  uri: string,
  { pages, until, budget = { documents: Number.POSITIVE_INFINITY }, as, from = uri }: PageBounds,
): AsyncGenerator<Page, void, undefined> {
  const read = async (address: string): Promise<Json | null> => {
    if (budget.documents-- <= 0 || Date.now() > until) return null;
    const page = await fetchObject(db, address, as);
    if (!sameOrigin(idOf(page.id)!, uri)) throw new Refusal("answer-odd");
    return page;
  };
  const near = (address: string | null) => (address && sameOrigin(address, uri) ? read(address) : null);
  let page = await near(from);
  const first = page?.first;
  if (page && !page.orderedItems && !page.items && first) page = isObject(first) ? first : await near(idOf(first));
  for (let at = 0; page && at < pages; at++) {
    const next = idOf(page.next);
    yield { items: [...listOf(page.orderedItems), ...listOf(page.items)], next };
    page = at + 1 < pages ? await near(next) : null;
  }
}

/** What stands on them. @throws Refusal as `fetchObject`. */
export async function* itemsOf(db: Db, uri: string, bounds: Bounds): AsyncGenerator<unknown, void, undefined> {
  let seen = 0;
  for await (const page of pagesOf(db, uri, bounds))
    for (const item of page.items) {
      if (seen++ >= bounds.items || Date.now() > bounds.until) return;
      yield item;
    }
}
