import { ButtonLink } from "#app/_ui/button.tsx";
import { EventCard } from "#app/_ui/event-card.tsx";
import type { ListedEvent } from "#lib/event/search/queries.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { summaryOf } from "../../summary.ts";

type Props = { t: Translate; locale: Locale; now: Date; events: ListedEvent[]; name: string; town: string | null };

/** What else the organiser has on, and the way to what else is on around; nothing when there is neither. */
export function Related({ t, locale, now, events, name, town }: Props) {
  const around = town && (
    <p className="mt-6 print:hidden">
      <ButtonLink href={`/search?near=${encodeURIComponent(town)}`}>{t("event.nearby", { town })}</ButtonLink>
    </p>
  );
  if (events.length === 0) return around || null;
  return (
    <section aria-labelledby="related-title" className="mt-12 border-t border-line pt-8 print:hidden">
      <h2 id="related-title" className="mb-4 text-xl">
        {t("event.related", { name })}
      </h2>
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {events.map((one) => (
          <li key={one.id}>
            <EventCard t={t} locale={locale} now={now} event={summaryOf(one)} />
          </li>
        ))}
      </ul>
      {around}
    </section>
  );
}
