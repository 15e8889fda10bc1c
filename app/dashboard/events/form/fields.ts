import { z } from "zod";
import type { EventFacts } from "#db/schema/event.ts";
import { type EventInput, eventInput } from "#lib/event/input.ts";
import { pictureOf } from "#lib/media/token.ts";
import { isAsking } from "./found.ts";
import { pictureFor, withPicture } from "./picture.ts";

/** Every control of the form by its name; what is not ticked or not filled in is "". */
export const fieldNames = [
  "organizer",
  "name",
  "startDate",
  "startTime",
  "endDate",
  "endTime",
  "allDay",
  "timezone",
  "timezoneProposed",
  "status",
  "attendanceMode",
  "venue",
  "placeName",
  "streetAddress",
  "postalCode",
  "addressLocality",
  "addressRegion",
  "addressCountry",
  "room",
  "coordinates",
  "lookup",
  "found1",
  "found2",
  "found3",
  "found4",
  "found5",
  "placeKept",
  "onlineUrl",
  "onlineKept",
  "cover",
  "coverKept",
  "coverName",
  "coverDecorative",
  "coverRemoved",
  "content",
  "picture",
  "pictureKept",
  "pictureName",
  "language",
  "category",
  "tags",
  "tagsChosen",
  "url",
  "contact",
  "tone",
  "visibility",
  "joinMode",
  "externalParticipationUrl",
  "capacity",
  "maximumGuests",
  "waitingList",
  "nameRequired",
  "hideCount",
  "comments",
  "price",
  "priceAmount",
  "priceCurrency",
  "age",
  "wheelchair",
  "hearingLoop",
  "signLanguage",
  "captions",
  "quietSpace",
  "bring",
  "schedule",
  "liveStream",
  "replay",
  "publishDate",
  "publishTime",
  "intent",
  "seen",
  ...([1, 2, 3] as const).flatMap((at) => [`own${at}_name`, `own${at}_value`] as const),
  ...([1, 2, 3, 4, 5] as const).flatMap(
    (at) => [`question${at}_label`, `question${at}_kind`, `question${at}_choices`, `question${at}_required`] as const,
  ),
] as const;

export type FieldName = (typeof fieldNames)[number];
export type Fields = Record<FieldName, string>;

const asking = ["lookup", "choose1", "choose2", "choose3", "choose4", "choose5"] as const;
export const intents = [
  "draft",
  "preview",
  "publish",
  "schedule",
  "save",
  "autosave",
  "keep",
  "keep-shown",
  "picture",
  ...asking,
] as const;
export type Intent = (typeof intents)[number];

/** The zone of the place, where its coordinates are known. */
export const zoneOfPlace = "place";

const ticked = (value: string) => value === "yes";
const orNull = (value: string) => (value.trim() === "" ? null : value);
/** "1,5" is a number in half of Europe; what is none becomes NaN, which the schema refuses in words. */
const number = (value: string) => (value.trim() === "" ? null : Number(value.trim().replace(",", ".")));

const isAmount = (value: string) => {
  const amount = number(value);
  return amount !== null && amount >= 0 && amount <= 1e9;
};

const moment = (date: string, time: string, allDay: boolean) => (allDay || !time ? date : `${date}T${time}`);

function placeOf(fields: Fields) {
  const { placeName: name, streetAddress, postalCode, addressLocality, addressRegion, addressCountry, room } = fields;
  const words = { name, streetAddress, postalCode, addressLocality, addressRegion, addressCountry, room };
  const point = fields.coordinates.trim();
  if (Object.values(words).every((word) => !word.trim()) && !point) return null;
  const [latitude = Number.NaN, longitude = Number.NaN] = point.split(/[,;\s]+/).map(Number);
  return { ...words, ...(point ? { latitude, longitude } : {}) };
}

function factsOf(fields: Fields): EventFacts {
  const { price, priceAmount, priceCurrency, wheelchair, age, bring, schedule, liveStream, replay } = fields;
  const words = Object.entries({ age, bring, schedule, liveStream, replay, wheelchair }).filter(([, word]) =>
    word.trim(),
  );
  const ticks = (["hearingLoop", "signLanguage", "captions", "quietSpace"] as const).filter((one) =>
    ticked(fields[one]),
  );
  const own = ([1, 2, 3] as const)
    .map((at) => ({ name: fields[`own${at}_name`], value: fields[`own${at}_value`] }))
    .filter(({ name, value }) => name.trim() || value.trim());
  return {
    ...Object.fromEntries(words),
    ...Object.fromEntries(ticks.map((one) => [one, true])),
    ...(price === "free" ? { price: { free: true as const } } : {}),
    ...(price === "amount" && isAmount(priceAmount)
      ? { price: { amount: number(priceAmount)!, currency: priceCurrency } }
      : {}),
    ...(own.length > 0 ? { own } : {}),
  };
}

const questionsOf = (fields: Fields) =>
  ([1, 2, 3, 4, 5] as const)
    .filter((at) => fields[`question${at}_label`].trim())
    .map((at) => {
      const kind = fields[`question${at}_kind`] || "text";
      const choices = fields[`question${at}_choices`]
        .split("\n")
        .map((one) => one.trim())
        .filter(Boolean);
      return {
        kind,
        label: fields[`question${at}_label`],
        required: ticked(fields[`question${at}_required`]),
        ...(kind === "choice" ? { choices } : {}),
      };
    });

/** The picture that a form names: only one that this server handed out to it. */
export const coverOf = ({ cover, coverKept, coverRemoved }: Pick<Fields, "cover" | "coverKept" | "coverRemoved">) =>
  pictureOf({ fresh: cover, kept: coverKept, removed: coverRemoved });

/** What was typed in the words of `EventInput`, not yet checked. */
const changeOf = (fields: Fields) => {
  const allDay = ticked(fields.allDay);
  const endDate = fields.endDate || (fields.endTime && !allDay ? fields.startDate : "");
  return {
    name: fields.name,
    startWall: moment(fields.startDate, fields.startTime, allDay),
    endWall: endDate ? moment(endDate, fields.endTime, allDay) : null,
    allDay,
    timezone: fields.timezone,
    status: fields.status || "confirmed",
    attendanceMode: fields.attendanceMode || "offline",
    place: fields.attendanceMode === "online" ? null : placeOf(fields),
    placeDisclosure: ticked(fields.placeKept) ? "accepted" : "everyone",
    onlineUrl: fields.attendanceMode === "offline" ? null : orNull(fields.onlineUrl),
    onlineDisclosure: ticked(fields.onlineKept) ? "accepted" : "everyone",
    coverId: coverOf(fields),
    content: fields.content,
    mediaType: "text/markdown",
    language: fields.language || "und",
    category: fields.category || "MEETING",
    tags: `${fields.tags},${fields.tagsChosen}`
      .split(/[,;\n]/)
      .map((tag) => tag.trim())
      .filter(Boolean),
    url: orNull(fields.url),
    contact: fields.contact,
    tone: orNull(fields.tone),
    visibility: fields.visibility || "public",
    joinMode: fields.joinMode || "free",
    externalParticipationUrl: fields.joinMode === "external" ? orNull(fields.externalParticipationUrl) : null,
    maximumAttendeeCapacity: number(fields.capacity),
    maximumGuests: number(fields.maximumGuests) ?? 0,
    waitingList: ticked(fields.waitingList),
    nameRequired: ticked(fields.nameRequired),
    showCount: !ticked(fields.hideCount),
    comments: fields.comments || "open",
    facts: factsOf(fields),
    questions: questionsOf(fields),
  };
};

const named: Record<string, FieldName> = {
  startWall: "startDate",
  endWall: "endDate",
  maximumAttendeeCapacity: "capacity",
  latitude: "coordinates",
  longitude: "coordinates",
  amount: "priceAmount",
  currency: "priceCurrency",
};

/** The control that a refusal of the domain is about. */
function fieldFor([head = "", ...rest]: string[], asked: number[] = []): FieldName | "" {
  const last = rest.at(-1) ?? "";
  if (head === "questions") {
    const at = asked[Number(rest[0])] ?? 1;
    return `question${at as 1}_${last === "choices" ? "choices" : last === "kind" ? "kind" : "label"}`;
  }
  if (head === "facts" && rest[0] === "own")
    return `own${(Number(rest[1]) + 1) as 1}_${last === "value" ? "value" : "name"}`;
  if (head === "place" && last === "name") return "placeName";
  const name = head === "place" || head === "facts" ? last : head;
  const known = Object.hasOwn(named, name) ? named[name]! : (name as FieldName);
  return (fieldNames as readonly string[]).includes(known) ? known : "";
}

/** What a form without this control says of it; a name that comes twice is no text and is refused. */
const shape = {
  ...Object.fromEntries(fieldNames.map((name) => [name, z.string().default("")])),
  tagsChosen: z.union([z.string(), z.array(z.string()).transform((all) => all.join(","))]).default(""),
};

export type EventForm = { fields: Fields; intent: Intent; input: EventInput };

/**
 * The form of an event, as its command wants it. A draft needs a title and a day; what is to be seen by others needs a
 * time, and a place where people meet.
 */
export const eventForm = z.object(shape).transform((typed, context): EventForm => {
  const fields = typed as Fields;
  const intent = intents.find((one) => one === fields.intent) ?? "draft";
  // Whoever looks up an address, or adds a picture, is not done with the rest.
  if (isAsking(intent)) return { fields, intent, input: {} as EventInput };
  const refuse = (field: FieldName | "", message: string) =>
    context.addIssue({ code: "custom", message, path: [field] });
  const asked = ([1, 2, 3, 4, 5] as const).filter((at) => fields[`question${at}_label`].trim());
  const change = changeOf(withPicture(fields));
  // The zone of the place is settled by whoever knows the place.
  const zoned = fields.timezone === zoneOfPlace ? { ...change, timezone: "UTC" } : change;
  const parsed = eventInput.safeParse(zoned);
  if (!parsed.success)
    for (const { path, message } of parsed.error.issues) refuse(fieldFor(path.map(String), asked), message);
  if (fields.startDate === "") refuse("startDate", "required");
  else if (!change.allDay && fields.startTime === "") refuse("startTime", "time-required");
  if (fields.joinMode === "external" && change.externalParticipationUrl === null)
    refuse("externalParticipationUrl", "required");
  if (fields.price === "amount" && !isAmount(fields.priceAmount)) refuse("priceAmount", "number-invalid");
  const shown = !["draft", "autosave", "preview", "keep"].includes(intent);
  if (shown && change.coverId && !fields.coverName.trim() && !ticked(fields.coverDecorative))
    refuse("coverName", "alternative-required");
  if (pictureFor(fields) && !fields.pictureName.trim()) refuse("pictureName", "words-required");
  if (fields.coverName.length > 1_500) refuse("coverName", "too-long");
  if (shown && change.attendanceMode !== "online" && change.place === null && !fields.venue)
    refuse("placeName", "place-required");
  return { fields, intent, input: parsed.success ? parsed.data : ({} as EventInput) };
});
