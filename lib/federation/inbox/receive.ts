import type { Activity } from "@fedify/vocab";
import type { Database, Transaction } from "#db/client.ts";
import { schema, sqlState, transact } from "#db/client.ts";
import { contentId } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";
import type { ActorRow } from "../actors.ts";
import { hostOf } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { heardFrom } from "../peers/commands.ts";
import { isSuspended } from "../peers/queries.ts";
import { buryActor, knownActor, resolveActor } from "../remote/actor.ts";
import { fits, textOf } from "../remote/values.ts";
import { onAnnounce } from "./announce.ts";
import { onAnswer, onIgnore } from "./answer.ts";
import { isGone, onBlock, onDelete, onUpdate } from "./change.ts";
import { onCreate } from "./create.ts";
import { onTakenOut } from "./event.ts";
import { onFlag } from "./flag.ts";
import { onFollow } from "./follow.ts";
import { onJoin, onLeave } from "./join.ts";
import { onGroupInvite, onRemove } from "./membership.ts";
import { onMove } from "./move.ts";
import { onUndo } from "./undo.ts";

/** A verified activity: who sent it and what it names are Fedify's reading; `raw` feeds words alone. */
export type Received = {
  db: Database;
  sender: ActorRow;
  /** The id of the sender, as verified. */
  actor: string;
  id: string;
  /** Its kind, by name. */
  type: string;
  /** What it is about, by its id. */
  object: string | null;
  target: string | null;
  raw: Json;
  /** The group or instance that passed it on, with a proof of the sender's. */
  via?: ActorRow;
  /** It was there before, and is read now. */
  past?: Past;
};

/** What was in a group before anybody here was: from before `until`, behind a row (`after`), as it was at `asked`. */
export type Past = { until: Date; asked: Date; after: string | null };

/** What follows from an activity, in one transaction with the mark that it was seen; `again`: it was seen before. */
export type Effect = ((tx: Transaction, again?: boolean) => Promise<unknown>) | null;
export type Listener = (received: Received) => Promise<Effect>;

/** What is not here is accepted and dropped: Like and kin, Question, and whatever nobody has thought of yet. */
const listeners: Record<string, Listener> = {
  Follow: onFollow,
  Undo: onUndo,
  Join: onJoin,
  Leave: onLeave,
  Create: onCreate,
  Invite: async (received) => (await onGroupInvite(received)) ?? onCreate(received),
  Announce: onAnnounce,
  Update: onUpdate,
  Delete: onDelete,
  Block: onBlock,
  Accept: onAnswer,
  TentativeAccept: onAnswer,
  TentativeReject: onAnswer,
  Reject: onAnswer,
  Ignore: onIgnore,
  Move: onMove,
  Remove: async (received) => (await onTakenOut(received)) ?? onRemove(received),
  Flag: onFlag,
};

/** Kinds that change nothing when they come again, and are answered again. */
const repeatable = ["Follow", "Join"];

/** A type by its name alone, also where it is written as an address. */
const typeOf = (raw: Json): string =>
  textOf(raw.type).replace(/^(as:|https?:\/\/www\.w3\.org\/ns\/activitystreams#)/, "");

/** Whether an activity is of a kind from which anything can follow. */
export const understands = (raw: Json): boolean => Object.hasOwn(listeners, typeOf(raw));

/** Takes a verified activity: network first, then one transaction. Each takes effect at most once. */
export async function receive(db: Database, activity: Activity, raw: Json): Promise<void> {
  const actor = activity.actorId?.href;
  const host = actor && hostOf(actor);
  if (!actor || !host || !activity.id) return;
  // Whoever passed it on: a suspended server speaks by nobody's mouth.
  if (await isSuspended(db, host)) return;
  if ([actor, activity.id.href, activity.objectId?.href ?? ""].some((id) => !fits(id))) return;
  await heardFrom(db, host);
  const type = typeOf(raw);
  const listener = understands(raw) ? listeners[type]! : null;
  if (!listener) return;
  const sender = await resolveActor(db, actor);
  if (!sender || sender.host === null || sender.deletedAt) return;
  // Whoever is sent away hears at least that they have no seat.
  if (sender.suspendedAt && type !== "Join") return;
  const received = {
    db,
    sender,
    actor,
    id: activity.id.href,
    type,
    object: activity.objectId?.href ?? null,
    target: activity.targetId?.href ?? null,
    raw,
  };
  const effect = await listener(received);
  if (!effect) return;
  await transact(db, async (tx) => {
    const [first] = await tx
      .insert(schema.receivedActivities)
      .values({ id: markOf(received) })
      .onConflictDoNothing()
      .returning();
    if (first || repeatable.includes(type)) await effect(tx, !first);
  });
}

/** Mobilizon gives an Update the id of its Create, and snac an Undo an id of ours: told apart by what they say. */
function markOf({ id, actor, type, object, raw }: Received): string {
  if (type === "Update") return contentId("update", id, JSON.stringify(raw.object ?? null));
  if (type === "Undo" && hostOf(id) !== hostOf(actor))
    return contentId("undo", actor, object, JSON.stringify(raw.object ?? null));
  return contentId("activity", id, type);
}

/**
 * A Delete of an actor cannot be verified: its key is gone with it. Its own server's answer is the proof. Returns whether
 * that is what it was; an actor that we never knew is nothing to us.
 */
export async function receiveUnverified(db: Database, activity: Activity): Promise<boolean> {
  const actor = activity.actorId?.href;
  if (!actor || activity.objectId?.href !== actor) return false;
  const known = await knownActor(db, actor);
  if (!known || known.host === null || known.deletedAt) return true;
  if (!(await isGone(db, actor, null))) return false;
  await buryActor(db, known);
  return true;
}

/**
 * Does what follows from something that was read rather than sent. What may not be is left out, as is a value that no column
 * holds. Returns whether it was done.
 */
export async function takeEffect(db: Database, effect: NonNullable<Effect>): Promise<boolean> {
  try {
    await transact(db, (tx) => effect(tx));
    return true;
  } catch (error) {
    if (!(error instanceof Refusal) && !sqlState(error)?.startsWith("22")) throw error;
    return false;
  }
}
