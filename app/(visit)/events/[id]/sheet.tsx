import type { ReactNode } from "react";
import { Cover } from "#app/_ui/cover.tsx";
import { DateBlock } from "#app/_ui/date-block.tsx";
import type { FullEvent } from "#lib/event/queries.ts";
import type { CalendarEvent } from "#lib/formats/icalendar.ts";
import { toneOf } from "#lib/formats/tone.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import type { Board } from "#lib/notification/board/queries.ts";
import { isForAll } from "#lib/policy/event.ts";
import { joinObstacle } from "#lib/policy/participation.ts";
import { absolute, actorPath, eventPath, eventUri, mediaPath } from "#lib/urls.ts";
import { About } from "./about.tsx";
import { Announcements } from "./announcements.tsx";
import { CoOrganizers } from "./co-organizers.tsx";
import type { Said } from "./comments/said.ts";
import { Comments } from "./comments/section.tsx";
import { EventFacts } from "./facts.tsx";
import type { describe } from "./head.ts";
import { JoinBar } from "./join-bar.tsx";
import { OwnEvent } from "./own-event.tsx";
import { EventPlace, isSomewhere } from "./place.tsx";
import { Poster } from "./poster.tsx";
import { Related } from "./related.tsx";
import { Schema } from "./schema.tsx";
import { EventState } from "./state.tsx";
import { EventTags } from "./tags.tsx";
import { TakeAlong } from "./take-along.tsx";
import { EventTitle } from "./title.tsx";
import { When } from "./when.tsx";

type Props = {
  t: Translate;
  locale: Locale;
  now: Date;
  full: FullEvent;
  entry: CalendarEvent;
  shared: ReturnType<typeof describe>;
  board: Board;
  /** `#join`. */
  join: ReactNode;
  said: Said | null;
  /** See `TakeAlong`. */
  remembered: string;
};

/** All that an event's page shows, as still markup. */
export function Sheet({ t, locale, now, full, entry, shared, board, join, said, remembered }: Props) {
  const { event, organizer, author, refused, place, cover } = full;
  const path = eventPath(event.id);
  const image = cover?.path
    ? { src: mediaPath(cover.id), alt: cover.name, width: cover.width!, height: cover.height! }
    : null;
  return (
    <div className="tone poster pt-4 print:pt-0" data-tone={toneOf({ tone: event.tone, organizer })}>
      <article className="h-event sheet">
        <Schema full={full} shared={shared} />
        <Cover
          seed={eventUri(event)}
          image={image}
          rows={2}
          columns={9}
          className="h-28 rounded-card border border-line sm:h-44 lg:h-56 print:h-[3.2cm]"
        />
        <header className="flex flex-wrap gap-x-4 sm:px-4">
          <DateBlock
            t={t}
            locale={locale}
            now={now}
            event={{ ...event, series: event.recurrenceRule !== null }}
            className="-mt-8 ms-3 self-start sm:ms-0"
          />
          <EventTitle {...{ t, event, organizer, author, refused }}>
            <CoOrganizers t={t} locale={locale} others={board.people} />
          </EventTitle>
        </header>
        <div className="mt-5 grid gap-x-10 print:contents gap-y-8 lg:grid-cols-[minmax(0,40rem)_20rem] lg:grid-rows-[auto_1fr] lg:justify-between">
          <div className="grid content-start gap-6">
            {full.role && <OwnEvent t={t} id={event.id} role={full.role} />}
            <EventState t={t} locale={locale} event={event} now={now} />
            <dl className="grid gap-4">
              <When t={t} locale={locale} event={event} />
              {isSomewhere(event, place) && (
                <div>
                  <dt className="text-sm font-semibold text-muted">{t("event.where")}</dt>
                  <dd className="p-location">
                    <EventPlace t={t} event={event} place={place} />
                  </dd>
                </div>
              )}
            </dl>
          </div>
          <div className="grid content-start gap-3 lg:row-span-2 print:hidden">
            {join}
            <TakeAlong
              t={t}
              path={path}
              linked={{ ...entry, name: event.name }}
              subscription={absolute(`${actorPath(organizer.handle, organizer.host)}/events.ics`)}
              organizer={organizer.name}
              calledOff={event.status === "cancelled"}
              shared={shared}
              unlisted={event.visibility === "unlisted"}
              uri={isForAll(event) ? eventUri(event) : null}
              remembered={remembered}
            />
          </div>
          <div className="grid min-w-0 content-start gap-8 print:contents">
            <About t={t} event={event} />
            <Announcements t={t} locale={locale} shown={board.announcements} timezone={event.timezone} />
            <EventFacts t={t} locale={locale} event={event} />
            <EventTags t={t} event={event} />
            <Poster t={t} path={path} url={shared.url} />
            {said && <Comments {...{ t, locale, full, said }} others={board.people} />}
          </div>
        </div>
      </article>
      <Related t={t} locale={locale} now={now} events={board.related} name={organizer.name} town={event.locality} />
      {joinObstacle(event, 1, now) === null && <JoinBar t={t} />}
    </div>
  );
}
