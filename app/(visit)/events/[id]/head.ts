import type { Metadata } from "next";
import { cache } from "react";
import { keep, kept, versionOf } from "#app/_web/kept.ts";
import type { OpenGraph } from "#app/_web/open-graph.tsx";
import { asTitle } from "#app/_web/page-title.ts";
import { getReader } from "#app/_web/reader.ts";
import { linkActivity } from "#app/_web/request.ts";
import { originOf } from "#lib/event/mirror/staleness.ts";
import type { EventRow, FullEvent } from "#lib/event/queries.ts";
import type { CalendarEvent } from "#lib/formats/icalendar.ts";
import { toSchemaOrg } from "#lib/formats/schema-org.ts";
import { excerpt } from "#lib/html.ts";
import { shortDate } from "#lib/locale/dates.ts";
import type { Locale } from "#lib/locale/index.ts";
import { isForAll } from "#lib/policy/event.ts";
import { absolute, eventPath, mediaPath } from "#lib/urls.ts";
import { cardPath } from "./card.ts";
import { eventOfPage } from "./told.ts";

/** What links and search engines are told: `{name} · {date} · {town}`, and the schema.org object. */
export function describe(locale: Locale, entry: CalendarEvent, event: EventRow) {
  const text = [event.name, shortDate(locale, event), event.locality].filter(Boolean).join(" · ");
  const schema = ({ organizer, place, cover }: FullEvent) =>
    toSchemaOrg({
      event: entry,
      organizerType: organizer.type,
      place,
      onlineUrl: event.onlineUrl,
      attendanceMode: event.attendanceMode,
      previousStartTime: event.previousStartTime,
      language: event.language,
      images: [
        ...(cover?.path ? [absolute(mediaPath(cover.id))] : []),
        absolute(cardPath(locale, { event, organizer })),
      ],
      joinMode: event.joinMode,
      full: event.maximumAttendeeCapacity !== null && event.seatsTaken >= event.maximumAttendeeCapacity,
      capacity: event.maximumAttendeeCapacity,
      facts: event.facts,
    });
  return { name: event.name, url: entry.url, text, schema };
}

/** What a link to an event's page shows elsewhere: made once a request, for the head and for the body. */
export const openGraphOf = cache((locale: Locale, full: FullEvent): OpenGraph => {
  const { event, organizer } = full;
  const title = [event.name, [shortDate(locale, event), event.locality].filter(Boolean).join(", ")].join(" · ");
  const of = `excerpt ${versionOf(event.content, event.mediaType)}`;
  const description = (kept(of) ?? keep(of, excerpt(event.content, event.mediaType, 200))) || title;
  const image = { url: cardPath(locale, full), width: 1200, height: 630, alt: title, type: "image/png" };
  return {
    type: "article",
    title,
    description,
    url: eventPath(event.id),
    locale,
    images: [image],
    author: organizer.name,
  };
});

/** Title and alternates of an event's page. A tombstone and whatever is not public stay out of indexes. */
export async function eventMetadata(id: string): Promise<Metadata> {
  const [full, { t, locale }] = await Promise.all([eventOfPage(id), getReader()]);
  if (!full) return { title: t("refusals.not-found"), robots: { index: false } };
  const { event } = full;
  if (event.state === "deleted") return { title: t("event.removedTitle"), robots: { index: false } };
  const url = absolute(eventPath(id));
  const activity = event.uri ?? url;
  if (isForAll(event)) linkActivity(activity);
  const { title, description } = openGraphOf(locale, full);
  return {
    title: asTitle(title),
    description,
    // Another server's event is found there.
    robots: event.visibility === "public" && event.state === "published" && !event.uri ? undefined : { index: false },
    alternates: {
      canonical: originOf(event) ?? url,
      types: { "text/calendar": `${eventPath(id)}/event.ics`, "application/activity+json": activity },
    },
  };
}
