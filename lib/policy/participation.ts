import { and, inArray, type SQL, sql } from "drizzle-orm";
import { schema } from "#db/client.ts";
import type { Viewer } from "./viewer.ts";

type Joined = Pick<
  typeof schema.events.$inferSelect,
  "state" | "hiddenAt" | "status" | "uri" | "endTime" | "joinMode" | "maximumAttendeeCapacity" | "seatsTaken"
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

/** Places left, or null where nobody counts. Never below 0, also when the capacity was lowered. */
export const placesLeft = (event: Pick<Joined, "maximumAttendeeCapacity" | "seatsTaken">): number | null =>
  event.maximumAttendeeCapacity === null ? null : Math.max(0, event.maximumAttendeeCapacity - event.seatsTaken);

/**
 * Whether an event can be joined at `now` by a party of so many, or what stands in the way, the gravest first. The page
 * asks to choose what it shows, the commands to refuse; the seats themselves are taken by `takeSeats` alone.
 */
export function joinObstacle(event: Joined, seats: number, now: Date): Obstacle | null {
  if (event.state !== "published" || event.hiddenAt !== null || event.uri !== null) return "event-not-open";
  if (event.status === "cancelled") return "event-cancelled";
  if (event.endTime <= now) return "event-over";
  if (event.joinMode === "external") return "join-external";
  if (event.joinMode === "closed") return "join-closed";
  const left = placesLeft(event);
  if (left === null || left >= seats) return null;
  return left === 0 ? "event-full" : "too-few-places";
}

type Run = Pick<typeof schema.events.$inferSelect, "organizerId">;

/** Whether the viewer may see who takes part, and approve or reject requests: whoever runs the event. */
export const canDecideParticipations = (viewer: Viewer, event: Run): boolean =>
  viewer.kind === "operator" || (viewer.kind === "account" && viewer.actorIds.includes(event.organizerId));

/** The same as a filter over `events`. */
export function eventsDecidedBy(viewer: Viewer): SQL | undefined {
  if (viewer.kind === "operator") return undefined;
  const own = viewer.kind === "account" ? viewer.actorIds : [];
  return own.length > 0 ? and(inArray(schema.events.organizerId, own)) : sql`false`;
}
