import { beginning } from "#lib/html.ts";
import { addDays, instantOf } from "#lib/time.ts";

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

const details = ({ text, url }: Linked) => `${beginning(text, 500)}\n${url}`.trim();

/** Two hours later on the wall clock: what the links assume where no end was given. */
const later = (wall: string) =>
  new Date(Date.parse(`${wall.slice(0, 19).replace(" ", "T")}Z`) + 7_200_000).toISOString().slice(0, 19);

/** Whether wall clock and zone alone name the instant: not the second of two equal clocks in an autumn night. */
const tells = (wall: string | null, timezone: string, instant: Date) =>
  wall === null || instantOf(wall.slice(0, 19).replace(" ", "T"), timezone).getTime() === instant.getTime();

/** Google Calendar: wall clocks without `Z` and the zone beside them; a zone that is no place goes as UTC. */
export function googleLink(event: Linked): string {
  const [first, after] = days(event);
  const { timezone, startWall, startTime, endWall, endTime } = event;
  const place =
    /^[A-Z][A-Za-z]+\/(?!GMT)/.test(timezone) &&
    !timezone.startsWith("Etc/") &&
    tells(startWall, timezone, startTime) &&
    tells(endWall, timezone, endTime);
  const walls = `${compact(startWall)}/${compact(endWall ?? later(startWall))}`;
  const instants = `${compact(utc(startTime))}Z/${compact(utc(endTime))}Z`;
  const dates = event.allDay ? `${first.replace(/-/g, "")}/${after.replace(/-/g, "")}` : place ? walls : instants;
  const zone = !event.allDay && place ? `&ctz=${e(timezone)}` : "";
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
