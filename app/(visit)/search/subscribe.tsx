import { Icon } from "#app/_ui/icon.tsx";
import { type SearchParams, searchHref } from "#lib/event/search/input.ts";
import type { Translate } from "#lib/locale/index.ts";
import { absolute } from "#lib/urls.ts";

/** The same search for a calendar or a feed reader, kept true by the server. */
export function Subscribe({ t, params }: { t: Translate; params: SearchParams }) {
  const feed = { ...params, view: undefined };
  const calendar = absolute(searchHref(feed, {}, "/search.ics"));
  const link = "inline-flex min-h-11 items-center gap-2 font-semibold text-accent hover:underline";
  return (
    <section aria-labelledby="subscribe" className="mt-10 border-t border-line pt-5 print:hidden">
      <h2 id="subscribe" className="text-lg">
        {t("find.subscribe")}
      </h2>
      <p className="max-w-[40rem] text-sm text-muted">{t("find.subscribeText")}</p>
      <p className="mt-1 flex flex-wrap gap-x-6">
        <a href={calendar.replace(/^https?:/, "webcal:")} className={link}>
          <Icon name="calendar" />
          {t("find.subscribeCalendar")}
        </a>
        <a href={searchHref(feed, {}, "/search.ics")} className={link}>
          <Icon name="download" />
          {t("find.downloadCalendar")}
        </a>
        <a href={searchHref(feed, {}, "/search.atom")} className={link}>
          <Icon name="feed" />
          Atom
        </a>
      </p>
    </section>
  );
}
