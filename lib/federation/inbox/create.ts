import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { Refusal } from "#lib/refusal.ts";
import { absolute } from "#lib/urls.ts";
import type { ActorRow } from "../actors.ts";
import { ownHandle, sameOrigin } from "../addresses.ts";
import { fetchObject, type Json } from "../documents.ts";
import { isForEverybody } from "../remote/comment.ts";
import { isEvent } from "../remote/event.ts";
import { idOf, idsOf, isObject, listOf } from "../remote/values.ts";
import { onComment } from "./comment.ts";
import { isDirect, onDirectNote } from "./direct.ts";
import { onDiscussed } from "./discussion.ts";
import { mirror, onEvent } from "./event.ts";
import { onPosted, onPostRead } from "./post.ts";
import type { Effect, Received } from "./receive.ts";
import { onResource } from "./resource.ts";

const { actors, follows, memberships } = schema;

type Taker<About extends unknown[]> = (received: Received, ...about: About) => Promise<Effect | undefined>;

/** What is made in groups, and said anew. */
export const inGroups: Taker<[]>[] = [onDiscussed, onPosted, onResource, onEvent];

/** What the first of several makes of an activity to whom it is of their kind; undefined: it is of none. */
export async function firstToKnow<About extends unknown[]>(
  takers: Taker<About>[],
  received: Received,
  ...about: About
): Promise<Effect | undefined> {
  for (const take of takers) {
    const effect = await take(received, ...about);
    if (effect !== undefined) return effect;
  }
  return undefined;
}

/** Somebody made something. Of what their own server vouches for, we keep what somebody here follows or is addressed by. */
export async function onCreate(received: Received): Promise<Effect> {
  const { db, sender, raw, via, past } = received;
  const known = await firstToKnow(inGroups, received);
  if (known !== undefined) return known;
  const object = await vouched(received, raw.object);
  if (!object) return null;
  const read = await onPostRead(db, object, { past });
  if (read !== undefined) return read;
  if (isDirect(object, sender)) return via ? null : onDirectNote(received, object);
  if (listOf(object.type).includes("Note") && isForEverybody(object))
    return onComment(db, sender, object, via ? null : raw);
  if (!isEvent(object)) return null;
  if (!via && !(await concerns(db, sender, [raw, object]))) return null;
  return mirror(db, object, { sender, by: via });
}

/**
 * What is embedded is believed if it is the sender's own; what is another's, also of the same server, is read from there. A
 * group's server shows what is for members to one of them.
 */
export async function vouched({ db, actor, sender }: Received, value: unknown): Promise<Json | null> {
  const id = idOf(value);
  if (!id || sameOrigin(id, absolute("/"))) return null;
  const owner = isObject(value) ? makerOf(value, id, actor) : null;
  if (isObject(value) && sameOrigin(id, actor) && owner === actor) return value;
  return readFrom(db, id, sameOrigin(id, actor) ? await memberHere(db, sender) : null);
}

/** Who made something; of an event, which may be attributed to a group of another server, whoever of its own. */
function makerOf(object: Json, id: string, actor: string): string {
  const named = [...idsOf(object.attributedTo), ...idsOf(object.actor)];
  return (isEvent(object) ? named.find((one) => sameOrigin(one, id)) : undefined) ?? named[0] ?? actor;
}

/** Somebody here who is a member of a group of another server, one who leads it if there is any; null for others. By `memberships_list`. */
export async function memberHere(db: Db, { id, type }: ActorRow): Promise<ActorRow | null> {
  if (type !== "Group") return null;
  const [found] = await db
    .select({ member: actors })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.memberId))
    .where(and(eq(memberships.groupId, id), eq(memberships.state, "member"), isNull(actors.host)))
    .orderBy(sql`${memberships.role} = 'administrator' desc, ${memberships.role} = 'moderator' desc`, memberships.id)
    .limit(1);
  return found?.member ?? null;
}

/** A document by its id, from where that is; null: it is not there, or is called otherwise. `as`: who of ours asks. */
export async function readFrom(db: Db, id: string, as: ActorRow | null = null): Promise<Json | null> {
  try {
    const document = await fetchObject(db, id, as);
    return document.id === id ? document : null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/**
 * Whether somebody here follows the sender, is a member of it, or is addressed: nobody else has us keep their things. By
 * `follows_followed`, `memberships_list`.
 */
export async function concerns(db: Db, sender: ActorRow, documents: Json[]): Promise<boolean> {
  const addressed = documents.flatMap((one) => [...idsOf(one.to), ...idsOf(one.cc)]);
  if (addressed.some((id) => ownHandle(id) !== null)) return true;
  const [follow] = await db
    .select({ id: follows.id })
    .from(follows)
    .where(and(eq(follows.followedId, sender.id), inArray(follows.state, ["accepted", "pending"])))
    .limit(1);
  return follow !== undefined || (await hasMembers(db, sender));
}

/** Whether somebody here is a member of a group of another server. By `memberships_list`. */
export async function hasMembers(db: Db, { id }: ActorRow): Promise<boolean> {
  const [member] = await db
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.groupId, id), eq(memberships.state, "member")))
    .limit(1);
  return member !== undefined;
}
