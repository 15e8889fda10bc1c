import type { AtomEntry } from "#lib/formats/atom.ts";
import { excerpt } from "#lib/html.ts";
import { eventDate, shortDate } from "#lib/locale/dates.ts";
import type { Locale } from "#lib/locale/index.ts";
import { placeLine } from "#lib/place/address.ts";
import { absolute, eventPath } from "#lib/urls.ts";
import type { FeedEvent } from "./search/queries.ts";

/** An event as an entry of an Atom feed (RFC 4287 4.1.2): name and date in the title, the rest in words. */
export function atomEntry(locale: Locale, event: FeedEvent): AtomEntry {
  const facts = [
    eventDate(locale, event),
    event.place ? placeLine(event.place) : "",
    excerpt(event.content, event.mediaType, 400),
  ];
  return {
    url: absolute(eventPath(event.id)),
    title: `${event.name} · ${shortDate(locale, event)}`,
    summary: facts.filter(Boolean).join("\n"),
    author: event.organizer.host ? `${event.organizer.name} (${event.organizer.host})` : event.organizer.name,
    origin: event.origin,
    language: event.language === "und" ? null : event.language,
    published: event.publishedAt,
    updated: event.updatedAt,
    tags: event.tags,
  };
}
