import type { Db } from "#db/client.ts";
import { absolute, eventPath, ownHost } from "#lib/urls.ts";
import { localActor } from "./actors.ts";
import { actorUri, isEventHandle, ownHandle } from "./addresses.ts";
import type { Json } from "./documents.ts";

/** WebFinger of an event that can be followed, whose id Fedify's own answer would not know; null: somebody else is meant. */
export async function eventWebFinger(db: Db, resource: string): Promise<Json | null> {
  const [, name, host] = /^acct:([^@]{1,64})@(.{1,255})$/i.exec(resource) ?? [];
  const handle = name && host?.toLowerCase() === ownHost() ? name.toLowerCase() : ownHandle(resource);
  if (!handle || !isEventHandle(handle)) return null;
  const actor = await localActor(db, handle);
  if (!actor || actor.deletedAt) return null;
  const id = actorUri(actor);
  return {
    subject: `acct:${handle}@${ownHost()}`,
    aliases: [id],
    links: [
      { rel: "self", type: "application/activity+json", href: id },
      { rel: "http://webfinger.net/rel/profile-page", type: "text/html", href: absolute(eventPath(actor.id)) },
    ],
  };
}
