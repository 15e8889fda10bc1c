import { database } from "#app/_web/database.ts";
import { entityTag } from "#app/_web/feed.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { settleSearch } from "#lib/event/search/criteria.ts";
import { parseSearch, type SearchParams, searchHref } from "#lib/event/search/input.ts";
import { type Criteria, lastChange } from "#lib/event/search/queries.ts";
import type { InstanceRow } from "#lib/instance/queries.ts";
import { addDays, dayOf } from "#lib/time.ts";

type FeedSearch = {
  instance: InstanceRow;
  params: SearchParams;
  /** Of everything that a feed depends on: the search, the day, and the last change of any event. One query. */
  tag: string;
  changed: Date;
  /** Settled only when the body is needed; null when the town is unknown: then nothing is near it. */
  criteria: () => Promise<Criteria | null>;
};

/** A search as a feed reads it: without dates, from `daysBack` days ago on; its pages are one. */
export async function feedSearch(request: Request, kind: string, daysBack: number): Promise<FeedSearch> {
  const query = new URL(request.url).searchParams;
  const { search, params } = parseSearch(Object.fromEntries(query));
  const [instance, changed] = await Promise.all([ownInstance(), lastChange(database())]);
  const now = new Date();
  const first = addDays(dayOf(now, instance.timezone), -daysBack);
  const asked = searchHref(params, { after: null, view: null });
  const { after: _, ...rest } = search;
  const dated = rest.when || rest.from || rest.to ? rest : { ...rest, from: first };
  return {
    instance,
    params,
    changed,
    tag: entityTag(kind, asked, first, changed.getTime(), instance.name, instance.language, instance.timezone),
    criteria: async () => {
      const settled = await settleSearch(database(), dated, instance.timezone, now);
      return settled.unknown ? null : settled.criteria;
    },
  };
}
