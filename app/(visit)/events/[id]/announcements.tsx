import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import type { Announced } from "#lib/notification/board/queries.ts";

type Props = { t: Translate; locale: Locale; shown: Announced[]; timezone: string };

/** What the organiser has told those who come, where they chose to show it. */
export function Announcements({ t, locale, shown, timezone }: Props) {
  if (shown.length === 0) return null;
  const when = dateFormat(locale, timezone, { dateStyle: "medium", timeStyle: "short" });
  return (
    <section aria-labelledby="news-title" className="grid gap-3 print:hidden">
      <h2 id="news-title" className="text-xl">
        {t("event.announcements")}
      </h2>
      {shown.map(({ id, name, content, createdAt }) => (
        <article key={id} className="border-s-4 border-tone ps-4">
          <h3 className="text-lg" dir="auto">
            {name}
          </h3>
          <p className="text-sm text-muted">
            <time dateTime={createdAt.toISOString()}>{when.format(createdAt)}</time>
          </p>
          <p className="mt-1 whitespace-pre-line" dir="auto">
            {content}
          </p>
        </article>
      ))}
    </section>
  );
}
