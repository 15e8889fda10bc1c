import { gone } from "#app/_web/gone.tsx";
import type { EventRow } from "#lib/event/queries.ts";
import { shortDate } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { eventUri } from "#lib/urls.ts";

/** What is left of a removed event: its name and date. */
export const tombstone = (t: Translate, locale: Locale, event: EventRow) =>
  gone({
    seed: eventUri(event),
    title: t("event.removedTitle"),
    text: t("event.removed", { name: event.name, date: shortDate(locale, event) }),
    href: "/",
    way: t("event.moreEvents"),
  });
