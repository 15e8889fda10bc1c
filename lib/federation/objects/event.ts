import { and, eq, inArray } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { getEvent } from "#lib/event/queries.ts";
import { excerpt, renderContent } from "#lib/html.ts";
import { contentId } from "#lib/ids.ts";
import { eventDate } from "#lib/locale/dates.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { placeLine } from "#lib/place/address.ts";
import { joinObstacle } from "#lib/policy/participation.ts";
import { operator, type Viewer, visitor } from "#lib/policy/viewer.ts";
import { instantOf, withOffset } from "#lib/time.ts";
import { actorPart, eventUri, localActorUri, publicUri } from "../addresses.ts";
import { eventContext } from "../contexts.ts";
import { hashtags, pictured } from "./parts.ts";

type Full = NonNullable<Awaited<ReturnType<typeof getEvent>>>;
export type Document = Record<string, unknown>;

/**
 * An event of this server as the viewer may see it, for peers: an Event with its `@context`, or a Tombstone with
 * `gone`, also when it was public once and is no more. Null for what is not theirs to see: drafts, another server's.
 */
export async function eventObject(
  db: Db,
  id: string,
  viewer: Viewer = visitor,
): Promise<{ document: Document; gone: boolean } | null> {
  const full = await getEvent(db, viewer, id);
  if (full?.event.uri) return null;
  if (full && full.event.state !== "deleted")
    return { document: { "@context": eventContext, ...describeEvent(full) }, gone: false };
  const former = full ?? ((await wasTold(db, id)) ? await getEvent(db, operator, id) : null);
  return former && { document: { "@context": eventContext, ...eventTombstone(former.event) }, gone: true };
}

/** Whether everybody was ever told of an event: what was for some alone looks absent to all others. By `activities_object`. */
export async function wasTold(db: Db, id: string): Promise<boolean> {
  const { activities } = schema;
  const told = and(eq(activities.objectId, id), inArray(activities.type, ["Create", "Update"]));
  return (await db.$count(activities, and(told, eq(activities.public, true)))) > 0;
}

type Former = { id: string; uri: string | null; deletedAt: Date | null; hiddenAt: Date | null; updatedAt: Date };

/** What is left for other servers of an event that is gone, hidden, or not for everybody any more. */
export const eventTombstone = (event: Former): Document => ({
  id: eventUri(event),
  type: "Tombstone",
  formerType: "Event",
  deleted: (event.deletedAt ?? event.hiddenAt ?? event.updatedAt).toISOString(),
});

/** Whom an event is addressed to: everybody, those who know of it (unlisted), or followers or members alone. */
export function addressees(event: { visibility: string }, handle: string): { to: string[]; cc: string[] } {
  const followers = actorPart(handle, "followers");
  if (event.visibility === "followers") return { to: [followers], cc: [] };
  if (event.visibility === "members") return { to: [actorPart(handle, "members")], cc: [] };
  return event.visibility === "unlisted" ? { to: [followers], cc: [publicUri] } : { to: [publicUri], cc: [followers] };
}

type Whose = Pick<Full["organizer"], "handle" | "host" | "uri" | "followersUri">;

/** The same of an event in the name of a group of another server, which is told of it too, and passes it on. */
function addresseesAway({ visibility }: { visibility: string }, { uri, followersUri }: Whose) {
  const [group, inside] = [uri!, `${uri}/members`];
  const followers = followersUri ?? inside;
  if (visibility === "followers") return { to: [followers], cc: [group] };
  if (visibility === "members") return { to: [inside], cc: [group] };
  return visibility === "unlisted" ? { to: [group], cc: [publicUri] } : { to: [publicUri], cc: [group, followers] };
}

/** Whom an event is addressed to, wherever its group is. */
export const addresseesOf = ({ event, organizer }: Pick<Full, "event" | "organizer">) =>
  organizer.host === null ? addressees(event, organizer.handle) : addresseesAway(event, organizer);

/** Whose an event is: its organiser's; for a group of another server its author's (FEP-1b12), whom we can vouch for. */
function whose({ organizer, author }: Pick<Full, "organizer" | "author">): Document {
  const by = localActorUri((author ?? organizer).handle);
  return {
    ...(author ? { actor: by } : {}),
    attributedTo: by,
    contacts: author || organizer.type === "Person" ? [by] : [],
    ...(organizer.type === "Group" ? { audience: organizer.uri ?? localActorUri(organizer.handle) } : {}),
  };
}

/** The Event (ActivityStreams, FEP-8a8e, Mobilizon's terms), without its context. Lists are lists, also of one. */
export function describeEvent({ event, organizer, author, place, cover }: Full): Document {
  const id = eventUri(event);
  const locale = asLocale(event.language, "en");
  const content = renderContent(event.content, event.mediaType, { pictures: true });
  const { attached, image } = pictured(cover);
  const left = event.maximumAttendeeCapacity === null ? null : event.maximumAttendeeCapacity - event.seatsTaken;
  const count = event.showCount ? event.seatsTaken : null;
  const online = event.onlineUrl
    ? { type: "Link", href: event.onlineUrl, mediaType: "text/html", name: "Website" }
    : null;
  const more = event.url ? { type: "Link", href: event.url, mediaType: "text/html", name: "Website" } : null;
  const price = event.facts.price && "amount" in event.facts.price ? event.facts.price : null;
  return {
    id,
    url: id,
    type: "Event",
    uuid: event.id,
    ...whose({ organizer, author }),
    organizers: null,
    ...addresseesOf({ event, organizer }),
    name: event.name.padEnd(3, "."),
    summary: summaryLine(event, place, locale),
    content,
    contentMap: { [event.language]: content },
    mediaType: "text/html",
    inLanguage: event.language,
    ...times(event),
    timezone: event.timezone,
    ...where(event, place),
    attachment: [...attached, ...[online, more].filter((link) => link !== null)],
    ...image,
    tag: hashtags(event.tags),
    category: event.category,
    isOnline: event.attendanceMode !== "offline",
    status: event.status.toUpperCase(),
    "ical:status": event.status.toUpperCase(),
    eventStatus: statusWord(event),
    ...(event.previousStartTime && event.previousStartTime.getTime() !== event.startTime.getTime()
      ? { previousStartTime: withOffset(event.previousStartTime, event.timezone) }
      : {}),
    joinMode: joinModeOf(event),
    externalParticipationUrl: event.externalParticipationUrl,
    maximumAttendeeCapacity: event.maximumAttendeeCapacity,
    remainingAttendeeCapacity: left === null || count === null ? null : Math.max(0, left),
    participantCount: count,
    anonymousParticipationEnabled: joinObstacle(event, 1, new Date()) === null,
    attendees: { id: `${id}/attendees`, type: "Collection", ...(count === null ? {} : { totalItems: count }) },
    anonymousParticipation: event.joinMode === "free" || event.joinMode === "approval",
    onlineLink: event.onlineUrl,
    buyTicketsLink: event.externalParticipationUrl,
    feeCurrency: price?.currency ?? null,
    feeAmount: price?.amount ?? null,
    commentsEnabled: event.comments !== "closed",
    repliesModerationOption: event.comments === "open" ? "allow_all" : event.comments,
    replies: `${id}/replies`,
    context: `${id}/context`,
    draft: false,
    published: (event.publishedAt ?? event.createdAt).toISOString(),
    updated: new Date(
      Math.max(event.updatedAt.getTime(), (event.publishedAt ?? event.createdAt).getTime()),
    ).toISOString(),
  };
}

/** Free with a queue is `restricted`, so that peers wait for the Accept; closed is Mobilizon's `invite`. */
function joinModeOf(event: Full["event"]): string {
  const full = event.maximumAttendeeCapacity !== null && event.seatsTaken >= event.maximumAttendeeCapacity;
  if (event.joinMode === "free") return full && event.waitingList ? "restricted" : "free";
  return { approval: "restricted", external: "external" }[event.joinMode] ?? "invite";
}

function statusWord(event: Full["event"]): string {
  if (event.status === "cancelled") return "EventCancelled";
  if (event.previousStartTime && event.previousStartTime.getTime() !== event.startTime.getTime())
    return "EventRescheduled";
  return event.status === "tentative" ? "EventTentative" : "EventScheduled";
}

/** With the zone's offset, never Z; all day from 00:00:00 to 23:59:59 of the last day; an end always. */
function times(event: Full["event"]): Document {
  const end = event.allDay
    ? instantOf(`${(event.endWall ?? event.startWall).slice(0, 10)}T23:59:59`, event.timezone)
    : event.endTime;
  return {
    startTime: withOffset(event.startTime, event.timezone),
    endTime: withOffset(end, event.timezone),
    ...(event.endWall === null && !event.allDay ? { displayEndTime: false } : {}),
  };
}

/** One Place or VirtualLocation, or neither. A changed place has another id: peers keep the first they saw under one. */
function where(event: Full["event"], place: Full["place"]): Document {
  const id = eventUri(event);
  if (place) {
    const text = (value: string) => value || undefined;
    const address = {
      type: "PostalAddress",
      streetAddress: text(place.streetAddress),
      postalCode: text(place.postalCode),
      addressLocality: text(place.addressLocality),
      addressRegion: text(place.addressRegion),
      addressCountry: text(place.addressCountry),
    };
    const point =
      place.latitude === null ? {} : { latitude: fraction(place.latitude), longitude: fraction(place.longitude!) };
    const name = [place.room, place.name].filter(Boolean).join(", ") || placeLine(place);
    return { location: { type: "Place", id: `${id}#place-${place.id.slice(0, 13)}`, name, ...point, address } };
  }
  if (!event.onlineUrl) return {};
  const hash = contentId(event.onlineUrl).slice(0, 13);
  return { location: { type: "VirtualLocation", id: `${id}#place-${hash}`, name: "Online", url: event.onlineUrl } };
}

/** Mobilizon ignores a coordinate without a fraction. */
const fraction = (degrees: number): number => (Number.isInteger(degrees) ? degrees + 0.0000001 : degrees);

/** One plain line: when and where, with a first word if it was called off or moved; without the title. */
function summaryLine(event: Full["event"], place: Full["place"], locale: ReturnType<typeof asLocale>): string {
  const t = translator(locale);
  const moved = statusWord(event) === "EventRescheduled" && event.startTime > new Date();
  const word = event.status === "cancelled" ? t("federation.cancelled") : moved ? t("federation.moved") : "";
  const when = `${eventDate(locale, event)} (${event.timezone})`;
  const at = place ? placeLine(place) : event.attendanceMode === "online" ? t("federation.online") : "";
  return excerpt([[word, when].filter(Boolean).join(" "), at].filter(Boolean).join(", "), "text/plain", 400);
}
