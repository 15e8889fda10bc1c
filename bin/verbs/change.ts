import { type Command, Option } from "commander";
import { updateEvent } from "#lib/event/commands.ts";
import { type EventChange, eventChange } from "#lib/event/input.ts";
import type { PlaceInput } from "#lib/place/input.ts";
import { readLocation } from "#lib/place/location.ts";
import { operator } from "#lib/policy/viewer.ts";
import { answer, atDesk, parsed, t } from "./desk.ts";
import { countTold, showEvent, tellingLine } from "./event.ts";

type Options = {
  name?: string;
  content?: string;
  start?: string;
  end?: string;
  allDay?: boolean;
  timezone?: string;
  place?: string;
  latitude?: string;
  longitude?: string;
  onlineUrl?: string;
  capacity?: string;
  status?: string;
  now?: boolean;
  json?: boolean;
};

const orNone = (value: string | undefined) => (value === "none" ? null : value);
const number = (value: string | undefined) => (value === undefined ? undefined : Number(value));

/** The place meant. A name alone stays in its town; a new name has no point of its own until it is given one. */
function placeOf({ place, latitude, longitude }: Options, before: PlaceInput | null): PlaceInput | null | undefined {
  if (place === "none") return null;
  if (place === undefined && latitude === undefined && longitude === undefined) return undefined;
  const { name } = readLocation(place ?? "");
  const moved = place?.includes(",") ? readLocation(place) : { ...before, name, streetAddress: "", room: "" };
  const words = place === undefined ? { ...before } : { ...moved, latitude: null, longitude: null };
  return {
    ...words,
    latitude: number(latitude) ?? words.latitude ?? null,
    longitude: number(longitude) ?? words.longitude ?? null,
  };
}

/** Whether it is all day now: as said, else as the times are written, with a clock or without; undefined: as before. */
function allDayOf({ allDay, start, end }: Options, before: boolean): boolean | undefined {
  if (allDay !== undefined) return allDay;
  const typed = [start, orNone(end)].filter((time): time is string => typeof time === "string");
  if (typed.length === 0) return undefined;
  const clocks = typed.some((time) => time.includes("T"));
  return clocks ? false : start === undefined ? before : true;
}

const minute = (wall: string) => Date.parse(`${wall.replace(" ", "T").slice(0, 16).padEnd(16, "T00:00")}Z`);

/** The end meant: where the start alone is moved, as long after it as before. */
function endOf(
  { start, end }: Options,
  before: { startWall: string; endWall: string | null },
): string | null | undefined {
  if (end !== undefined || start === undefined || before.endWall === null) return orNone(end);
  const moved = minute(start) + minute(before.endWall) - minute(before.startWall);
  return Number.isNaN(moved) ? undefined : new Date(moved).toISOString().slice(0, start.includes("T") ? 16 : 10);
}

async function change(id: string, options: Options): Promise<void> {
  const { name, content, start, timezone, onlineUrl, capacity, status, now, json } = options;
  await atDesk(async ({ db }) => {
    const before = await showEvent(db, id);
    const given: { [field in keyof EventChange]: unknown } = {
      name,
      content,
      mediaType: content === undefined ? undefined : "text/markdown",
      startWall: start,
      endWall: endOf(options, before),
      allDay: allDayOf(options, before.allDay),
      timezone,
      place: placeOf(options, before.place),
      onlineUrl: orNone(onlineUrl),
      maximumAttendeeCapacity: capacity === "none" ? null : number(capacity),
      status,
    };
    const wanted = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    if (Object.keys(wanted).length === 0) throw new Error(t("operator.changeNothing"));
    const changed = await updateEvent(db, operator, id, parsed(eventChange, wanted), { now });
    const told = await countTold(db, id, changed);
    answer(json, { id, ...changed, told }, [
      t("operator.changed", { name: name ?? before.name }),
      tellingLine(changed, told),
    ]);
  });
}

export function changeVerb(event: Command): void {
  event
    .command("change")
    .description(t("operator.eventChange"))
    .argument("<id>", t("operator.eventId"))
    .option("--name <name>", t("operator.changeName"))
    .option("--content <text>", t("operator.changeContent"))
    .option("--start <time>", t("operator.changeStart"))
    .option("--end <time>", t("operator.changeEnd"))
    .option("--all-day", t("operator.changeAllDay"))
    .option("--no-all-day", t("operator.changeTimed"))
    .option("--timezone <zone>", t("operator.changeTimezone"))
    .option("--place <place>", t("operator.changePlace"))
    .option("--latitude <degrees>", t("operator.changeLatitude"))
    .option("--longitude <degrees>", t("operator.changeLongitude"))
    .option("--online-url <address>", t("operator.changeOnline"))
    .option("--capacity <count>", t("operator.changeCapacity"))
    .addOption(
      new Option("--status <status>", t("operator.changeStatus")).choices(["tentative", "confirmed", "cancelled"]),
    )
    .option("--now", t("operator.changeNow"))
    .option("--json", t("operator.json"))
    .action(change);
}
