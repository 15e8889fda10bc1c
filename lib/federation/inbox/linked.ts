import type { Database } from "#db/client.ts";
import { transact } from "#db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { Refusal } from "#lib/refusal.ts";
import { absolute } from "#lib/urls.ts";
import { hostOf, sameOrigin } from "../addresses.ts";
import { bareActivity, readBare } from "../bare.ts";
import { fetchObject, type Json } from "../documents.ts";
import { Denial } from "../guard/denial.ts";
import { actorOf } from "../guard/shape.ts";
import { isSuspended } from "../peers/queries.ts";
import { resolveActor } from "../remote/actor.ts";
import { idOf, listOf, textOf } from "../remote/values.ts";
import { isProven } from "./announce.ts";
import { endOf } from "./change.ts";
import { onComment, onCommentChange } from "./comment.ts";
import { type Effect, receive, receiveUnverified, takeEffect } from "./receive.ts";

/**
 * What is to be done with an activity that carries a linked-data signature (RsaSignature2017), as Mastodon's do. Such a
 * signature vouches for a graph, and whoever holds it can say the same graph in other words: terms under other names, a
 * context within, a type that means another. We act on the words, so it vouches for none of them. They are believed by the
 * request's own signature, or by a proof, which is over the text; what else is passed on is read where it comes from.
 * @throws Denial 401.
 */
export async function readLinked(db: Database, request: Request, json: Json): Promise<() => Promise<unknown>> {
  const { signature: _, ...said } = json;
  const actor = actorOf(said)!;
  try {
    const activity = await readBare(db, request, said);
    if (activity) return () => receive(db, activity, said);
  } catch (error) {
    // Whoever deletes an account takes its key along.
    const ends = error instanceof Denial && said.type === "Delete" && idOf(said.object) === actor;
    if (ends && (await receiveUnverified(db, await bareActivity(db, said)))) return async () => {};
    throw error;
  }
  if (await isProven({ db }, said, actor)) {
    const activity = await bareActivity(db, said);
    return () => receive(db, activity, said);
  }
  return () => orderForwarded(db, said, actor);
}

/** A comment that somebody else passed on, or its end, is read from its own server, by a job. The rest is dropped. */
async function orderForwarded(db: Database, said: Json, actor: string): Promise<void> {
  const uri = idOf(said.object);
  const host = uri && hostOf(uri);
  if (!host || !["Create", "Update", "Delete"].includes(textOf(said.type))) return;
  if (!sameOrigin(uri, actor) || sameOrigin(uri, absolute("/")) || (await isSuspended(db, host))) return;
  await transact(db, (tx) => enqueue(tx, "passed-on", { uri }, { once: uri, among: host }));
}

/**
 * Takes a comment of another server, or the end of something that we keep, as its own server says it is now. Where it does
 * not answer, what is known stands.
 */
export async function readForwarded(db: Database, uri: string): Promise<void> {
  const effect = await forwarded(db, uri);
  if (effect) await takeEffect(db, effect);
}

async function forwarded(db: Database, uri: string): Promise<Effect> {
  let document: Json;
  try {
    document = await fetchObject(db, uri);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code === "gone" ? endOf(db, uri, null, { gone: true }) : null;
  }
  if (document.id !== uri) return null;
  const types = listOf(document.type);
  if (types.includes("Tombstone")) return endOf(db, uri, null, { gone: true });
  const actor = idOf(document.attributedTo) ?? idOf(document.actor);
  if (!types.includes("Note") || !actor || !sameOrigin(uri, actor)) return null;
  const sender = await resolveActor(db, actor);
  if (!sender || sender.host === null || sender.deletedAt || sender.suspendedAt) return null;
  const received = { db, sender, actor, id: uri, type: "Update", object: uri, target: null, raw: document };
  return (await onCommentChange({ ...received, via: sender }, document)) ?? onComment(db, null, document);
}
