import type { EventSummary } from "#app/_ui/event-state.ts";
import type { ListedEvent } from "#lib/event/search/queries.ts";
import { mediaPath } from "#lib/urls.ts";

/** A listed event as cards show it: with the address of its picture. */
export const summaryOf = ({ cover, ...event }: ListedEvent): EventSummary => ({
  ...event,
  cover: cover && { src: mediaPath(cover.id), alt: cover.alt, width: cover.width, height: cover.height },
});
