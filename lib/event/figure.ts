import type { EventFigure } from "#db/schema/event.ts";

type Told = {
  startTime: Date;
  endTime: Date;
  /** Null: no end was given, and `endTime` is our guess. */
  endWall: string | null;
  allDay: boolean;
  timezone: string;
  onlineUrl: string | null;
  status: string;
};

/** Of a place in one line: every sign of it may be two in JSON (`event_notices_length`). */
const longestPlace = 800;

/** What of an event matters to somebody who comes. `place`: the place in one line, empty without one. */
export const figureOf = (event: Told, place: string): EventFigure => ({
  startTime: event.startTime.toISOString(),
  endTime: event.endWall === null ? null : event.endTime.toISOString(),
  allDay: event.allDay,
  timezone: event.timezone,
  place: place.slice(0, longestPlace).toWellFormed(),
  onlineUrl: event.onlineUrl,
  status: event.status,
});

type FigureChange = "time" | "place" | "online" | "status";

/** What differs for somebody who comes, in the order in which it is told; nothing: no mail. */
export function changesBetween(before: EventFigure, after: EventFigure): FigureChange[] {
  const same = (...keys: (keyof EventFigure)[]) => keys.every((key) => before[key] === after[key]);
  const changes: FigureChange[] = [];
  if (!same("status")) changes.push("status");
  if (!same("startTime", "endTime", "allDay", "timezone")) changes.push("time");
  if (!same("place")) changes.push("place");
  if (!same("onlineUrl")) changes.push("online");
  return changes;
}

/** What of that is told to whom something is kept back from: not where it is. */
export const toldChanges = (before: EventFigure, after: EventFigure, kept: { place: boolean; online: boolean }) =>
  changesBetween(before, after).filter((change) => !(change === "place" || change === "online") || !kept[change]);

type Begins = Pick<Told, "startTime" | "timezone" | "allDay">;

/**
 * The start that an event had before the one that people know. None where it is that one again, nor where zone or manner
 * changed, because it could only be named in those that it had.
 */
export function previousStart(known: EventFigure, previous: Date | null, next: Begins): Date | null {
  if (next.timezone !== known.timezone || next.allDay !== known.allDay) return null;
  const start = new Date(known.startTime);
  const former = next.startTime.getTime() === start.getTime() ? previous : start;
  return former?.getTime() === next.startTime.getTime() ? null : former;
}
