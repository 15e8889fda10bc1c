import { Notice } from "#app/_ui/notice.tsx";
import { phaseOf } from "#lib/event/phase.ts";
import type { EventRow } from "#lib/event/queries.ts";
import { clock, eventDate, shortDate } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { dayOf } from "#lib/time.ts";

/** The gravest thing that holds, before anything else on the page; nothing where nothing has to be said. */
export function EventState({ t, locale, event, now }: { t: Translate; locale: Locale; event: EventRow; now: Date }) {
  const phase = phaseOf(event, now);
  switch (phase) {
    case "draft":
    case "scheduled":
      return <Notice kind="info" title={t(`event.${phase}`)} />;
    case "cancelled":
      return (
        <Notice kind="danger" title={t("event.cancelled")}>
          {event.cancellationMessage && (
            <p className="whitespace-pre-line" dir="auto">
              {event.cancellationMessage}
            </p>
          )}
        </Notice>
      );
    case "over":
      return <Notice kind="info" icon="clock" title={t("event.over")} />;
    case "running": {
      const sameDay = dayOf(event.endTime, event.timezone) === dayOf(now, event.timezone);
      const end = sameDay && !event.allDay ? clock(locale, event.endTime, event.timezone) : lastDay(locale, event, now);
      return <Notice kind="ok" icon="clock" title={t("event.running", { end })} />;
    }
    case "tentative":
      return <Notice kind="warn" title={t("event.tentative")} />;
    case "moved": {
      const before = {
        ...event,
        startTime: event.previousStartTime!,
        endWall: null,
        endTime: event.previousStartTime!,
      };
      return (
        <Notice kind="warn" icon="calendar" title={t("event.moved")}>
          <p>
            <s>{t("event.movedFrom", { date: eventDate(locale, before) })}</s>
          </p>
        </Notice>
      );
    }
    case "full":
      return <Notice kind="warn" icon="people" title={t("event.full")} />;
    case "upcoming":
      return null;
  }
}

const lastDay = (locale: Locale, event: EventRow, now: Date) =>
  shortDate(
    locale,
    { startTime: new Date(event.endTime.getTime() - 1000), timezone: event.timezone, allDay: event.allDay },
    now,
  );
