import type { Database } from "#db/client.ts";
import { transact } from "#db/client.ts";
import { absolute } from "#lib/urls.ts";
import { hostOf, sameOrigin } from "../addresses.ts";
import { bareActivity, readBare } from "../bare.ts";
import type { Json } from "../documents.ts";
import { Denial } from "../guard/denial.ts";
import { actorOf } from "../guard/shape.ts";
import { isSuspended } from "../peers/queries.ts";
import { resolveActor } from "../remote/actor.ts";
import { idOf, listOf } from "../remote/values.ts";
import { isProven } from "./announce.ts";
import { endOf } from "./change.ts";
import { onComment, onCommentChange } from "./comment.ts";
import { readFrom } from "./create.ts";
import { receive, receiveUnverified } from "./receive.ts";

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
  return () => takeForwarded(db, said, actor);
}

/** A comment that somebody else passed on, or its end: as its own server says it is now. The rest is dropped. */
async function takeForwarded(db: Database, said: Json, actor: string): Promise<void> {
  const id = idOf(said.object);
  if (!id || !sameOrigin(id, actor) || sameOrigin(id, absolute("/")) || (await isSuspended(db, hostOf(actor)!))) return;
  const sender = await resolveActor(db, actor);
  if (!sender || sender.host === null || sender.deletedAt || sender.suspendedAt) return;
  const effect =
    said.type === "Delete" ? await endOf(db, id, null) : await readComment(db, { said, id, actor, sender });
  if (effect) await transact(db, (tx) => effect(tx));
}

type Forwarded = {
  said: Json;
  id: string;
  actor: string;
  sender: NonNullable<Awaited<ReturnType<typeof resolveActor>>>;
};

async function readComment(db: Database, { said, id, actor, sender }: Forwarded) {
  if (said.type !== "Create" && said.type !== "Update") return null;
  const document = await readFrom(db, id);
  if (!document || !listOf(document.type).includes("Note")) return null;
  const received = { db, sender, actor, id: String(said.id), type: said.type, object: id, target: null, raw: said };
  return (await onCommentChange({ ...received, via: sender }, document)) ?? onComment(db, null, document);
}
