import type { Db } from "#db/client.ts";
import { followOver } from "#lib/actor/follow/commands.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { localActor } from "../actors.ts";
import { ownHandle } from "../addresses.ts";
import { keepActor, readActor, resolveActor } from "../remote/actor.ts";
import { idsOf } from "../remote/values.ts";
import { readFrom } from "./create.ts";
import type { Effect, Received } from "./receive.ts";

/**
 * Somebody has moved: whoever follows them here asks to follow where they are now, and whoever belongs to a group asks to come
 * in there. Believed when both sides name each other, by their own documents. (Mobilizon moves other things, too: those are
 * nobody's here.)
 */
export async function onMove({ db, actor, object, target }: Received): Promise<Effect> {
  if (object !== actor || !target || target === actor) return null;
  const [from, next] = await Promise.all([resolveActor(db, actor, { fresh: true }), destination(db, target)]);
  if (from?.movedTo !== target || !next?.formerly.includes(actor)) return null;
  return async (tx) => {
    const to = await next.keep(tx);
    if (from.type === "Group" && to.type === "Group") await enqueue(tx, "group-moved", { groupId: from.id });
    else await followOver(tx, from.id, to.id);
  };
}

/** Who somebody says that they are now, here or on another server: whom those say that they were; null: nobody is there. */
async function destination(db: Db, target: string) {
  const own = ownHandle(target);
  const here = own ? await localActor(db, own) : null;
  if (here) return { formerly: here.alsoKnownAs, keep: async (_: Db) => here };
  const document = await readFrom(db, target);
  if (!document || !readActor(document)) return null;
  return { formerly: idsOf(document.alsoKnownAs), keep: (tx: Db) => keepActor(tx, document) };
}
