import { toneOf } from "#lib/formats/tone.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { eventUri } from "#lib/urls.ts";
import { isRunning, rowTime } from "./card-time.ts";
import { Cover } from "./cover.tsx";
import { PlaceLine } from "./event-card.tsx";
import { type EventSummary, gravityColour, stateWords } from "./event-state.ts";
import { EventTitle } from "./event-title.tsx";
import { Icon } from "./icon.tsx";

type Props = { t: Translate; locale: Locale; now: Date; event: EventSummary };

/** One line of an agenda whose day stands above it: time column, title, place and state, a strip of the cover. */
export function AgendaRow({ t, locale, now, event }: Props) {
  const time = rowTime(t, locale, event, now);
  const state = stateWords(t, event);
  const zone =
    event.attendanceMode !== "offline" && !event.allDay
      ? dateFormat(locale, event.timezone, { timeZoneName: "short" })
          .formatToParts(event.startTime)
          .find((part) => part.type === "timeZoneName")?.value
      : null;
  return (
    <article
      data-tone={toneOf(event)}
      className="tone group relative flex min-h-[5.5rem] overflow-hidden rounded-card border border-line bg-surface break-inside-avoid"
    >
      <div
        className={`flex w-[5.75rem] shrink-0 flex-col justify-center px-1 py-3 text-center font-display leading-tight tabular-nums sm:w-28 sm:px-2 ${isRunning(event, now) ? "bg-sun text-on-sun" : "bg-tone-tint"}`}
      >
        <span className={`text-lg/tight font-bold ${event.status === "cancelled" ? "line-through decoration-2" : ""}`}>
          {time.at}
        </span>
        {time.to && <span className="text-sm">{time.to}</span>}
        {zone && <span className="text-xs">{zone}</span>}
      </div>
      <div className="min-w-0 flex-1 px-3 py-3 sm:px-4">
        <EventTitle event={event} />
        <div className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-muted">
          <PlaceLine t={t} event={event} className="flex items-start gap-1.5" />
          <p className="flex min-w-0 items-start gap-1.5">
            <Icon name="person" size={16} className="mt-0.5 text-tone" />
            <span className="line-clamp-1" dir="auto">
              {event.organizer.name}
              {event.organizer.host && ` · ${event.organizer.host}`}
            </span>
          </p>
          {state && (
            <p className={`flex items-start gap-1.5 font-semibold ${gravityColour[state.gravity]}`}>
              <Icon name={state.icon} size={16} className="mt-0.5" />
              {state.words}
            </p>
          )}
        </div>
      </div>
      <div className="relative hidden w-40 shrink-0 md:block print:hidden">
        <Cover seed={eventUri(event)} image={event.cover} rows={2} columns={3} className="absolute inset-0 h-full" />
      </div>
    </article>
  );
}
