import { and, eq } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { unfollowFromElsewhere } from "#lib/actor/follow/commands.ts";
import { newId } from "#lib/ids.ts";
import { localActor } from "../actors.ts";
import { isEventHandle, ownHandle } from "../addresses.ts";
import { answerFollower } from "../outbox/follow.ts";
import { askByPoll } from "../outbox/poll.ts";
import { hosted } from "./join.ts";
import type { Effect, Received } from "./receive.ts";

const { follows } = schema;

/**
 * Somebody follows a person, a group or the instance: accepted at once, unless its owner decides; refused by a group that has
 * moved away. Or an event, which then asks them whether they come: a Follow alone takes no seat.
 */
export async function onFollow({ db, sender, id, object }: Received): Promise<Effect> {
  const handle = ownHandle(object);
  const followed = handle ? await localActor(db, handle) : null;
  if (!followed || followed.deletedAt || followed.suspendedAt || !sender.inbox) return null;
  const { inbox } = sender;
  const event = isEventHandle(followed.handle) ? (await hosted({ db, sender }, followed.id))?.event : null;
  return async (tx, again) => {
    const pair = and(eq(follows.followerId, sender.id), eq(follows.followedId, followed.id));
    const [known] = await tx.select().from(follows).where(pair).for("update");
    // Shown once more after its Undo, it is a copy of somebody's: only what still stands is answered again.
    if (again && known?.uri !== id) return;
    if (followed.movedTo && known?.state !== "accepted")
      return answerFollower(tx, { actor: followed, follower: sender, uri: id, type: "Reject", inbox });
    const state = known?.state === "accepted" || !followed.approvesFollowers ? "accepted" : (known?.state ?? "pending");
    if (known) await tx.update(follows).set({ uri: id, state }).where(pair);
    else
      await tx.insert(follows).values({ id: newId(), followerId: sender.id, followedId: followed.id, uri: id, state });
    // Whoever was declined is told so again: nobody waits for what was decided.
    const type = { accepted: "Accept", rejected: "Reject" }[state];
    if (type) await answerFollower(tx, { actor: followed, follower: sender, uri: id, type, inbox });
    if (event) await askByPoll(tx, { event, author: followed, asked: sender, source: "follow", inReplyTo: null });
  };
}

/** Ends a subscription; what was not there stays so. */
export const unfollow =
  ({ sender }: Received, followedUri: string): Effect =>
  async (tx) => {
    const handle = ownHandle(followedUri);
    const followed = handle ? await localActor(tx, handle) : null;
    if (!followed) return;
    await unfollowFromElsewhere(tx, sender.id, { followedId: followed.id });
  };
