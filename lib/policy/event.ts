import { and, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { eventsWhere } from "./staff.ts";
import type { Viewer } from "./viewer.ts";

type Seen = Pick<typeof schema.events.$inferSelect, "state" | "visibility" | "hiddenAt" | "hiddenWith" | "organizerId">;

const runs = (viewer: Viewer, organizerId: string): boolean =>
  viewer.kind === "operator" || (viewer.kind === "account" && viewer.actorIds.includes(organizerId));

/**
 * Whether an event's page (and every other outward shape of it) is there for whoever asks, if they are not of its
 * staff: that is the filter's to know. A tombstone is seen by all.
 */
export function canSeeEvent(viewer: Viewer, event: Seen): boolean {
  if (runs(viewer, event.organizerId)) return true;
  if (event.state === "deleted") return event.visibility === "public" || event.visibility === "unlisted";
  return (
    event.state === "published" &&
    // What a silenced server tells is in no list, but there for who has its address.
    (event.hiddenAt === null || event.hiddenWith === "silenced") &&
    (event.visibility === "public" || event.visibility === "unlisted")
  );
}

/** The same as a filter over `events`, with what the viewer helps to run. */
export function eventsVisibleTo(viewer: Viewer): SQL | undefined {
  const { events } = schema;
  if (viewer.kind === "operator") return undefined;
  const open = and(
    or(
      and(eq(events.state, "published"), or(isNull(events.hiddenAt), eq(events.hiddenWith, "silenced"))),
      eq(events.state, "deleted"),
    ),
    inArray(events.visibility, ["public", "unlisted"]),
  );
  const own = viewer.kind === "account" && viewer.actorIds.length > 0 ? eventsWhere(viewer, "see") : undefined;
  return own ? or(open, own) : open;
}

/** Lists, searches and feeds: public, published, not hidden. The partial indexes of `events` carry the same condition. */
export const eventsListed = (): SQL => sql`${schema.events.listed}`;

/** Whether the viewer may make events of this organiser. */
export const canOrganise = runs;
