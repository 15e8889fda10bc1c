import { and, eq } from "drizzle-orm";
import { schema } from "#db/client.ts";
import { joinFromElsewhere, leaveFromElsewhere, type RemoteMember } from "#lib/group/remote/commands.ts";
import { excerpt } from "#lib/html.ts";
import { contentId } from "#lib/ids.ts";
import { Refusal } from "#lib/refusal.ts";
import { type ActorRow, localActor } from "../actors.ts";
import { actorUri, ownHandle } from "../addresses.ts";
import { tellMembership } from "../outbox/membership.ts";
import { repeat, say } from "../outbox/say.ts";
import { textOf } from "../remote/values.ts";
import type { Effect, Received } from "./receive.ts";

const { actors, memberships } = schema;

/** Somebody of another server, as the rules of membership know them. */
export const memberOf = ({ id, host }: ActorRow): RemoteMember => ({ id, host: host! });

/** A group of this server by its id; null for anything else, and for one that is gone. */
export async function ownGroup(db: Received["db"], uri: string | null): Promise<ActorRow | null> {
  const handle = ownHandle(uri);
  const actor = handle ? await localActor(db, handle) : null;
  return actor?.type === "Group" && !actor.deletedAt && !actor.suspendedAt ? actor : null;
}

/** What stands in the way of somebody who would come in, and is said by Reject: never silence. */
const obstacles: string[] = ["group-by-invitation", "group-full", "group-moved", "too-many-requests"];

/** Somebody would be a member of a group of ours (Mobilizon, Smithereen): Accept or Reject, at once or when it is decided. */
export async function onGroupJoin(received: Received): Promise<Effect> {
  const { db, sender, actor, id, object, raw } = received;
  const group = await ownGroup(db, object);
  if (!group || !sender.inbox) return null;
  const { inbox } = sender;
  const message = excerpt(textOf(raw.participationMessage), "text/html", 1000);
  const welcome = !sender.suspendedAt && !["Group", "Application"].includes(sender.type);
  return async (tx, again) => {
    const refuse = async () => {
      const said = {
        ...{ actor: group, type: "Reject", objectId: group.id, fact: `refusal ${sender.id} ${contentId(id)}` },
        body: { object: { type: "Join", id, actor, object: actorUri(group) }, to: [actor] },
        inboxes: [inbox],
      };
      if (!(await say(tx, said))) await repeat(tx, said.fact);
    };
    if (!welcome) return refuse();
    try {
      const told = await joinFromElsewhere(tx, memberOf(sender), group.id, { uri: id, message, again });
      if (told) await tellMembership(tx, told, again);
    } catch (error) {
      if (!(error instanceof Refusal && obstacles.includes(error.code))) throw error;
      await refuse();
    }
  };
}

/** Somebody is a member of a group of ours no more, by Leave or Undo. `of`: the Join that is taken back, where that alone ends. */
export async function onGroupLeave({ db, sender }: Received, uri: string, of: string | null = null): Promise<Effect> {
  const group = await ownGroup(db, uri);
  return group && ((tx) => leaveFromElsewhere(tx, memberOf(sender), group.id, of));
}

/** The same by the id of the Join alone, if it is the sender's own. By `memberships_uri`. */
export async function onGroupJoinUndone({ db, sender }: Received, uri: string): Promise<Effect> {
  const [row] = await db
    .select({ groupId: memberships.groupId, host: actors.host })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.groupId))
    .where(and(eq(memberships.uri, uri), eq(memberships.memberId, sender.id)));
  return row && row.host === null ? (tx) => leaveFromElsewhere(tx, memberOf(sender), row.groupId, uri) : null;
}
