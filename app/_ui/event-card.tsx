import { toneOf } from "#lib/formats/tone.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { eventUri } from "#lib/urls.ts";
import { cardTime } from "./card-time.ts";
import { Cover } from "./cover.tsx";
import { DateBlock } from "./date-block.tsx";
import { type EventSummary, gravityColour, stateWords } from "./event-state.ts";
import { EventTitle } from "./event-title.tsx";
import { Icon } from "./icon.tsx";

type Props = { t: Translate; locale: Locale; now: Date; event: EventSummary };

/** One event on the board: cover, date sheet, title whose link covers the card, time, place, state in words. */
export function EventCard({ t, locale, now, event }: Props) {
  const state = stateWords(t, event);
  const row = "flex items-start gap-2 text-sm";
  return (
    <article
      data-tone={toneOf(event)}
      className="tone group relative flex h-full flex-col overflow-hidden rounded-card border border-line bg-surface break-inside-avoid"
    >
      <Cover seed={eventUri(event)} image={event.cover} rows={2} columns={7} className="h-24 print:hidden" />
      <div className="flex flex-1 gap-3 px-3 pb-3">
        <DateBlock t={t} locale={locale} now={now} event={event} className="-mt-10 self-start print:mt-3" />
        <div className="min-w-0 flex-1 pt-3">
          <EventTitle event={event} />
          <p className="mt-0.5 truncate text-sm text-muted" dir="auto">
            {event.organizer.name}
            {event.organizer.host && ` · ${event.organizer.host}`}
          </p>
        </div>
      </div>
      <div className="grid gap-1 border-t border-line px-3 py-2.5">
        <p className={row}>
          <Icon name="clock" size={16} className="mt-0.5 text-tone" />
          <span className="font-display tabular-nums">{cardTime(t, locale, event, now)}</span>
        </p>
        <PlaceLine t={t} event={event} className={row} />
        {state && (
          <p className={`${row} font-semibold ${gravityColour[state.gravity]}`}>
            <Icon name={state.icon} size={16} className="mt-0.5" />
            {state.words}
          </p>
        )}
      </div>
    </article>
  );
}

/** Where, in words: the town, "Online", or both; nothing when nothing is known. */
export function PlaceLine({ t, event, className }: { t: Translate; event: EventSummary; className: string }) {
  const online = event.attendanceMode !== "offline";
  if (!online && !event.locality) return null;
  return (
    <p className={className}>
      <Icon name={event.attendanceMode === "online" ? "online" : "pin"} size={16} className="mt-0.5 text-tone" />
      <span dir="auto">
        {event.attendanceMode === "online"
          ? t("card.online")
          : online
            ? t("card.placeAndOnline", { place: event.locality ?? "" })
            : event.locality}
      </span>
    </p>
  );
}
