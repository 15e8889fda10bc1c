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

/**
 * What stands in a collection of another server, in its order, as far as the bounds go. All of its pages are of its own
 * origin (FEP-fe34), also where one is redirected. @throws Refusal as `fetchObject`.
 */
export async function* itemsOf(
  db: Db,
  uri: string,
  { pages, items, until, budget = { documents: Number.POSITIVE_INFINITY }, as }: Bounds,
): AsyncGenerator<unknown, void, undefined> {
  const read = async (address: string): Promise<Json | null> => {
    if (budget.documents-- <= 0 || Date.now() > until) return null;
    const page = await fetchObject(db, address, as);
    if (!sameOrigin(idOf(page.id)!, uri)) throw new Refusal("answer-odd");
    return page;
  };
  const near = (address: string | null) => (address && sameOrigin(address, uri) ? read(address) : null);
  let page = await read(uri);
  const first = page?.first;
  if (page && !page.orderedItems && !page.items && first) page = isObject(first) ? first : await near(idOf(first));
  for (let [at, seen] = [0, 0]; page && at < pages; at++) {
    for (const item of [...listOf(page.orderedItems), ...listOf(page.items)]) {
      if (seen++ >= items || Date.now() > until) return;
      yield item;
    }
    page = at + 1 < pages ? await near(idOf(page.next)) : null;
  }
}
