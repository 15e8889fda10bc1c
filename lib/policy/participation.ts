import type { schema } from "#db/client.ts";

type Joined = Pick<
  typeof schema.events.$inferSelect,
  | "state"
  | "hiddenAt"
  | "status"
  | "uri"
  | "startTime"
  | "endTime"
  | "joinMode"
  | "maximumAttendeeCapacity"
  | "seatsTaken"
  | "waitingList"
>;

/** Why somebody cannot take part (codes of `lib/refusal`). */
export type Obstacle =
  | "event-not-open"
  | "event-cancelled"
  | "event-over"
  | "join-external"
  | "join-closed"
  | "event-full"
  | "too-few-places";

/** Whose place is held or asked for, or who may come: accepted ones and their guests sit on seats, the others wait. */
export const presentStates = ["accepted", "pending", "waitlisted", "tentative"];
export const isPresent = (state: string): boolean => presentStates.includes(state);

/** Places left, or null where nobody counts. Never below 0, also when the capacity was lowered. */
export const placesLeft = (event: Pick<Joined, "maximumAttendeeCapacity" | "seatsTaken">): number | null =>
  event.maximumAttendeeCapacity === null ? null : Math.max(0, event.maximumAttendeeCapacity - event.seatsTaken);

/**
 * Whether an event can be joined at `now` by a party of so many, or what stands in the way, the gravest first; joined
 * may mean that one waits in line (`mustWait`). The page asks to choose what it shows, the commands to refuse; the seats themselves are taken by `takeSeats` alone.
 */
export function joinObstacle(event: Joined, seats: number, now: Date): Obstacle | null {
  if (event.state !== "published" || event.hiddenAt !== null || event.uri !== null) return "event-not-open";
  if (event.status === "cancelled") return "event-cancelled";
  if (event.endTime <= now) return "event-over";
  if (event.joinMode === "external") return "join-external";
  if (event.joinMode === "closed") return "join-closed";
  const left = placesLeft(event);
  if (left === null || left >= seats) return null;
  // A party that no falling seat could ever hold does not wait for one; nor does anybody once the event has begun.
  if (event.waitingList && event.startTime > now)
    return seats <= event.maximumAttendeeCapacity! ? null : "too-few-places";
  return left === 0 ? "event-full" : "too-few-places";
}

/** Whether a party of so many, if it may join, waits in line: not enough places are left. */
export const mustWait = (event: Pick<Joined, "maximumAttendeeCapacity" | "seatsTaken">, seats: number): boolean =>
  (placesLeft(event) ?? seats) < seats;

/** Whether free seats go to those who wait: until the event starts, since a mail of that hour finds nobody at home. */
export const queueMoves = (event: Pick<Joined, "state" | "hiddenAt" | "status" | "startTime">, now: Date): boolean =>
  event.state === "published" && event.hiddenAt === null && event.status !== "cancelled" && event.startTime > now;
