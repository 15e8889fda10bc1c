import type { EventInput } from "#lib/event/input.ts";
import type { VenueName } from "./venues.ts";

/**
 * When: `[days from today, "19:00"]`, or `["sat", "14:00"]` / `["sat+1", …]` for a coming week-end. Without a clock: all
 * day. `hours` (or `days` for all-day ones) is how long.
 */
export type Moment = [days: number | `${"sat" | "sun"}${"" | "+1" | "+2"}`, clock?: string];

export type Entry = {
  by: string;
  name: string;
  text: string;
  lang: string;
  on: Moment;
  hours?: number;
  days?: number;
  /** Null: online. */
  at: VenueName | null;
  category: string;
  tags?: string[];
  /** Seats to be taken by invented people. */
  people?: number;
  /** Requests that wait for the organiser. */
  pending?: number;
  /** People in the queue of an event that is full. */
  waiting?: number;
  calledOff?: string;
  /** Has a picture of its own instead of the generated cover. */
  picture?: true;
  more?: Partial<EventInput>;
};
