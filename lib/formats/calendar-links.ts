import { addDays } from "#lib/time.ts";

export type Linked = {
  name: string;
  text: string;
  url: string;
  location: string | null;
  startTime: Date;
  endTime: Date;
  startWall: string;
  endWall: string | null;
  allDay: boolean;
  timezone: string;
};

const e = encodeURIComponent;
const compact = (wall: string) => wall.slice(0, 19).replace(/[-:]/g, "").replace(" ", "T");
const utc = (instant: Date) => `${instant.toISOString().slice(0, 19)}Z`;
const days = ({ startWall, endWall }: Linked) =>
  [startWall.slice(0, 10), addDays((endWall ?? startWall).slice(0, 10), 1)] as const;

const details = ({ text, url }: Linked) => `${text.slice(0, 500)}\n${url}`.trim();

/** Two hours later on the wall clock: what the links assume where no end was given. */
const later = (wall: string) =>
  new Date(Date.parse(`${wall.slice(0, 19).replace(" ", "T")}Z`) + 7_200_000).toISOString().slice(0, 19);

/** Google Calendar: wall clocks without `Z` and the zone beside them; a zone that is no place goes as UTC. */
export function googleLink(event: Linked): string {
  const [first, after] = days(event);
  const place = /^[A-Z][A-Za-z]+\/(?!GMT)/.test(event.timezone) && !event.timezone.startsWith("Etc/");
  const walls = `${compact(event.startWall)}/${compact(event.endWall ?? later(event.startWall))}`;
  const instants = `${compact(utc(event.startTime))}/${compact(utc(event.endTime))}`;
  const dates = event.allDay ? `${first.replace(/-/g, "")}/${after.replace(/-/g, "")}` : place ? walls : instants;
  const zone = !event.allDay && place ? `&ctz=${e(event.timezone)}` : "";
  return `https://calendar.google.com/calendar/render?action=TEMPLATE&text=${e(event.name)}&dates=${dates}${zone}&details=${e(details(event))}${event.location ? `&location=${e(event.location)}` : ""}`;
}

/** Outlook.com ("live") and Microsoft 365 ("office"): undocumented and fragile, hence last in the list. */
export function outlookLink(event: Linked, home: "live" | "office"): string {
  const [first, after] = days(event);
  const when = event.allDay
    ? `startdt=${first}&enddt=${after}&allday=true`
    : `startdt=${e(utc(event.startTime))}&enddt=${e(utc(event.endTime))}`;
  return `https://outlook.${home}.com/calendar/deeplink/compose?path=/calendar/action/compose&rru=addevent&${when}&subject=${e(event.name)}&body=${e(details(event))}${event.location ? `&location=${e(event.location)}` : ""}`;
}
