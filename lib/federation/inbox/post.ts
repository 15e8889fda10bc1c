import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { strictest } from "#lib/policy/domain.ts";
import { isNarrowed, isTakenDown } from "#lib/policy/event.ts";
import { buryMirroredPost, confirmPost, mirrorPost } from "#lib/post/mirror/commands.ts";
import { buryPost, keepRemotePost } from "#lib/post/remote/commands.ts";
import type { ActorRow } from "../actors.ts";
import { hostOf, ownId, sameOrigin } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { addressees } from "../objects/event.ts";
import { audienceInboxes } from "../outbox/audience.ts";
import { forget } from "../outbox/discussion.ts";
import { passOn, passOnLoss } from "../outbox/group.ts";
import { receiversOf } from "../outbox/say.ts";
import { standingWithin } from "../peers/judgement.ts";
import { knownActor } from "../remote/actor.ts";
import { momentOf } from "../remote/instant.ts";
import { isPost, readPost, readPostElsewhere } from "../remote/post.ts";
import { idOf, isObject } from "../remote/values.ts";
import { asAsked, asMember, orRefuse } from "./asked.ts";
import { concerns, hasMembers, memberHere, readFrom } from "./create.ts";
import { ownGroup } from "./group.ts";
import type { Effect, Past, Received } from "./receive.ts";
import { inTurn } from "./turn.ts";

const { actors, posts } = schema;

/**
 * Whoever leads a group of ours from another server posts in its name, or has other words for it: by the rules of the
 * group, and then passed on. Undefined: it is nothing of that kind.
 */
export async function onPosted(received: Received): Promise<Effect | undefined> {
  const { db, sender, actor, id: activity, raw, via } = received;
  const object = raw.object;
  if (!isObject(object) || !isPost(object)) return undefined;
  const group = await ownGroup(db, idOf(object.attributedTo));
  if (!group) return onPostedElsewhere(received, object);
  // What others pass on to us was not said to the group.
  const id = idOf(object.id);
  if (via || !id || !sameOrigin(id, actor)) return null;
  const post = readPost(object, group.handle);
  if (!post) return null;
  return (tx) =>
    orRefuse(tx, group, received, async (tx) => {
      await inTurn(tx, post.uri);
      const kept = await keepRemotePost(tx, asMember(sender), group.id, post);
      if (!kept) return;
      const hearers = { ...(await hearersOf(tx, group, post.visibility)), objectId: kept.id };
      if (kept.before && isNarrowed(kept.before.visibility, post.visibility))
        await passOnLoss(tx, group, post.uri, { ...hearers, which: activity });
      // What the host hides is told in no newer words.
      if (!(kept.before && isTakenDown(kept.before))) await passOn(tx, group, raw, hearers);
    });
}

/** A post with its group, ours by its address here, another server's by its id. By primary key, `posts_uri`. */
async function postBy(db: Db, uri: string) {
  const own = ownId(uri, "posts");
  const [found] = await db
    .select({ id: posts.id, visibility: posts.visibility, mirrored: isNotNull(posts.uri), group: actors })
    .from(posts)
    .innerJoin(actors, eq(actors.id, posts.groupId))
    .where(own ? and(eq(posts.id, own), isNull(posts.uri)) : eq(posts.uri, uri));
  return found ?? null;
}

/**
 * A post of a group of ours is gone, by the word of whoever leads the group from another server, who is answered; or one of
 * another server's group, by that group's word. Undefined: it is neither.
 */
export async function onPostedEnd(received: Received, uri: string): Promise<Effect | undefined> {
  const { db, sender, raw, via } = received;
  const found = await postBy(db, uri);
  if (!found) return undefined;
  const { id, group, visibility, mirrored } = found;
  if (group.host !== null)
    return [sender.id, via?.id].includes(group.id) ? (tx) => buryMirroredPost(tx, group.id, id) : undefined;
  if (via) return null;
  const hearers = await hearersOf(db, group, visibility);
  const inboxes = [...new Set([...hearers.inboxes, ...(await receiversOf(db, id))])];
  return asAsked(received, group, async (tx) => {
    if (!(await buryPost(tx, asMember(sender), id))) return;
    // What the group passed on of it is not to be read there any more; of ours its own words are told to be gone.
    if (mirrored) await forget(tx, id);
    await passOn(tx, group, raw, { ...hearers, inboxes, objectId: id });
  });
}

/**
 * A group of another server passes on what somebody here wrote in its name: it stands; or, `ended`, that it is gone. Null: it
 * is nothing of that kind.
 */
export async function onOwnPost({ db, sender }: Received, uri: string, { ended = false } = {}): Promise<Effect> {
  const found = ownId(uri, "posts") ? await postBy(db, uri) : null;
  if (!found || found.group.id !== sender.id) return null;
  return (tx) => (ended ? buryMirroredPost : confirmPost)(tx, sender.id, found.id);
}

/** The group of another server, known here, whose post a document says that it is; null: nobody's that we know. */
async function groupElsewhere(db: Db, object: Json): Promise<(ActorRow & { uri: string; host: string }) | null> {
  const owner = idOf(object.attributedTo);
  const group = owner ? await knownActor(db, owner) : null;
  if (group?.type !== "Group" || group.deletedAt || group.suspendedAt) return null;
  const { uri, host } = group;
  return uri !== null && host !== null ? { ...group, uri, host } : null;
}

/**
 * What a group of another server posts: its own word is believed, and what it passes on of those who write in its name
 * from elsewhere; what others say of it, also its members, is read from where it is. Undefined: it is no post of such a group.
 */
async function onPostedElsewhere({ db, actor, via, past }: Received, object: Json): Promise<Effect | undefined> {
  const group = await groupElsewhere(db, object);
  if (!group) return undefined;
  const id = idOf(object.id);
  if (id && sameOrigin(id, actor) && via?.id === group.id) return onPostRead(db, object, { by: via, past });
  if (!id || !sameOrigin(id, group.uri)) return null;
  const document = actor === group.uri ? object : await readFrom(db, id, await memberHere(db, group));
  return document && (await onPostRead(db, document));
}

/** Who passes on what is read, and what of it is past. */
type Reading = { by?: ActorRow; past?: Past };

/**
 * The same of a document that is believed: the group's own, or read from where it is, which is the group's server if the group
 * does not pass it on itself (`by`). Kept for those alone who follow the group or belong to it, and for its members where it
 * is for them. Undefined: it is no post of a group of another server.
 */
export async function onPostRead(db: Db, document: Json, { by, past }: Reading = {}): Promise<Effect | undefined> {
  const group = isPost(document) ? await groupElsewhere(db, document) : null;
  if (!group) return undefined;
  const post = readPostElsewhere(document, group);
  if (!post || !(by?.id === group.id || sameOrigin(post.uri, group.uri))) return null;
  const heard = post.visibility === "members" ? await hasMembers(db, group) : await concerns(db, group, []);
  if (!heard && !(await db.$count(posts, eq(posts.uri, post.uri)))) return null;
  const published = past ? momentOf(document, past.until) : post.published;
  const hosts = [...new Set([group.host, hostOf(post.uri) ?? group.host])];
  return async (tx) => {
    const standings = await Promise.all(hosts.map((host) => standingWithin(tx, host)));
    await mirrorPost(tx, group.id, { ...post, published }, strictest(standings));
  };
}

/** Who hears of a post from its group, and in which words it is addressed to them. */
const hearersOf = async (db: Db, group: ActorRow, visibility: string) => ({
  ...addressees({ visibility }, group.handle),
  inboxes: await audienceInboxes(db, group, visibility === "members" ? "members" : "public"),
});
