import { and, eq } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { localActor } from "../actors.ts";
import { actorUri, ownHandle } from "../addresses.ts";
import { repeat, say } from "../outbox/say.ts";
import type { Effect, Received } from "./receive.ts";

const { follows } = schema;

/** Somebody follows a person, a group or the instance: accepted at once, unless its owner decides. */
export async function onFollow({ db, sender, actor, id, object }: Received): Promise<Effect> {
  const handle = ownHandle(object);
  const followed = handle ? await localActor(db, handle) : null;
  if (!followed || followed.deletedAt || followed.suspendedAt || !sender.inbox) return null;
  const inboxes = [sender.inbox];
  return async (tx) => {
    const pair = and(eq(follows.followerId, sender.id), eq(follows.followedId, followed.id));
    const [known] = await tx.select().from(follows).where(pair).for("update");
    const state = known?.state === "accepted" || !followed.approvesFollowers ? "accepted" : (known?.state ?? "pending");
    if (known) await tx.update(follows).set({ uri: id, state }).where(pair);
    else
      await tx.insert(follows).values({ id: newId(), followerId: sender.id, followedId: followed.id, uri: id, state });
    if (state !== "accepted") return;
    const body = { object: { type: "Follow", id, actor, object: actorUri(followed) }, to: [actor] };
    const fact = `follow ${sender.id} ${id}`.slice(0, 200);
    const said = await say(tx, { actor: followed, type: "Accept", objectId: sender.id, fact, body, inboxes });
    if (!said) await repeat(tx, fact);
  };
}

/** Ends a subscription; what was not there stays so. */
export const unfollow =
  ({ sender }: Received, followedUri: string): Effect =>
  async (tx) => {
    const handle = ownHandle(followedUri);
    const followed = handle ? await localActor(tx, handle) : null;
    if (!followed) return;
    await tx.delete(follows).where(and(eq(follows.followerId, sender.id), eq(follows.followedId, followed.id)));
  };
