import { and, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { eventsAmongUs, participantAmongUs } from "./group.ts";
import { eventsWhere } from "./staff.ts";
import type { Viewer } from "./viewer.ts";

const { events } = schema;

type Kept = Pick<typeof events.$inferSelect, "placeDisclosure" | "onlineDisclosure">;

/** What of where an event is may not be told, unless somebody is accepted: its place, its online address. */
export const keptBack = (event: Kept, { accepted = false } = {}) => ({
  place: !accepted && event.placeDisclosure === "accepted",
  online: !accepted && event.onlineDisclosure === "accepted",
});

/** An event without what is kept back from whoever is not accepted. */
export function withoutKept<T extends { event: Kept & { onlineUrl: string | null }; place: unknown }>(
  full: T,
  who: { accepted?: boolean } = {},
): T {
  const kept = keptBack(full.event, who);
  const event = kept.online ? { ...full.event, onlineUrl: null } : full.event;
  return { ...full, event, place: kept.place ? null : full.place };
}

/** Of those whose an event is, the one on its own server, who answers for it: who makes it for a group elsewhere, else its organiser. */
export const keeperOf = ({ authorId, organizerId }: Pick<typeof events.$inferSelect, "authorId" | "organizerId">) =>
  authorId ?? organizerId;

/** The same as a column beside `events`. */
export const keeperId = sql<string>`coalesce(events.author_id, events.organizer_id)`;

type Shown = Pick<typeof events.$inferSelect, "state" | "visibility" | "hiddenAt" | "hiddenWith">;

/**
 * A filter over `events`: whether an event's page (and every other outward shape of it) is there for whoever asks. What is
 * published is there for all, for followers, or for members, as it says; so is its tombstone; what the viewer helps to run
 * is there in any case.
 */
export function eventsVisibleTo(viewer: Viewer): SQL | undefined {
  if (viewer.kind === "operator") return undefined;
  const open = and(
    or(
      and(eq(events.state, "published"), or(isNull(events.hiddenAt), eq(events.hiddenWith, "silenced"))),
      eq(events.state, "deleted"),
    ),
    or(inArray(events.visibility, ["public", "unlisted"]), eventsAmongUs(viewer)),
  );
  const own = viewer.kind === "account" && viewer.actorIds.length > 0 ? eventsWhere(viewer, "see") : undefined;
  return own ? or(open, own) : open;
}

/** The same as a column beside `events`. */
export const seenBy = (viewer: Viewer): SQL<boolean> => sql<boolean>`(${eventsVisibleTo(viewer) ?? sql`true`})`;

/**
 * A column beside `events` and `participations`: whether the event is for whoever takes part: one for members or followers alone
 * is for those of them who are one. By `memberships_member`, `follows_pair`.
 */
export const openToParticipant = (): SQL<boolean> =>
  sql<boolean>`(events.visibility in ('public', 'unlisted') or ${participantAmongUs()})`;

/** Whether the host has taken away what was published; what a silenced server tells is there for who has its address. */
export const isTakenDown = ({ hiddenAt, hiddenWith }: Pick<Shown, "hiddenAt" | "hiddenWith">): boolean =>
  hiddenAt !== null && hiddenWith !== "silenced";

type Said = Pick<Shown, "hiddenAt" | "hiddenWith"> & { name: string; content: string; onlineUrl: string | null };

/**
 * An event as it is told to whoever takes part: of one that is not for them any more nothing of what it says; of one that the
 * host has taken away its name and date, so that they know which.
 */
export function unlessClosed<T extends { open: boolean; event: Said; place: unknown }>(full: T): T {
  const takenDown = isTakenDown(full.event);
  if (full.open && !takenDown) return full;
  const said = {
    ...{ content: "", onlineUrl: null, cancellationMessage: "", coverId: null },
    ...{ url: null, contact: "", facts: {}, tags: [], search: null },
  };
  const name = full.open ? full.event.name : "";
  return { ...full, event: { ...full.event, ...said, name }, place: null };
}

/** A column beside `events` and `participations`: whether what is published is there for whoever takes part. */
export const seenByParticipant = (): SQL<boolean> => sql<boolean>`(events.state = 'published'
  and (events.hidden_at is null or events.hidden_with = 'silenced')
  and ${openToParticipant()})`;

/** Whom an event can be for, the fewest first. */
const audiences = ["members", "followers", "unlisted", "public"];

/** Whether what is so visible is for followers or members alone. */
export const isInner = (visibility: string): boolean => visibility === "members" || visibility === "followers";

/** Whether more people see an event than did, of whom some saw it alone. */
export const isWidened = (before: string, after: string): boolean =>
  isInner(before) && audiences.indexOf(after) > audiences.indexOf(before);

/** Whether fewer people see an event, or a post, than did: some alone. */
export const isNarrowed = (before: string, after: string): boolean =>
  isInner(after) && audiences.indexOf(after) < audiences.indexOf(before);

/** Whether what is published of it is there for everybody who has its address. */
export const isForAll = ({ state, visibility, hiddenAt, hiddenWith }: Shown): boolean =>
  state === "published" &&
  !isTakenDown({ hiddenAt, hiddenWith }) &&
  (visibility === "public" || visibility === "unlisted");

/** Lists, searches and feeds: public, published, not hidden. The partial indexes of `events` carry the same condition. */
export const eventsListed = (): SQL => sql`${events.listed}`;
