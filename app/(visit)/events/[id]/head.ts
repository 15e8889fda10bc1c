import type { Metadata } from "next";
import { keep, kept, versionOf } from "#app/_web/kept.ts";
import { getReader } from "#app/_web/reader.ts";
import { linkActivity } from "#app/_web/request.ts";
import { calendarEntry } from "#lib/event/entry.ts";
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

/** Title, preview and alternates of an event's page. A tombstone and whatever is not public stay out of indexes. */
export async function eventMetadata(id: string): Promise<Metadata> {
  const [full, { t, locale }] = await Promise.all([eventOfPage(id), getReader()]);
  if (!full) return { title: t("refusals.not-found"), robots: { index: false } };
  const { event, organizer } = full;
  if (event.state === "deleted") return { title: t("event.removedTitle"), robots: { index: false } };
  const title = [event.name, [shortDate(locale, event), event.locality].filter(Boolean).join(", ")].join(" · ");
  const of = `excerpt ${versionOf(event.content, event.mediaType)}`;
  const description = (kept(of) ?? keep(of, excerpt(event.content, event.mediaType, 200))) || title;
  const entry = calendarEntry({ ...full.event, place: full.place, organizer: full.organizer });
  const activity = event.uri ?? entry.url;
  if (isForAll(event)) linkActivity(activity);
  const image = { url: cardPath(locale, full), width: 1200, height: 630, alt: title, type: "image/png" };
  return {
    title,
    description,
    // Another server's event is found there.
    robots: event.visibility === "public" && event.state === "published" && !event.uri ? undefined : { index: false },
    alternates: {
      canonical: originOf(event) ?? entry.url,
      types: { "text/calendar": `${eventPath(id)}/event.ics`, "application/activity+json": activity },
    },
    openGraph: {
      type: "article",
      title,
      description,
      url: entry.url,
      locale: locale === "en" ? "en_GB" : "fr_FR",
      images: [image],
      authors: [organizer.name],
    },
    twitter: { card: "summary_large_image", title, description, images: [image] },
  };
}
