import type { Metadata } from "next";
import { Agenda } from "#app/_ui/agenda.tsx";
import { ButtonLink, Chip, linkLook } from "#app/_ui/button.tsx";
import { Cover } from "#app/_ui/cover.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { database } from "#app/_web/database.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { minuteOf, versionOf } from "#app/_web/kept.ts";
import { getReader } from "#app/_web/reader.ts";
import { Still } from "#app/_web/still.tsx";
import { getSignedIn } from "#app/_web/viewer.ts";
import { cursorOf, parseSearch, searchHref } from "#lib/event/search/input.ts";
import { listEvents } from "#lib/event/search/queries.ts";
import { windowOf } from "#lib/event/search/window.ts";
import { Subscribe } from "./search/subscribe.tsx";
import { SearchRow } from "./search-row.tsx";
import { summaryOf } from "./summary.ts";

export const metadata: Metadata = { alternates: { canonical: "/", types: { "application/atom+xml": "/search.atom" } } };

const pageSize = 30;

/** What is on, from now on: the agenda by day. One query. */
export default async function Home({ searchParams }: { searchParams: Promise<Record<string, string | string[]>> }) {
  const { locale, t } = await getReader();
  const instance = await ownInstance();
  const now = new Date();
  const home = (await getSignedIn())?.home ?? null;
  const given = await searchParams;
  const { search, params } = parseSearch({ after: given.after, scope: given.scope });
  const { after, scope } = search;
  const local = scope === "local";
  const criteria = { after, scope, near: null, window: windowOf({}, instance.timezone, now) };
  const { events, more } = await listEvents(database(), criteria, pageSize);
  const chips = [
    [{ when: "today" }, t("find.today")],
    [{ when: "weekend" }, t("find.weekend")],
    [{ when: "week" }, t("find.week")],
    [{ mode: "online" }, t("find.onlineEvents")],
  ] as const;
  return (
    <>
      <div className="tone grid items-center gap-8 pt-8 pb-6 lg:grid-cols-[minmax(0,1fr)_20rem]" data-tone="pine">
        <div>
          <h1>{t("find.homeTitle")}</h1>
          <p className="mt-3 max-w-[40rem] text-lg text-muted">
            {(instance.demonstration ? t("find.demonstration") : instance.description) ||
              t("find.homeText", { name: instance.name })}{" "}
            <a href="/about" className={linkLook}>
              {t("find.whoRunsThis")}
            </a>
          </p>
        </div>
        <Cover seed={instance.origin} rows={2} columns={4} className="hidden rounded-card lg:block print:hidden" />
      </div>
      <div className="print:hidden">
        <SearchRow t={t} params={{}} />
        <nav aria-label={t("find.shortcuts")} className="mt-4 mb-8 flex flex-wrap gap-2">
          {home && (
            <Chip href={searchHref({}, { near: home.town, radius: String(home.radius) })}>
              <Icon name="pin" size={16} />
              {t("account.nearHome", { town: home.town })}
            </Chip>
          )}
          {chips.map(([change, word]) => (
            <Chip key={word} href={searchHref({}, change)}>
              {word}
            </Chip>
          ))}
          <Chip href="/?scope=local" chosen={local}>
            {t("find.thisServer")}
          </Chip>
          <Chip href="/" chosen={!local}>
            {t("find.wholeNetwork")}
          </Chip>
        </nav>
      </div>
      {events.length === 0 ? (
        <EmptyState seed={instance.origin} title={t(after ? "find.noMore" : "find.emptyHome")}>
          <p className="max-w-[40rem]">{t("find.emptyHomeText")}</p>
          <p className="flex flex-wrap gap-3">
            <ButtonLink href="/dashboard/events/new">
              <Icon name="plus" />
              {t("desk.newEvent")}
            </ButtonLink>
            <ButtonLink href="/search?when=past">{t("find.showPast")}</ButtonLink>
          </p>
        </EmptyState>
      ) : (
        <Still of={`agenda ${versionOf(events, locale, instance.timezone, minuteOf(now))}`}>
          <Agenda t={t} locale={locale} now={now} zone={instance.timezone} events={events.map(summaryOf)} />
        </Still>
      )}
      <p className="mt-8 flex flex-wrap gap-3 print:hidden">
        {more && (
          <ButtonLink href={searchHref(params, { after: cursorOf(events.at(-1)!) }, "/")} rel="next">
            {t("find.more")}
            <Icon name="forward" />
          </ButtonLink>
        )}
        {after && <ButtonLink href={searchHref(params, {}, "/")}>{t("find.backToNow")}</ButtonLink>}
      </p>
      {!more && events.length > 0 && <p className="mt-8 text-muted">{t("find.end")}</p>}
      <Subscribe t={t} params={local ? { scope: "local" } : {}} />
    </>
  );
}
