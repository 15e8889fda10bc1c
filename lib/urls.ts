import { getConfig } from "#lib/config.ts";

/** Absolute form of one of our paths, from APP_URL alone: never from a request. */
export const absolute = (path: string): string => `${getConfig().appUrl}${path}`;

/** Where the door of an event finds somebody's place on its list. */
export const arrivalPath = (eventId: string, participationId: string) =>
  `/dashboard/events/${eventId}/check-in?person=${participationId}`;

export const eventPath = (id: string): string => `/events/${id}`;
/** The ActivityPub id of an event, of this server or another: also what its cover is drawn from, everywhere the same. */
export const eventUri = ({ id, uri }: { id: string; uri: string | null }): string => uri ?? absolute(eventPath(id));
/** What an event is called by those who follow it: the end of its id. */
export const eventHandle = (id: string): string => `event_${id.slice(-12)}`;
export const participationPath = (token: string): string => `/participations/${encodeURIComponent(token)}`;
export const actorPath = (handle: string, host: string | null = null): string => `/@${handle}${host ? `@${host}` : ""}`;
export const commentPath = (id: string): string => `/comments/${id}`;
export const discussionPath = (id: string): string => `/discussions/${id}`;
export const postPath = (id: string): string => `/posts/${id}`;
/** A message where it stands, with some of those before it. */
export const messagePath = (discussionId: string, id: string): string =>
  `${discussionPath(discussionId)}?at=${id}#message-${id}`;
/** Where a group keeps links and folders; one of them, by its id, has an address of its own. */
export const resourcesPath = (handle: string, host: string | null = null): string =>
  `${actorPath(handle, host)}/resources`;
export const resourcePath = (id: string): string => `/resources/${id}`;
export const mediaPath = (id: string): string => `/media/${id}`;
export const unsubscribePath = (signed: string): string => `/unsubscribe/${encodeURIComponent(signed)}`;
/** The page to sign in, which leads on to one of our paths. */
export const signInAt = (next: string): string => `/sign-in?next=${encodeURIComponent(next)}`;
export const signInPath = (token: string): string => `/sign-in/${encodeURIComponent(token)}`;
export const signUpPath = (token: string): string => `/sign-up/${encodeURIComponent(token)}`;
export const resetPath = (token: string): string => `/reset-password/${encodeURIComponent(token)}`;
export const addressPath = (token: string): string => `/address/${encodeURIComponent(token)}`;
export const invitationPath = (token: string): string => `/invitations/${encodeURIComponent(token)}`;
export const groupInvitationPath = (token: string): string => `/invitations/groups/${encodeURIComponent(token)}`;
export const groupDeskPath = (id: string): string => `/dashboard/groups/${id}`;
export const setupPath = (token: string): string => `/setup/${encodeURIComponent(token)}`;
export const calendarPath = (token: string): string => `/calendar/${encodeURIComponent(token)}.ics`;

/** The host part of APP_URL: shown to people, and the right side of UIDs and Message-IDs. */
export const ownHost = (): string => new URL(getConfig().appUrl).host;

/** An http(s) URL as somebody gave it, in canonical form; null for anything else, also with user-info. */
export function webUrl(value: unknown): string | null {
  if (typeof value !== "string" || value.length > 2048 || !URL.canParse(value)) return null;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && !url.username && !url.password && url.href.length <= 2048 ? url.href : null;
}

/** A path of ours to go back to; anything that leads elsewhere becomes the fallback. */
export function ownPath(value: unknown, fallback = "/"): string {
  if (typeof value !== "string" || !value.startsWith("/") || value.length > 2000) return fallback;
  const { appUrl } = getConfig();
  const url = URL.canParse(value, appUrl) ? new URL(value, appUrl) : null;
  // "/.//e.example" parses as ours, and its path alone would be read as another host.
  return url && url.origin === appUrl && !url.pathname.startsWith("//") && !/[\\\p{Cc}]/u.test(value)
    ? `${url.pathname}${url.search}${url.hash}`
    : fallback;
}
