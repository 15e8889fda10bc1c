import type { EventFacts } from "#db/schema/event.ts";
import { withOffset } from "#lib/time.ts";
import type { CalendarEvent } from "./icalendar.ts";

type Place = {
  name: string;
  streetAddress: string;
  postalCode: string;
  addressLocality: string;
  addressRegion: string;
  addressCountry: string;
  latitude: number | null;
  longitude: number | null;
};

export type Described = {
  event: CalendarEvent;
  organizerType: string;
  place: Place | null;
  onlineUrl: string | null;
  attendanceMode: string;
  previousStartTime: Date | null;
  language: string;
  images: string[];
  joinMode: string;
  full: boolean;
  capacity: number | null;
  facts: EventFacts;
};

const modes: Record<string, string> = {
  offline: "OfflineEventAttendanceMode",
  online: "OnlineEventAttendanceMode",
  mixed: "MixedEventAttendanceMode",
};
const word = (name: string) => `https://schema.org/${name}`;
const given = <T extends Record<string, unknown>>(object: T) =>
  Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== null && value !== undefined && value !== ""),
  );

/** The instant that it was moved from; null when it stands where it stood. */
const movedFrom = ({ event, previousStartTime: before }: Described): Date | null =>
  before && before.getTime() !== event.startTime.getTime() ? before : null;

/** A tentative event keeps its date until it gets another: schema.org has no word for it, and "postponed" is not so. */
function status(described: Described): string {
  if (described.event.status === "cancelled") return "EventCancelled";
  return movedFrom(described) ? "EventRescheduled" : "EventScheduled";
}

/** What a group says to everybody. */
export type Posting = {
  url: string;
  name: string;
  description: string;
  language: string;
  tags: string[];
  published: Date;
  updated: Date;
  images: string[];
  publisher: { name: string; url: string };
  /** Whoever wrote it, where that may be known. */
  author: { name: string; url: string } | null;
};

/** schema.org `BlogPosting` as JSON-LD. */
export const toBlogPosting = (post: Posting): Record<string, unknown> => ({
  "@context": "https://schema.org",
  "@type": "BlogPosting",
  "@id": post.url,
  ...given({
    url: post.url,
    headline: post.name,
    description: post.description,
    inLanguage: post.language === "und" ? null : post.language,
    keywords: post.tags.join(", "),
  }),
  datePublished: post.published.toISOString(),
  dateModified: post.updated.toISOString(),
  image: post.images,
  publisher: { "@type": "Organization", ...post.publisher },
  author: post.author ? { "@type": "Person", ...post.author } : { "@type": "Organization", ...post.publisher },
});

/** What the place offers, as far as it is known. */
function amenities({ facts }: Described) {
  const features: [string, boolean | undefined][] = [
    [
      "Wheelchair accessible",
      facts.wheelchair && facts.wheelchair !== "partly" ? facts.wheelchair === "yes" : undefined,
    ],
    ["Hearing loop", facts.hearingLoop],
    ["Sign language", facts.signLanguage],
    ["Captions", facts.captions],
    ["Quiet space", facts.quietSpace],
  ];
  const known = features.filter(([, value]) => value !== undefined);
  return known.length > 0
    ? { amenityFeature: known.map(([name, value]) => ({ "@type": "LocationFeatureSpecification", name, value })) }
    : {};
}

function location(described: Described) {
  const { place, onlineUrl, attendanceMode, event } = described;
  const { latitude, longitude } = place ?? { latitude: null, longitude: null };
  const somewhere = place && {
    "@type": "Place",
    name: place.name || place.addressLocality || event.location,
    address: given({
      "@type": "PostalAddress",
      streetAddress: place.streetAddress,
      postalCode: place.postalCode,
      addressLocality: place.addressLocality,
      addressRegion: place.addressRegion,
      addressCountry: place.addressCountry,
    }),
    ...amenities(described),
    ...(latitude !== null && longitude !== null ? { geo: { "@type": "GeoCoordinates", latitude, longitude } } : {}),
  };
  const online = attendanceMode === "offline" ? null : { "@type": "VirtualLocation", url: onlineUrl ?? event.url };
  const all = [somewhere, online].filter((one) => one !== null);
  return all.length > 1 ? all : all[0];
}

function offers({ facts, full, event, joinMode }: Described) {
  if (!facts.price || joinMode === "closed") return undefined;
  const price =
    "free" in facts.price
      ? { price: 0, priceCurrency: "EUR" }
      : { price: facts.price.amount, priceCurrency: facts.price.currency };
  return { "@type": "Offer", ...price, availability: word(full ? "SoldOut" : "InStock"), url: event.url };
}

/** schema.org `Event` as JSON-LD. Times carry the zone's offset, days alone if all day. Attendees never stand in it. */
export function toSchemaOrg(described: Described): Record<string, unknown> {
  const { event, facts } = described;
  const start = event.allDay ? event.startWall.slice(0, 10) : withOffset(event.startTime, event.timezone);
  const end = event.allDay
    ? (event.endWall ?? event.startWall).slice(0, 10)
    : event.endWall && withOffset(event.endTime, event.timezone);
  const old = movedFrom(described);
  return given({
    "@context": "https://schema.org",
    "@type": "Event",
    "@id": event.url,
    url: event.url,
    name: event.name,
    description: event.text || event.name,
    image: described.images,
    startDate: start,
    endDate: end,
    previousStartDate:
      old && (event.allDay ? withOffset(old, event.timezone).slice(0, 10) : withOffset(old, event.timezone)),
    eventStatus: word(status(described)),
    eventAttendanceMode: word(modes[described.attendanceMode] ?? modes.offline!),
    location: location(described),
    organizer: {
      "@type": described.organizerType === "Person" ? "Person" : "Organization",
      name: event.organizer.name,
      url: event.organizer.url,
    },
    offers: offers(described),
    isAccessibleForFree: facts.price ? "free" in facts.price : undefined,
    inLanguage: described.language === "und" ? undefined : described.language,
    keywords: event.tags.length > 0 ? event.tags.join(", ") : undefined,
    maximumAttendeeCapacity: described.capacity,
  });
}
