import { ButtonLink } from "#app/_ui/button.tsx";
import { getReader } from "#app/_web/reader.ts";
import { answerWith } from "#app/_web/request.ts";
import type { EventRow } from "#lib/event/queries.ts";
import { shortDate } from "#lib/locale/dates.ts";

/** What is left of a removed event: its name and date, status 410, and one way on. */
export async function Tombstone({ event }: { event: EventRow }) {
  const { t, locale } = await getReader();
  answerWith(410);
  return (
    <div className="grid max-w-[40rem] gap-5 py-16">
      <h1>{t("event.removedTitle")}</h1>
      <p dir="auto">{t("event.removed", { name: event.name, date: shortDate(locale, event) })}</p>
      <p>
        <ButtonLink href="/">{t("event.moreEvents")}</ButtonLink>
      </p>
    </div>
  );
}
