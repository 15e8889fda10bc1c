import type { schema } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import { absolute, actorPath, commentPath, eventHandle, eventPath, postPath } from "#lib/urls.ts";

export { eventUri } from "#lib/urls.ts";

type Named = Pick<typeof schema.actors.$inferSelect, "id" | "handle" | "host" | "uri" | "type">;

/** The handle of the instance's own actor; nobody else is given it. */
export const instanceHandle = "relay";

/** The ActivityPub id of an actor, of this server or another. */
export const actorUri = (actor: Named): string =>
  actor.uri ??
  (actor.host === null && actor.type === "Service" ? eventActorUri(actor.id) : localActorUri(actor.handle));

/** An event as somebody who can be followed: a Service, whose row has the event's own id, and whose handle its end. */
const eventActorUri = (eventId: string): string => absolute(`${eventPath(eventId)}/actor`);
export const isEventHandle = (handle: string): boolean => /^event_[0-9a-f]{12}$/.test(handle);

/** The id of somebody of this server, the instance among them. */
export const localActorUri = (handle: string): string =>
  absolute(handle === instanceHandle ? "/actor" : actorPath(handle));

/** One of the collections of an actor of this server, or its inbox. */
export const actorPart = (handle: string, part: string): string => absolute(`${actorPath(handle)}/${part}`);

/** Where all of this server receive. */
export const sharedInbox = (): string => absolute("/inbox");

/** The id of a post, where it was made: here, unless its row says another. */
export const postUri = (post: { id: string; uri: string | null }): string => post.uri ?? absolute(postPath(post.id));

/** The ids of what is made here alone. */
export const activityUri = (id: string): string => absolute(`/activities/${id}`);
export const noteUri = (id: string): string => absolute(commentPath(id));
export const pollUri = (id: string): string => absolute(`/questions/${id}`);

/** Everybody, in full. */
export const publicUri = "https://www.w3.org/ns/activitystreams#Public";

/** Whose host a URL names, in lower case, without a last dot, with its port; null for what is no http(s) URL. */
export function hostOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return /^https?:$/.test(protocol) ? host.toLowerCase().replace(/\.(?=:|$)/, "") : null;
}

/** FEP-fe34: whether two ids were given by the same origin. */
export function sameOrigin(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}

/** The id in one of our own addresses (`events`, `activities`, …); null when the URL is not one of them. */
export function ownId(
  url: unknown,
  kind: "events" | "activities" | "comments" | "discussions" | "posts" | "questions" | "members" | "resources",
): string | null {
  const start = absolute(`/${kind}/`);
  if (typeof url !== "string" || !url.startsWith(start)) return null;
  const id = url.slice(start.length);
  return isId(id) ? id : null;
}

/** The handle in the id of an actor of this server; null for anybody else's. */
export function ownHandle(url: unknown): string | null {
  if (url === localActorUri(instanceHandle)) return instanceHandle;
  const event = typeof url === "string" && url.endsWith("/actor") ? ownId(url.slice(0, -6), "events") : null;
  if (event) return eventHandle(event);
  const start = absolute("/@");
  const handle = typeof url === "string" && url.startsWith(start) ? url.slice(start.length) : "";
  return /^[a-z0-9_]{1,30}$/.test(handle) && handle !== instanceHandle ? handle : null;
}
