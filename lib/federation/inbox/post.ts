import { and, eq, isNull } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { buryPost, keepRemotePost } from "#lib/post/remote/commands.ts";
import type { ActorRow } from "../actors.ts";
import { ownId, sameOrigin } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { addressees } from "../objects/event.ts";
import { audienceInboxes } from "../outbox/audience.ts";
import { passOn } from "../outbox/group.ts";
import { isPost, readPost } from "../remote/post.ts";
import { idOf, isObject } from "../remote/values.ts";
import { asMember } from "./discussion.ts";
import { ownGroup } from "./group.ts";
import type { Effect, Received } from "./receive.ts";

const { actors, posts } = schema;

/**
 * Whoever leads a group of ours from another server posts in its name, or has other words for it: by the rules of the
 * group, and then passed on. Undefined: it is nothing of that kind.
 */
export async function onPosted(received: Received): Promise<Effect | undefined> {
  const { db, sender, actor, raw, via } = received;
  const object = raw.object;
  if (!isObject(object) || !isPost(object)) return undefined;
  const group = await ownGroup(db, idOf(object.attributedTo));
  if (!group) return undefined;
  // What others pass on to us was not said to the group.
  const id = idOf(object.id);
  if (via || !id || !sameOrigin(id, actor)) return null;
  const post = readPost(object, group.handle);
  if (!post) return null;
  const hearers = await hearersOf(db, group, post.visibility);
  return async (tx) => {
    const objectId = await keepRemotePost(tx, asMember(sender), group.id, post);
    if (objectId) await passOn(tx, group, raw, { ...hearers, objectId });
  };
}

/** A post of a group of ours is gone, by the word of whoever leads the group from another server. Undefined: it is none. */
export async function onPostedEnd({ db, sender, raw, via }: Received, uri: string): Promise<Effect | undefined> {
  const own = ownId(uri, "posts");
  const [found] = await db
    .select({ id: posts.id, visibility: posts.visibility, group: actors })
    .from(posts)
    .innerJoin(actors, eq(actors.id, posts.groupId))
    .where(own ? and(eq(posts.id, own), isNull(posts.uri)) : eq(posts.uri, uri));
  if (!found) return undefined;
  if (via) return null;
  const { id, group, visibility } = found;
  const hearers = await hearersOf(db, group, visibility);
  return async (tx) => {
    if (await buryPost(tx, asMember(sender), id)) await passOn(tx, group, raw as Json, { ...hearers, objectId: id });
  };
}

/** Who hears of a post from its group, and in which words it is addressed to them. */
const hearersOf = async (db: Db, group: ActorRow, visibility: string) => ({
  ...addressees({ visibility }, group.handle),
  inboxes: await audienceInboxes(db, group, visibility === "members" ? "members" : "public"),
});
