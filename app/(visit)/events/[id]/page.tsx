import type { Metadata } from "next";
import { Cover } from "#app/_ui/cover.tsx";
import { DateBlock } from "#app/_ui/date-block.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { minuteOf, versionOf } from "#app/_web/kept.ts";
import { OpenGraphTags } from "#app/_web/open-graph.tsx";
import { getReader } from "#app/_web/reader.ts";
import { Still } from "#app/_web/still.tsx";
import { calendarEntry } from "#lib/event/entry.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { getBoard } from "#lib/notification/board/queries.ts";
import { isForAll } from "#lib/policy/event.ts";
import { joinObstacle } from "#lib/policy/participation.ts";
import { absolute, actorPath, eventPath, mediaPath } from "#lib/urls.ts";
import { About } from "./about.tsx";
import { Announcements } from "./announcements.tsx";
import { AwayCard } from "./away-card.tsx";
import { CoOrganizers } from "./co-organizers.tsx";
import { Comments } from "./comments/section.tsx";
import { EventFacts } from "./facts.tsx";
import { describe, eventMetadata, openGraphOf } from "./head.ts";
import { JoinBar } from "./join-bar.tsx";
import { JoinCard } from "./join-card.tsx";
import { OwnEvent } from "./own-event.tsx";
import { EventPlace } from "./place.tsx";
import { Poster } from "./poster.tsx";
import { Related } from "./related.tsx";
import { Schema } from "./schema.tsx";
import { EventState } from "./state.tsx";
import { EventTags } from "./tags.tsx";
import { TakeAlong } from "./take-along.tsx";
import { EventTitle } from "./title.tsx";
import { eventOfPage } from "./told.ts";
import { Tombstone } from "./tombstone.tsx";
import { When } from "./when.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return eventMetadata((await params).id);
}

export default async function EventPage({ params, searchParams }: Props) {
  const { id } = await params;
  const full = await eventOfPage(id);
  if (!full) return absent();
  const { event, organizer, author, refused, place, cover } = full;
  if (event.state === "deleted") return <Tombstone event={event} />;
  const [{ t, locale }, search, board] = await Promise.all([getReader(), searchParams, getBoard(database(), event)]);
  const now = new Date();
  const of = versionOf(full, board, locale, minuteOf(now));
  const entry = calendarEntry({ ...full.event, place: full.place, organizer: full.organizer });
  const shared = describe(locale, entry, event);
  const path = eventPath(id);
  const profile = actorPath(organizer.handle, organizer.host);
  const open = joinObstacle(event, 1, now) === null;
  const image = cover?.path
    ? { src: mediaPath(cover.id), alt: cover.name, width: cover.width!, height: cover.height! }
    : null;
  const subscription = absolute(`${profile}/events.ics`);
  return (
    <div className="tone poster pt-4 print:pt-0" data-tone={toneOf({ tone: event.tone, organizer })}>
      <OpenGraphTags {...openGraphOf(locale, full)} />
      <article className="h-event sheet">
        <Still of={`head ${of}`} className="contents">
          <Schema full={full} shared={shared} />
          <Cover
            seed={id}
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
        </Still>
        <div className="mt-5 grid gap-x-10 print:contents gap-y-8 lg:grid-cols-[minmax(0,40rem)_20rem] lg:grid-rows-[auto_1fr] lg:justify-between">
          <div className="grid content-start gap-6">
            {full.role && <OwnEvent t={t} id={id} role={full.role} />}
            <EventState t={t} locale={locale} event={event} now={now} />
            <dl className="grid gap-4">
              <When t={t} locale={locale} event={event} of={of} />
              <div>
                <dt className="text-sm font-semibold text-muted">{t("event.where")}</dt>
                <dd className="p-location">
                  <Still of={`place ${of}`}>
                    <EventPlace t={t} event={event} place={place} />
                  </Still>
                </dd>
              </div>
            </dl>
          </div>
          <div className="grid content-start gap-3 lg:row-span-2 print:hidden">
            {event.uri ? (
              <AwayCard event={event} host={(author ?? organizer).host ?? ""} now={now} />
            ) : (
              <JoinCard event={event} organizer={organizer.name} board={board} search={search} now={now} of={of} />
            )}
            <TakeAlong
              of={of}
              t={t}
              path={path}
              linked={{ ...entry, name: event.name }}
              subscription={subscription}
              organizer={organizer.name}
              calledOff={event.status === "cancelled"}
              shared={shared}
              unlisted={event.visibility === "unlisted"}
              uri={isForAll(event) ? (event.uri ?? shared.url) : null}
            />
          </div>
          <div className="grid min-w-0 content-start gap-8 print:contents">
            <Still of={`about ${of}`} className="grid min-w-0 content-start gap-8 print:contents">
              <About t={t} event={event} />
              <Announcements t={t} locale={locale} shown={board.announcements} timezone={event.timezone} />
              <EventFacts t={t} locale={locale} event={event} />
              <EventTags t={t} event={event} />
              <Poster t={t} path={path} url={shared.url} />
            </Still>
            <Comments {...{ t, locale, full, search, of }} others={board.people} />
          </div>
        </div>
      </article>
      <Still of={`related ${of}`} className="contents">
        <Related t={t} locale={locale} now={now} events={board.related} name={organizer.name} town={event.locality} />
      </Still>
      {open && <JoinBar t={t} />}
    </div>
  );
}
