import type { DeskEvent } from "#lib/event/desk/queries.ts";
import { pictureToken } from "#lib/media/token.ts";
import { addDays, wallAt, weekday } from "#lib/time.ts";
import type { Fields } from "./fields.ts";

type Known = Partial<Fields>;

const tick = (value: boolean) => (value ? "yes" : "");

function placeValues(place: DeskEvent["place"]): Known {
  if (!place) return {};
  const { name: placeName, id: _, createdAt: __, latitude, longitude, ...words } = place;
  return { ...words, placeName, coordinates: latitude === null ? "" : `${latitude}, ${longitude}` };
}

function factValues({ price, own = [], ...facts }: DeskEvent["event"]["facts"]): Known {
  const { age = "", wheelchair = "", bring = "", schedule = "", liveStream = "", replay = "" } = facts;
  const paid = price && "amount" in price ? price : null;
  return {
    ...{ age, wheelchair, bring, schedule, liveStream, replay },
    hearingLoop: tick(facts.hearingLoop === true),
    signLanguage: tick(facts.signLanguage === true),
    captions: tick(facts.captions === true),
    quietSpace: tick(facts.quietSpace === true),
    price: paid ? "amount" : price ? "free" : "",
    ...(paid ? { priceAmount: String(paid.amount), priceCurrency: paid.currency } : {}),
    ...Object.fromEntries(
      own.flatMap(({ name, value }, at) => [
        [`own${at + 1}_name`, name],
        [`own${at + 1}_value`, value],
      ]),
    ),
  };
}

/** An event as its form shows it. */
export function valuesOf({ event, place, cover, organizer, questions }: DeskEvent): Known {
  const [startDate = "", startTime = ""] = event.startWall.replace(" ", "T").split("T");
  const [endDate = "", endTime = ""] = (event.endWall ?? "").replace(" ", "T").split("T");
  return {
    organizer: organizer.id,
    name: event.name,
    startDate,
    startTime: event.allDay ? "" : startTime.slice(0, 5),
    endDate,
    endTime: event.allDay ? "" : endTime.slice(0, 5),
    allDay: tick(event.allDay),
    timezone: event.timezone,
    status: event.status,
    attendanceMode: event.attendanceMode,
    ...placeValues(place),
    placeKept: tick(event.placeDisclosure === "accepted"),
    onlineUrl: event.onlineUrl ?? "",
    onlineKept: tick(event.onlineDisclosure === "accepted"),
    coverKept: event.coverId ? pictureToken(event.coverId) : "",
    coverName: cover?.name ?? "",
    coverDecorative: tick(cover !== null && cover.name === ""),
    content: event.content,
    language: event.language,
    category: event.category,
    tags: event.tags.join(", "),
    url: event.url ?? "",
    contact: event.contact,
    tone: event.tone ?? "",
    visibility: event.visibility,
    joinMode: event.joinMode,
    externalParticipationUrl: event.externalParticipationUrl ?? "",
    capacity: event.maximumAttendeeCapacity === null ? "" : String(event.maximumAttendeeCapacity),
    maximumGuests: String(event.maximumGuests),
    waitingList: tick(event.waitingList),
    nameRequired: tick(event.nameRequired),
    hideCount: tick(!event.showCount),
    comments: event.comments,
    ...factValues(event.facts),
    ...Object.fromEntries(
      questions.flatMap(({ position, label, kind, choices, required }) => [
        [`question${position}_label`, label],
        [`question${position}_kind`, kind],
        [`question${position}_choices`, choices.join("\n")],
        [`question${position}_required`, tick(required)],
      ]),
    ),
    seen: event.updatedAt.toISOString(),
  };
}

/** A new event before anybody typed: next Saturday evening, two hours. */
export function firstValues(now: Date, zone: string, locale: string, organizer: string): Known {
  const today = wallAt(now, zone).slice(0, 10);
  const saturday = addDays(today, (6 - weekday(today) + 7) % 7 || 7);
  return {
    ...{ organizer, startDate: saturday, startTime: "19:00", endDate: saturday, endTime: "21:00" },
    ...{ timezone: zone, timezoneProposed: zone },
    ...{
      attendanceMode: "offline",
      language: locale,
      category: "MEETING",
      visibility: "public",
      joinMode: "free",
      status: "confirmed",
    },
    ...{ maximumGuests: "0", comments: "open", priceCurrency: "EUR" },
  };
}
