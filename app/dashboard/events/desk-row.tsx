import { DateBlock } from "#app/_ui/date-block.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import type { DeskRow as Row } from "#lib/event/desk/queries.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { shortDate } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { may } from "#lib/policy/staff.ts";

type Props = { t: Translate; locale: Locale; now: Date; event: Row; heading?: "h2" | "h3" };

/** One of one's own events: when, what, how many come, and what waits for an answer. */
export function DeskRow({ t, locale, now, event, heading: Heading = "h3" }: Props) {
  const { seatsTaken: count, capacity } = event;
  const state =
    event.state === "draft"
      ? t("desk.stateDraft")
      : event.state === "scheduled"
        ? t("desk.stateScheduled", {
            date: shortDate(locale, { startTime: event.publishAt!, timezone: event.timezone, allDay: false }, now),
          })
        : event.status === "cancelled"
          ? t("card.cancelled")
          : capacity === null
            ? t("desk.seats", { count })
            : t("desk.seatsOf", { count, capacity });
  return (
    <article
      data-tone={toneOf(event)}
      className="tone group relative flex gap-4 rounded-card border border-line bg-surface p-4"
    >
      <DateBlock t={t} locale={locale} now={now} event={event} />
      <div className="min-w-0 flex-1">
        <Heading className="text-lg/tight" dir="auto">
          <a
            href={`/dashboard/events/${event.id}`}
            className="after:absolute after:inset-0 after:rounded-card group-hover:underline focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:-outline-offset-3 focus-visible:after:outline-focus"
          >
            {event.name}
          </a>
        </Heading>
        <p className="mt-1 text-sm text-muted">
          {shortDate(locale, event, now)}
          {event.locality && (
            <>
              {" · "}
              <span dir="auto">{event.locality}</span>
            </>
          )}
        </p>
        <p className={`text-sm ${event.status === "cancelled" ? "font-semibold text-danger" : "text-muted"}`}>
          {state}
        </p>
        {event.role && (event.role !== "owner" || event.organizer.group) && (
          <p className="text-sm text-muted">
            {event.role !== "owner" && !event.organizer.group && `${t(`staff.role_${event.role}`)} · `}
            <bdi>{event.organizer.name}</bdi>
            {event.organizer.host && ` · ${event.organizer.host}`}
          </p>
        )}
        {event.pending > 0 && may(event.role, "decide") && (
          <p className="mt-1 flex items-start gap-1.5 text-sm font-semibold text-warn">
            <Icon name="people" size={16} className="mt-0.5" />
            {t("desk.waiting", { count: event.pending })}
          </p>
        )}
        {event.waitingComments > 0 && may(event.role, "moderate") && (
          <p className="mt-1 flex items-start gap-1.5 text-sm font-semibold text-warn">
            <Icon name="clock" size={16} className="mt-0.5" />
            {t("discussion.waiting", { count: event.waitingComments })}
          </p>
        )}
      </div>
    </article>
  );
}
