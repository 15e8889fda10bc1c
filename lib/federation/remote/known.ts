import { and, eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { absolute, actorPath, eventPath, ownHost, ownPath } from "#lib/urls.ts";

const { actors, events } = schema;

/**
 * The path of our page of what an address or a handle names: one of ours, or what is kept here of another server. Null:
 * it is not known here; nobody is asked. By `events_uri`, `actors_uri` and `actors_address`.
 */
export async function knownPath(db: Db, given: string): Promise<string | null> {
  if (given.startsWith(absolute("/"))) return ownPath(given.slice(absolute("").length));
  const [, handle, host] = /^@?([\w.-]{1,64})@([^\s@/]{3,255})$/.exec(given.toLowerCase()) ?? [];
  if (handle && host === ownHost()) return actorPath(handle);
  const named = handle ? and(eq(actors.handle, handle), eq(actors.host, host!)) : eq(actors.uri, given);
  const [actor] = await db.select().from(actors).where(named);
  if (actor?.host) return actorPath(actor.handle, actor.host);
  const [event] = await db.select({ id: events.id }).from(events).where(eq(events.uri, given));
  return event ? eventPath(event.id) : null;
}
