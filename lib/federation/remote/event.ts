import { categories } from "#lib/event/categories.ts";
import { excerpt, renderContent } from "#lib/html.ts";
import type { RemotePicture } from "#lib/media/remote/commands.ts";
import type { PlaceInput } from "#lib/place/input.ts";
import { wallOf, zoneName } from "#lib/time.ts";
import { publicUri, sameOrigin } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { instantOfText } from "./instant.ts";
import { idOf, idsOf, isObject, languageOf, languageText, linkOf, listOf, numberOf, textOf } from "./values.ts";

/** What everybody is called. */
export const publicNames = [publicUri, "as:Public", "Public"];

/** An Event of another server as we keep it. */
export type RemoteEvent = NonNullable<ReturnType<typeof readEvent>>;

/** The Event in a document: itself; or, as Smithereen has it, a Group with one attached, which is where and by whom it is. */
function eventIn(document: Json): Json | null {
  if (listOf(document.type).includes("Event")) return document;
  const attached = listOf(document.attachment).find((one) => isObject(one) && listOf(one.type).includes("Event"));
  if (!listOf(document.type).includes("Group") || !isObject(attached)) return null;
  const { id, name, summary, url, icon } = document;
  return { name, content: summary, url, image: icon, to: publicUri, ...attached, id, attributedTo: id };
}

/** Whether a document is of an event, in any of the shapes that `readEvent` knows. */
export const isEvent = (document: Json): boolean => eventIn(document) !== null;

/**
 * Reads an Event in the shapes of Mobilizon, Gancio, WordPress, Friendica, Hubzilla, Gathio, PieFed, Smithereen and FEP-8a8e
 * from its raw JSON. Null without id, name and a usable start, or when it is no Event. Never throws.
 */
export function readEvent(document: Json) {
  const json = eventIn(document);
  const uri = json && idOf(json.id);
  if (!json || !uri) return null;
  const name = excerpt(languageText(json, "name").text, "text/html", 200);
  const timezone = zoneName(json.timezone) ?? zoneName(json.timeZone) ?? "UTC";
  const start = instantOfText(json.startTime, timezone);
  if (!name || !start) return null;
  const end = instantOfText(json.endTime, timezone);
  const content = languageText(json, "content");
  const language = content.language ?? languageOf(json.inLanguage) ?? "und";
  const url = linkOf(json.url, uri) ?? uri;
  const place = readPlace(json.location);
  const online = onlineOf(json);
  const audience = [...idsOf(json.to), ...idsOf(json.cc)];
  const to = idsOf(json.to);
  const invented = json.displayEndTime === false || json.displayEndTime === "false";
  const kept = end && end.instant > start.instant && !invented ? end : null;
  const allDay = start.dateOnly || isWholeDays(start.instant, kept?.instant ?? null, timezone);
  const external = linkOf(json.externalParticipationUrl);
  return {
    uri,
    ...partiesOf(json, uri),
    name,
    content: renderContent(
      content.text,
      textOf(json.mediaType) === "text/markdown" ? "text/markdown" : "text/html",
    ).slice(0, 64_000),
    language,
    url: sameOrigin(url, uri) ? url : uri,
    category: categoryOf(json.category),
    tags: tagsOf(json.tag),
    visibility: to.some((one) => publicNames.includes(one))
      ? "public"
      : audience.some((one) => publicNames.includes(one))
        ? "unlisted"
        : // Whoever keeps it knows which collection is the followers'.
          "members",
    audience,
    status: statusOf(json),
    timezone,
    allDay,
    start: wallOf(start.instant, timezone),
    end: kept ? wallOf(kept.instant, timezone) : null,
    place,
    onlineUrl: online,
    attendanceMode:
      place && (online || json.isOnline === true) ? "mixed" : online || json.isOnline === true ? "online" : "offline",
    joinMode: external ? "external" : joinModeOf(json.joinMode),
    externalParticipationUrl: external,
    maximumAttendeeCapacity: capacityOf(json.maximumAttendeeCapacity),
    participantCount: Math.min(1_000_000_000, Math.max(0, Math.round(numberOf(json.participantCount) ?? 0))),
    comments: json.repliesModerationOption === "closed" || json.commentsEnabled === false ? "closed" : "open",
    picture: pictureOf(json, uri),
    published: instantOfText(json.published, "UTC")?.instant ?? null,
    updated: instantOfText(json.updated, "UTC")?.instant ?? null,
  } as const;
}

/** As many groups as an event may name. */
const mostGroups = 5;

/**
 * Who makes an event, of its own server; and in the name of which groups of others it says that it is: by `attributedTo` beside
 * the `actor` (Mobilizon), or by `audience` (FEP-1b12). `attributed`: whether it names anybody as its maker.
 */
function partiesOf(json: Json, uri: string) {
  const { organizers } = json;
  const said = [
    ...idsOf(json.attributedTo),
    ...idsOf(isObject(organizers) ? (organizers.items ?? organizers.orderedItems) : organizers),
    ...idsOf(json.actor),
  ];
  const groups = [...said, ...idsOf(json.audience)].filter((one) => !sameOrigin(one, uri));
  return {
    attributed: said.length > 0,
    attributedTo: said.find((one) => sameOrigin(one, uri)) ?? null,
    groups: [...new Set(groups)].slice(0, mostGroups),
  };
}

/** From midnight to a second before midnight, as Mobilizon and we write what lasts whole days. */
function isWholeDays(start: Date, end: Date | null, timezone: string): boolean {
  if (!end) return false;
  return wallOf(start, timezone).wall.endsWith("T00:00:00") && /T23:59:(59|00)$/.test(wallOf(end, timezone).wall);
}

/** The first Place with words or coordinates: an object, a text, or one of a list beside a VirtualLocation. */
export function readPlace(value: unknown): PlaceInput | null {
  for (const one of listOf(value)) {
    if (typeof one === "string") {
      const name = excerpt(one, "text/html", 200);
      if (name && !/^https?:/.test(name)) return { name };
      continue;
    }
    if (!isObject(one) || listOf(one.type).includes("VirtualLocation")) continue;
    const address = isObject(one.address) ? one.address : {};
    const line = (text: unknown, most: number) => excerpt(textOf(text), "text/plain", most) || undefined;
    const latitude = numberOf(one.latitude);
    const longitude = numberOf(one.longitude);
    const point = latitude !== null && longitude !== null && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    const place = {
      name: line(one.name, 200) ?? line(one.content, 200),
      streetAddress: line(typeof one.address === "string" ? one.address : address.streetAddress, 200),
      postalCode: line(address.postalCode, 20),
      addressLocality: line(address.addressLocality, 120),
      addressRegion: line(address.addressRegion, 120),
      addressCountry: line(address.addressCountry, 120),
      ...(point ? { latitude, longitude } : {}),
    };
    if (Object.values(place).some((part) => part !== undefined)) return place as PlaceInput;
  }
  return null;
}

function onlineOf(json: Json): string | null {
  const virtual = listOf(json.location).find((one) => isObject(one) && listOf(one.type).includes("VirtualLocation"));
  const link = linkOf(json.onlineLink) ?? (virtual ? linkOf((virtual as Json).url) : null);
  if (link || json.isOnline !== true) return link;
  const website = listOf(json.attachment).find((one) => isObject(one) && one.type === "Link");
  return website ? linkOf(website) : null;
}

function categoryOf(value: unknown): string {
  const word = textOf(value)
    .trim()
    .toUpperCase()
    .replace(/[^A-Z]+/g, "_");
  return (categories as readonly string[]).includes(word) ? word : "MEETING";
}

/** The hashtags of an object, in small letters without their sign: 30 at most, each once. */
export const tagsOf = (value: unknown): string[] => {
  const names = listOf(value).flatMap((one) =>
    typeof one === "string" ? [one] : isObject(one) && listOf(one.type).includes("Hashtag") ? [textOf(one.name)] : [],
  );
  const tags = names.map((name) => name.replace(/^#/, "").replace(/\s+/g, " ").trim().toLowerCase().slice(0, 50));
  return [...new Set(tags.filter(Boolean))].slice(0, 30);
};

function statusOf(json: Json): "tentative" | "confirmed" | "cancelled" {
  const word = `${textOf(json.status)} ${textOf(json["ical:status"])} ${textOf(json.eventStatus)}`.toUpperCase();
  return /CANCEL/.test(word) ? "cancelled" : /TENTATIVE|POSTPONED/.test(word) ? "tentative" : "confirmed";
}

/** Unknown words are `free`, as with Mobilizon; `none` (FEP-8a8e), `invite` are closed. */
const joinModeOf = (value: unknown): "free" | "approval" | "closed" =>
  value === "restricted" ? "approval" : value === "none" || value === "invite" ? "closed" : "free";

function capacityOf(value: unknown): number | null {
  const number = Math.round(numberOf(value) ?? 0);
  return number >= 1 && number <= 1_000_000 ? number : null;
}

/** The banner: the Document named so, else `image`, else the first picture attached. */
export function pictureOf(json: Json, base: string): RemotePicture | null {
  const documents = listOf(json.attachment).filter(
    (one): one is Json =>
      isObject(one) && ["Document", "Image"].includes(textOf(one.type)) && /^image\/|^$/.test(textOf(one.mediaType)),
  );
  const banner =
    documents.find((one) => textOf(one.name) === "Banner") ??
    (isObject(json.image) ? json.image : null) ??
    documents[0] ??
    json.image;
  const url = linkOf(banner, base);
  const name = isObject(banner) ? textOf(banner.name).slice(0, 1500) : "";
  return url ? { url, name: name === "Banner" ? "" : name } : null;
}
