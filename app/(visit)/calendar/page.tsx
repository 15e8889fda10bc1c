import type { Metadata } from "next";
import { Agenda, byEachDay } from "#app/_ui/agenda.tsx";
import { ButtonLink, wayLook } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { MonthTable } from "#app/_ui/month-table.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { getReader } from "#app/_web/reader.ts";
import { settleSearch } from "#lib/event/search/criteria.ts";
import { parseSearch, searchHref } from "#lib/event/search/input.ts";
import { monthOf } from "#lib/event/search/month.ts";
import { listEvents } from "#lib/event/search/queries.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale } from "#lib/locale/index.ts";
import { dayOf } from "#lib/time.ts";
import { Subscribe } from "../search/subscribe.tsx";
import { summaryOf } from "../summary.ts";

type Props = { searchParams: Promise<Record<string, string | string[]>> };

const most = 300;

const monthName = (locale: Locale, day: string) =>
  dateFormat(locale, "UTC", { month: "long", year: "numeric" }).format(new Date(`${day}T12:00:00Z`));

const monthWord = (locale: Locale, day: string) =>
  dateFormat(locale, "UTC", { month: "long" }).format(new Date(`${day}T12:00:00Z`));

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { locale, t } = await getReader();
  const { timezone } = await ownInstance();
  const { params } = parseSearch(await searchParams);
  const month = monthName(locale, params.from ?? dayOf(new Date(), timezone));
  return { title: t("find.calendarTitle", { month }), robots: params.from ? { index: false } : undefined };
}

/** A month: a sheet on wide screens, its agenda on narrow ones. `from` is a day of it; the other filters of a search hold too. */
export default async function CalendarPage({ searchParams }: Props) {
  const { locale, t } = await getReader();
  const { timezone } = await ownInstance();
  const now = new Date();
  const { search, params } = parseSearch(await searchParams);
  const today = dayOf(now, timezone);
  const month = monthOf(search.from ?? today);
  const asked = { ...search, when: undefined, after: undefined, from: month.first, to: month.last };
  const { criteria, unknown } = await settleSearch(database(), asked, timezone, now);
  const { events, more } = unknown ? { events: [], more: false } : await listEvents(database(), criteria, most);
  const summaries = events.map(summaryOf);
  const rest = { ...params, when: undefined, to: undefined };
  const hrefFor = (from: string | null) => searchHref(rest, { from }, "/calendar");
  const name = monthName(locale, month.first);
  const days = byEachDay(summaries, month.first, month.last);
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-4 pt-8 pb-5">
        <h1 className="first-letter:uppercase">{name}</h1>
        <nav aria-label={t("find.months")} className="flex flex-wrap gap-2 print:hidden">
          <ButtonLink href={hrefFor(month.previous)} rel="prev">
            <Icon name="back" />
            <span className="sr-only">{t("find.previousMonth")}: </span>
            {monthWord(locale, month.previous)}
          </ButtonLink>
          {monthOf(today).first !== month.first && <ButtonLink href={hrefFor(null)}>{t("find.thisMonth")}</ButtonLink>}
          <ButtonLink href={hrefFor(month.next)} rel="next">
            <span className="sr-only">{t("find.nextMonth")}: </span>
            {monthWord(locale, month.next)}
            <Icon name="forward" />
          </ButtonLink>
        </nav>
      </div>
      {more && <Notice kind="info" className="mb-4" title={t("find.calendarCut", { count: most })} />}
      <div className="hidden md:block">
        <MonthTable
          {...{ t, locale, month, today, days }}
          caption={t("find.calendarTitle", { month: name })}
          hrefOf={(day) => searchHref(rest, { from: day, to: day })}
        />
      </div>
      <div className="md:hidden">
        {events.length === 0 ? (
          <EmptyState seed={month.first} title={t("find.nothingThisMonth")} />
        ) : (
          <Agenda
            t={t}
            locale={locale}
            now={now}
            running={false}
            zone={timezone}
            events={summaries}
            from={month.first}
          />
        )}
      </div>
      <p className="mt-4">
        <a href={searchHref(rest, { from: month.first, to: month.last })} className={wayLook}>
          {t("find.openInSearch")}
        </a>
      </p>
      <Subscribe t={t} params={{ ...rest, from: undefined }} />
    </>
  );
}
