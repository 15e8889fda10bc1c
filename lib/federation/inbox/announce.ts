import { verifyObject } from "@fedify/fedify/sig";
import { Activity } from "@fedify/vocab";
import { isUnavailable } from "#db/unavailable.ts";
import { absolute } from "#lib/urls.ts";
import { sameOrigin } from "../addresses.ts";
import { type Json, loadersOf } from "../documents.ts";
import { checkContext } from "../guard/context.ts";
import { actorOf } from "../guard/shape.ts";
import { isSuspended } from "../peers/queries.ts";
import { resolveActor } from "../remote/actor.ts";
import { idOf, isObject, listOf } from "../remote/values.ts";
import { onAskAnswered } from "./asked.ts";
import { endOf, onDelete, onUpdate } from "./change.ts";
import { onComment, onCommentChange } from "./comment.ts";
import { concerns, onCreate, vouched } from "./create.ts";
import { isDiscussed, onDiscussedRead, onOwnPassedOn } from "./discussion.ts";
import { isForSome, mirror, onOwnEvent } from "./event.ts";
import { onOwnPost, onPostRead } from "./post.ts";
import type { Effect, Listener, Received } from "./receive.ts";
import { isResource, onOwnResource, onResourceRead } from "./resource.ts";

const passed: Record<string, Listener> = { Create: onCreate, Update: onUpdate, Delete: onDelete };

/**
 * A group or an instance passes something on: the activity whole (FEP-1b12), or what it is about, by its id. The activity
 * is believed by the proof of whoever made it; without one, what it is about is read from where it comes from.
 */
export async function onAnnounce(received: Received): Promise<Effect> {
  const { db, sender, object, raw } = received;
  const activity = isObject(raw.object) && Object.hasOwn(passed, String(raw.object.type)) ? raw.object : null;
  const about = activity ? activity.object : raw.object;
  const id = activity ? idOf(about) : object;
  if (!id) return null;
  const asked = activity ? await onAskAnswered(received, idOf(activity.id), true) : null;
  if (asked) return asked;
  if (sameOrigin(id, absolute("/"))) return onOwn(received, id, { ended: activity?.type === "Delete" });
  if (!(await concerns(db, sender, [raw]))) return null;
  const proven = activity && (await provenOf(received, activity));
  if (proven) return passed[proven.type]!(proven);
  if (activity?.type === "Delete") return endOf(db, id, null);
  // What is for members changes by their servers' word alone: it need not be asked for again.
  if (!activity && ((await isDiscussed(db, id)) || (await isResource(db, id)))) return null;
  const document = await vouched(received, about);
  if (document) return takeRead(received, document);
  return (await isForSome(db, id)) ? null : endOf(db, id, null);
}

/** What one of ours said, made or put into a group of another server stands there, or is there no more. */
const onOwn = async (received: Received, id: string, how: { ended: boolean }): Promise<Effect> =>
  (await onOwnPassedOn(received, id, how)) ??
  (how.ended ? null : await onOwnEvent(received, id)) ??
  (await onOwnPost(received, id, how)) ??
  onOwnResource(received, id, how);

/** What its own server says now of something that may be known. */
async function takeRead(received: Received, document: Json): Promise<Effect> {
  const { db } = received;
  const types = listOf(document.type);
  const discussed = await onDiscussedRead(received, document);
  if (discussed !== undefined) return discussed;
  const kept = await onResourceRead(received, document);
  if (kept !== undefined) return kept;
  const posted = await onPostRead(db, document, { by: received.sender, past: received.past });
  if (posted !== undefined) return posted;
  if (types.includes("Tombstone")) return endOf(db, idOf(document.id)!, null, { gone: true });
  if (!types.includes("Note")) return mirror(db, document, { by: received.sender });
  return (await onCommentChange(received, document)) ?? onComment(db, null, document);
}

/** An activity that somebody passed on, as if it had come from whoever made it; null: nothing proves that they did. */
async function provenOf({ db, sender, past }: Received, activity: Json): Promise<Received | null> {
  const actor = actorOf(activity);
  const id = idOf(activity.id);
  if (!actor || !id || !sameOrigin(id, actor) || !(await isProven({ db }, activity, actor))) return null;
  const maker = await resolveActor(db, actor);
  if (!maker || maker.host === null || maker.deletedAt || maker.suspendedAt) return null;
  if (await isSuspended(db, maker.host)) return null;
  const { type, object } = activity;
  return {
    db,
    sender: maker,
    actor,
    id,
    type: String(type),
    object: idOf(object),
    target: null,
    raw: activity,
    via: sender,
    ...(past ? { past } : {}),
  };
}

/** Whether an activity carries a true proof (FEP-8b32) of its one actor over all that it says. */
export async function isProven({ db }: Pick<Received, "db">, activity: Json, actor: string): Promise<boolean> {
  if (!activity.proof) return false;
  try {
    checkContext(activity);
    const loaders = loadersOf(db);
    const verified = await verifyObject(Activity, activity, loaders);
    return verified !== null && verified.actorIds.length === 1 && verified.actorId?.href === actor;
  } catch (error) {
    // What else is thrown is thrown at what was read.
    if (isUnavailable(error)) throw error;
    return false;
  }
}
