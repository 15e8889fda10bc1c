import { EventCard } from "#app/_ui/event-card.tsx";
import type { ListedEvent } from "#lib/event/search/queries.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { summaryOf } from "../../summary.ts";

type Props = { t: Translate; locale: Locale; now: Date; events: ListedEvent[]; name: string };

/** What else the organiser has on; nothing when there is nothing. */
export function Related({ t, locale, now, events, name }: Props) {
  if (events.length === 0) return null;
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
    </section>
  );
}
