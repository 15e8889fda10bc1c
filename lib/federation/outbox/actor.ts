import { and, eq, exists, isNotNull } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { type ActorRow, actorDocument } from "../actors.ts";
import { actorPart, actorUri, publicUri } from "../addresses.ts";
import { profileContext } from "../contexts.ts";
import { audienceInboxes } from "./audience.ts";
import { receiversOf, say } from "./say.ts";

const { actors, memberships } = schema;

/**
 * Tells those who follow somebody of this server, or belong to a group of it, that their profile changed; after that, that they
 * have moved; or that it is gone: then nobody elsewhere belongs to it any more.
 */
export async function tellActor(db: Database, actorId: string): Promise<void> {
  const [actor] = await db.select().from(actors).where(eq(actors.id, actorId));
  if (!actor || actor.host !== null) return;
  const inboxes = [...new Set([...(await audienceInboxes(db, actor, "public")), ...(await receiversOf(db, actorId))])];
  const audience = { to: [publicUri], cc: [actorPart(actor.handle, "followers")] };
  const fact = `actor ${actorId} ${actor.updatedAt.getTime()}`;
  if (actor.deletedAt) {
    await say(db, {
      actor,
      type: "Delete",
      objectId: actorId,
      fact,
      body: { object: actorUri(actor), ...audience },
      inboxes,
    });
    if (actor.type === "Group") await forgetMembersElsewhere(db, actorId);
    return;
  }
  if (inboxes.length === 0) return;
  const { "@context": _, ...object } = await actorDocument(db, actor);
  const body = { object, ...audience };
  await say(db, { actor, type: "Update", objectId: actorId, fact, body, inboxes, context: profileContext });
  if (actor.movedTo && actor.movedAt) await tellMove(db, actor, { to: actor.movedTo, at: actor.movedAt, inboxes });
}

/** Those who follow, or belong, are led to where somebody is now, whose document names this one. */
async function tellMove(
  db: Database,
  actor: ActorRow,
  { to: target, at, inboxes }: { to: string; at: Date; inboxes: string[] },
): Promise<void> {
  const to = ["followers", "members"].map((part) => actorPart(actor.handle, part));
  const body = { object: actorUri(actor), target, to };
  await say(db, { actor, type: "Move", objectId: actor.id, fact: `move ${actor.id} ${at.getTime()}`, body, inboxes });
}

/** Members here are left to what tells them that the group was closed, which may be later. By `memberships_list`. */
async function forgetMembersElsewhere(db: Database, groupId: string): Promise<void> {
  const elsewhere = db
    .select({ id: actors.id })
    .from(actors)
    .where(and(eq(actors.id, memberships.memberId), isNotNull(actors.host)));
  await db.delete(memberships).where(and(eq(memberships.groupId, groupId), exists(elsewhere)));
}
