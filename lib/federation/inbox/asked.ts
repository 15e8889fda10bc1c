import { and, eq, sql } from "drizzle-orm";
import { type Db, schema, type Transaction, transact } from "#db/client.ts";
import { arrangeMirror, burySaid } from "#lib/discussion/mirror/commands.ts";
import { takeOutAway } from "#lib/event/remote/commands.ts";
import { type AskKind, settleAsk } from "#lib/group/ask/commands.ts";
import { readAnew } from "#lib/group/roster/commands.ts";
import type { RemoteViewer } from "#lib/policy/viewer.ts";
import { buryMirroredPost } from "#lib/post/mirror/commands.ts";
import { Refusal } from "#lib/refusal.ts";
import { buryResource } from "#lib/resource/mirror/commands.ts";
import type { ActorRow } from "../actors.ts";
import { actorUri, ownId, sameOrigin } from "../addresses.ts";
import type { Json } from "../documents.ts";
import type { AskRow } from "../outbox/ask.ts";
import { accept, refuse } from "../outbox/discussion.ts";
import { endDelivery } from "../outbox/say.ts";
import { resolveActor } from "../remote/actor.ts";
import { idOf, idsOf } from "../remote/values.ts";
import type { Effect, Received } from "./receive.ts";

const { activities, actors, groupLog, memberships } = schema;

/**
 * Whether somebody speaks for a group of another server: by its mouth, or as one of that server's own, for what they say, but
 * not for what they name and is read elsewhere.
 */
export const speaksFor = ({ sender, via, type }: Received, group: ActorRow): boolean =>
  [sender.id, via?.id].includes(group.id) ||
  (type !== "Announce" && sender.host !== null && sender.host === group.host);

/** Whether a document says that it is of a group, or of nobody but whoever made it: what is of another group does not stray into this one. */
export const isOf = (object: Json, group: ActorRow, maker: string): boolean =>
  idsOf(object.attributedTo).every((one) => [actorUri(group), idOf(object.actor), maker].includes(one));

/** Somebody elsewhere as whom the rules of a group of ours ask about. */
export const asMember = ({ id }: ActorRow): RemoteViewer => ({ kind: "remote", actorId: id });

/** Whose words a document is: of whoever's server it comes from; null: somebody's who says nothing here. */
export async function authorOf({ db, sender, actor }: Received, object: Json): Promise<ActorRow | null> {
  const uri = idOf(object.actor) ?? actor;
  if (!sameOrigin(uri, idOf(object.id)!)) return null;
  const author = uri === sender.uri ? sender : await resolveActor(db, uri);
  return author && author.host !== null && !author.deletedAt && !author.suspendedAt ? author : null;
}

/** Does something within a group of ours that a member elsewhere asked for; where they may not, they are told so. Strangers hear nothing. */
export async function orRefuse(
  tx: Transaction,
  group: ActorRow,
  received: Received,
  effect: (tx: Transaction) => Promise<unknown>,
): Promise<boolean> {
  try {
    await transact(tx, effect);
    return true;
  } catch (error) {
    const pair = and(eq(memberships.groupId, group.id), eq(memberships.memberId, received.sender.id));
    const belongs = await tx.$count(memberships, and(pair, eq(memberships.state, "member")));
    if (!(error instanceof Refusal) || belongs === 0) throw error;
    await refuse(tx, group, received);
    return false;
  }
}

/** The same of what changes what others made or are, which is answered in any case. */
export const asAsked =
  (received: Received, group: ActorRow, effect: (tx: Transaction) => Promise<unknown>): Effect =>
  async (tx) => {
    if (await orRefuse(tx, group, received, effect)) await accept(tx, group, received);
  };

/** What is gone already need not be deleted. */
export function unlessGone(error: unknown): void {
  if (!(error instanceof Refusal && ["gone", "message-gone"].includes(error.code))) throw error;
}

/** Who belongs to a group is its server's list, which is read anew. */
function listAnew(tx: Transaction, { groupId }: AskRow): Promise<void> {
  return readAnew(tx, groupId);
}

/** What an ask changes of what we keep here, once the group's server has done it there. */
const done: Record<AskKind, (tx: Transaction, ask: AskRow) => Promise<unknown>> = {
  invited: listAnew,
  withdrawn: listAnew,
  accepted: listAnew,
  rejected: listAnew,
  role: listAnew,
  removed: listAnew,
  "discussion-named": (tx, { objectId, name }) => arrangeMirror(tx, objectId, { name }),
  "discussion-locked": (tx, { objectId }) => arrangeMirror(tx, objectId, { locked: true }),
  "discussion-unlocked": (tx, { objectId }) => arrangeMirror(tx, objectId, { locked: false }),
  "discussion-deleted": (tx, { groupId, objectId }) => burySaid(tx, groupId, objectId),
  "message-deleted": (tx, { groupId, objectId }) => burySaid(tx, groupId, objectId),
  "event-taken-out": (tx, { groupId, objectId }) => takeOutAway(tx, groupId, objectId),
  "post-deleted": (tx, { groupId, objectId }) => buryMirroredPost(tx, groupId, objectId),
  "resource-deleted": (tx, { groupId, objectId }) => buryResource(tx, groupId, objectId),
};

/**
 * The server of a group answers what somebody here asked of it: by Accept or Reject, or by passing it on. `activity`: what
 * asked. Null: nothing of ours did. By primary keys.
 */
export async function onAskAnswered(received: Received, activity: string | null, accepted: boolean): Promise<Effect> {
  const id = ownId(activity, "activities");
  if (!id) return null;
  const [found] = await received.db
    .select({ ask: groupLog, group: actors })
    .from(groupLog)
    .innerJoin(actors, eq(actors.id, groupLog.groupId))
    .where(eq(groupLog.id, id));
  if (!found?.ask.asked || !speaksFor(received, found.group)) return null;
  const ask = found.ask as AskRow;
  return async (tx) => {
    const first = await settleAsk(tx, ask.id, accepted ? "done" : "refused");
    if (first && accepted) await done[ask.kind as AskKind](tx, ask);
  };
}

/** The group in which somebody here said, wrote or put something. By primary keys. */
async function groupOf(db: Db, id: string): Promise<ActorRow | null> {
  const where = sql`(
    select group_id from discussions where id = ${id} union all select group_id from resources where id = ${id}
    union all select group_id from posts where id = ${id}
    union all select d.group_id from discussion_messages m join discussions d on d.id = m.discussion_id where m.id = ${id})`;
  const [group] = await db.select().from(actors).where(sql`${actors.id} in ${where}`);
  return group ?? null;
}

/** The server of a group does not take what somebody here said in it. Null: it is about nothing of that kind. By primary keys. */
export async function onSaidRefused(received: Received): Promise<Effect> {
  const { db, object } = received;
  const id = ownId(object, "activities");
  const [activity] = id ? await db.select().from(activities).where(eq(activities.id, id)) : [];
  const group = activity && (await groupOf(db, activity.objectId));
  if (!group || !speaksFor(received, group)) return null;
  return (tx) => endDelivery(tx, activity.id, "rejected");
}
