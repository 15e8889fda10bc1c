import { eventPath } from "#lib/urls.ts";

/** Where a comment on an event is sent, and what was refused is kept. */
export const commentsPath = (eventId: string): string => `${eventPath(eventId)}/comments`;

/** Where a comment stands, on the page of its event that begins behind another comment. */
export const commentPlace = (eventId: string, id: string, before: string | null): string =>
  `${eventPath(eventId)}${before ? `?comments=${before}` : ""}#comment-${id}`;
