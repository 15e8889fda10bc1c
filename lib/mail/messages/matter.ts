import type { EventFigure } from "#db/schema/event.ts";
import { eventDate, shortDate, zoneWords } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { type Attachment, type Block, cut, type Fact, isolated } from "./letter.ts";

/** What an event's mail is about: plain values, already cut to what this reader may see. */
export type Matter = {
  locale: Locale;
  t: Translate;
  /** When the fact was recorded: "now" for this mail, however late it leaves. */
  now: Date;
  host: string;
  instance: string;
  /** Our first page. */
  home: string;
  event: MatterEvent;
  participation: {
    state: string;
    guests: number;
    /** The seat came from the waiting list. */
    promoted: boolean;
    timezone: string;
    expiresAt: Date | null;
    url: string;
    /** They take part as a profile, and are written to at their account. */
    byAccount: boolean;
    /** The organiser put them on the list, and they have not shown yet that the address is theirs. */
    added: boolean;
  };
  /** The page where mail is stopped: about the event, of a kind of reminder, or all of it. */
  stopUrl: string;
  stopLabel: string;
  strip: Attachment | null;
  calendar: (method: "PUBLISH" | "CANCEL") => Attachment;
};

export type MatterEvent = {
  name: string;
  organizer: string;
  url: string;
  startTime: Date;
  endTime: Date;
  endWall: string | null;
  allDay: boolean;
  timezone: string;
  status: string;
  joinMode: string;
  cancellationMessage: string;
  attendanceMode: string;
  place: string;
  onlineUrl: string | null;
  /** What is kept back from this reader. */
  kept: Kept;
  /** Of a deleted event, or one that the host has taken away, only name, date and organiser are left. */
  deleted: boolean;
};

export type Kept = { place: boolean; online: boolean };

/** The event's name for a subject line: at most 40 characters. */
export const shortName = ({ event }: Matter): string => isolated(cut(event.name, 40));

/** The event's name for a sentence. */
export const longName = ({ event }: Matter): string => isolated(cut(event.name, 120));

/** Short date for a subject line, in the event's zone. */
export const subjectDate = ({ locale, event, now }: Matter): string => shortDate(locale, event, now);

type When = Pick<MatterEvent, "startTime" | "endTime" | "endWall" | "allDay" | "timezone">;

/** Full date with weekday and, where there is a clock time, the zone in words. */
export function whenWords(locale: Locale, t: Translate, when: When): string {
  const date = eventDate(locale, when);
  if (when.allDay) return date;
  return t("mail.zoned", { date, zone: zoneWords(locale, when.startTime, when.timezone) });
}

/** The time in a kept figure as what dates are written from. */
export const figureWhen = (figure: EventFigure): When => ({
  startTime: new Date(figure.startTime),
  endTime: new Date(figure.endTime ?? figure.startTime),
  endWall: figure.endTime,
  allDay: figure.allDay,
  timezone: figure.timezone,
});

function whereFacts({ t, event }: Matter): Fact[] {
  const facts: Fact[] = [];
  if (event.deleted) return facts;
  const place = isolated(cut(event.place, 300));
  const off = event.status === "cancelled" && !place;
  if (!off && (event.attendanceMode !== "online" || event.place)) {
    const words = event.kept.place ? t("mail.placeLater") : place || t("mail.placeNone");
    facts.push({ label: t("mail.where"), value: words });
  }
  if (event.attendanceMode !== "offline" || event.onlineUrl) {
    const url = event.onlineUrl;
    const words = t(event.kept.online ? "mail.onlineLater" : "mail.onlineNone");
    facts.push({ label: t("mail.online"), value: url ?? words, ...(url ? { url } : {}) });
  }
  return facts;
}

/** When, where, with whom: the facts that every mail about an event has. `without`: labels of facts told already. */
export function eventFacts(
  matter: Matter,
  { places = false, without = [] }: { places?: boolean; without?: string[] } = {},
): Block {
  const { t, locale, event, participation } = matter;
  const facts: Fact[] = [
    { label: t("mail.when"), value: whenWords(locale, t, event) },
    ...whereFacts(matter),
    { label: t("mail.organizer"), value: isolated(cut(event.organizer, 100)) },
  ];
  if (event.status === "tentative") facts.push({ label: t("mail.status"), value: t("mail.statusTentative") });
  if (places && participation.guests > 0)
    facts.push({ label: t("mail.places"), value: t("mail.placesYou", { guests: participation.guests }) });
  return { kind: "facts", title: longName(matter), facts: facts.filter(({ label }) => !without.includes(label)) };
}

/** This server's name with its host, or the host alone where it has no other name. */
export const serverName = ({ t, instance, host }: Pick<Matter, "t" | "instance" | "host">): string =>
  instance === host ? host : t("mail.server", { name: cut(instance, 100), host });

/** Why this mail came, and how the next ones about the event are stopped. */
export const eventFoot = (matter: Matter): Block[] => [
  {
    kind: "note",
    text: matter.t(matter.participation.byAccount ? "mail.fromAccount" : "mail.from", { server: serverName(matter) }),
  },
  { kind: "note", text: matter.stopLabel, url: matter.stopUrl },
];

/** The same for somebody who may not have asked. */
export const strangerFoot = (matter: Pick<Matter, "t" | "instance" | "host" | "stopUrl" | "stopLabel">): Block[] => [
  { kind: "note", text: matter.t("mail.notYou") },
  { kind: "note", text: matter.t("mail.fromYou", { server: serverName(matter) }) },
  { kind: "note", text: matter.stopLabel, url: matter.stopUrl },
];

/** The button that every participant's mail has. */
export const participationButton = ({ t, participation }: Matter, label?: string): Block => ({
  kind: "button",
  label: label ?? t("mail.changeParticipation"),
  url: participation.url,
});

/** A paragraph of ours. */
export const paragraph = (text: string): Block => ({ kind: "paragraph", text });
