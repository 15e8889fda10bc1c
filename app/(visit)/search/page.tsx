import type { Metadata } from "next";
import { ButtonLink, wayLook } from "#app/_ui/button.tsx";
import { EventCard } from "#app/_ui/event-card.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { minuteOf, versionOf } from "#app/_web/kept.ts";
import { asTitle } from "#app/_web/page-title.ts";
import { getReader } from "#app/_web/reader.ts";
import { Still } from "#app/_web/still.tsx";
import { loosened, settleSearch } from "#lib/event/search/criteria.ts";
import { cursorOf, parseSearch, searchHref } from "#lib/event/search/input.ts";
import { countAlternatives, type Found, listEvents } from "#lib/event/search/queries.ts";
import { isAddress } from "#lib/federation/remote/address.ts";
import { zoneWords } from "#lib/locale/dates.ts";
import { SearchRow } from "../search-row.tsx";
import { summaryOf } from "../summary.ts";
import { Address } from "./address.tsx";
import { Filters } from "./filters.tsx";
import { Nothing } from "./nothing.tsx";
import { Subscribe } from "./subscribe.tsx";

type Props = { searchParams: Promise<Record<string, string | string[]>> };

const pageSize = 30;
const nothing: Found = { events: [], total: { known: 0, exact: true }, more: false, similar: false };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { t } = await getReader();
  const { params } = parseSearch(await searchParams);
  const what = [params.q, params.near].filter(Boolean).join(", ");
  const feed = (path: string) => searchHref({ ...params, view: undefined }, {}, path);
  return {
    title: what ? asTitle(t("find.titleFor", { what })) : t("find.title"),
    robots: { index: false, follow: true },
    alternates: { types: { "application/atom+xml": feed("/search.atom"), "text/calendar": feed("/search.ics") } },
  };
}

/** Search: town, events, and only when nothing was found what else would be; three queries at most. */
export default async function SearchPage({ searchParams }: Props) {
  const { locale, t } = await getReader();
  const { timezone } = await ownInstance();
  const now = new Date();
  const { search, params, ignored } = parseSearch(await searchParams);
  const { criteria, zone, town, unknown } = await settleSearch(database(), search, timezone, now);
  const found = unknown ? nothing : await listEvents(database(), criteria, pageSize);
  const { events, total, more, similar } = found;
  const others = events.length === 0 && !unknown && !criteria.after ? loosened(search, criteria, now) : [];
  const counts = await countAlternatives(database(), others);
  const ways = counts.map((count, at) => ({ ...count, drops: others[at]!.drops, radius: others[at]!.radius }));
  const count = total.exact ? "find.count" : "find.countMore";
  const past = params.when === "past";
  return (
    <>
      <h1 className="pt-8 pb-4">{t(past ? "find.pastTitle" : "find.title")}</h1>
      <SearchRow t={t} params={params} nearError={unknown && t("find.unknownTown", { town: unknown.words })}>
        <Filters t={t} locale={locale} params={params} />
      </SearchRow>
      {params.q && isAddress(params.q) && <Address address={params.q.trim()} />}
      {ignored.length > 0 && (
        <Notice kind="warn" className="mt-4" title={t("find.ignored", { names: ignored.join(", ") })} />
      )}
      {unknown && (
        <Notice kind="info" className="mt-4" title={t("find.unknownTown", { town: unknown.words })}>
          <ul className="flex flex-wrap gap-x-5">
            {unknown.suggestions.map((one) => (
              <li key={`${one.name}${one.country}`}>
                <a
                  className={wayLook}
                  href={searchHref(params, { near: one.country ? `${one.name}, ${one.country}` : one.name })}
                >
                  {one.country ? t("find.townIn", { town: one.name, country: one.country }) : one.name}
                </a>
              </li>
            ))}
            <li>
              <a
                className={wayLook}
                href={searchHref(params, { near: null, radius: null, q: `${params.q ?? ""} ${unknown.words}`.trim() })}
              >
                {t("find.townAsWords", { town: unknown.words })}
              </a>
            </li>
          </ul>
        </Notice>
      )}
      <div className="mt-6 mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <div role="status">
          <h2 className="text-lg">
            {similar ? t("find.similar", { words: params.q ?? "" }) : t(count, { count: total.known })}
          </h2>
        </div>
        <p className="text-sm text-muted">
          {town && t("find.around", { town: town.name, radius: search.radius })}{" "}
          {(search.when || search.from || search.to) &&
            t("find.zone", { zone: `${zone.replaceAll("_", " ")}, ${zoneWords(locale, now, zone)}` })}
        </p>
      </div>
      {events.length === 0 && !unknown ? (
        <Nothing t={t} params={params} ways={ways} />
      ) : (
        <Still
          as="ul"
          of={`cards ${versionOf(events, locale, minuteOf(now))}`}
          className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3"
        >
          {events.map((event) => (
            <li key={event.id}>
              <EventCard t={t} locale={locale} now={now} event={summaryOf(event)} />
            </li>
          ))}
        </Still>
      )}
      <p className="mt-8 flex flex-wrap items-center gap-3">
        {more && (
          <ButtonLink href={searchHref(params, { after: cursorOf(events.at(-1)!) })} rel="next">
            {t("find.more")}
            <Icon name="forward" />
          </ButtonLink>
        )}
        {params.after && <ButtonLink href={searchHref(params)}>{t("find.firstPage")}</ButtonLink>}
        {events.length > 0 && (
          <a className={wayLook} href={searchHref(params, { when: past ? null : "past", from: null, to: null })}>
            {t(past ? "find.showComing" : "find.showPast")}
          </a>
        )}
      </p>
      {!more && events.length > 0 && !similar && <p className="mt-4 text-muted">{t("find.end")}</p>}
      {!similar && <Subscribe t={t} params={params} />}
    </>
  );
}
