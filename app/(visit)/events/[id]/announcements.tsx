import { database } from "#app/_web/database.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { listShown } from "#lib/notification/announcement/queries.ts";

type Props = { t: Translate; locale: Locale; eventId: string; timezone: string };

/** What the organiser has told those who come, where they chose to show it. */
export async function Announcements({ t, locale, eventId, timezone }: Props) {
  const shown = await listShown(database(), eventId);
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
