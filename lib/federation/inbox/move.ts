import { and, eq, isNull } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { follow, unfollow } from "#lib/actor/follow/commands.ts";
import { operator } from "#lib/policy/viewer.ts";
import { fetchObject } from "../documents.ts";
import { keepActor, readActor, resolveActor } from "../remote/actor.ts";
import { idsOf } from "../remote/values.ts";
import type { Effect, Received } from "./receive.ts";

const { actors, follows } = schema;

/**
 * Somebody has moved: whoever follows them here asks to follow where they are now. Believed when both sides name each other,
 * by their own documents. (Mobilizon moves other things, too: those are nobody's here.)
 */
export async function onMove({ db, actor, object, target }: Received): Promise<Effect> {
  if (object !== actor || !target || target === actor) return null;
  const [from, document] = await Promise.all([
    resolveActor(db, actor, { fresh: true }),
    fetchObject(db, target).catch(() => null),
  ]);
  const named = document && document.id === target && readActor(document) && idsOf(document.alsoKnownAs);
  if (from?.movedTo !== target || !named || !named.includes(actor)) return null;
  return async (tx) => {
    const to = await keepActor(tx, document);
    // By `follows_followed`.
    const followers = await tx
      .select({ id: follows.followerId })
      .from(follows)
      .innerJoin(actors, eq(actors.id, follows.followerId))
      .where(and(eq(follows.followedId, from.id), eq(follows.state, "accepted"), isNull(actors.host)));
    for (const { id } of followers) {
      await follow(tx, operator, id, to.id);
      await unfollow(tx, operator, id, from.id);
    }
  };
}
