import { and, eq, inArray, isNotNull, isNull, not, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { openToParticipant } from "#lib/policy/event.ts";
import { presentStates } from "#lib/policy/participation.ts";

const { actors, events, follows, memberships, participations } = schema;

const receives = and(isNotNull(actors.inbox), isNull(actors.deletedAt), isNull(actors.suspendedAt));
const inbox = sql<string>`coalesce(${actors.sharedInbox}, ${actors.inbox})`;

/** Where the remote followers of an actor receive: one inbox a server that shares one. By `follows_followed`. */
export async function followerInboxes(db: Db, actorId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ inbox })
    .from(follows)
    .innerJoin(actors, eq(actors.id, follows.followerId))
    .where(and(eq(follows.followedId, actorId), eq(follows.state, "accepted"), receives));
  return rows.map((row) => row.inbox);
}

/** Where the members of a group receive who are of other servers: one inbox a server that shares one. By `memberships_list`. */
export async function memberInboxes(db: Db, groupId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ inbox })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.memberId))
    .where(and(eq(memberships.groupId, groupId), eq(memberships.state, "member"), isNotNull(actors.host), receives));
  return rows.map((row) => row.inbox);
}

/** Who of other servers is told of what an actor makes for those who may see it so far. Nobody is told of what is unlisted. */
export async function audienceInboxes(
  db: Db,
  actor: { id: string; type: string },
  visibility: string,
): Promise<string[]> {
  if (visibility === "unlisted") return [];
  const members = actor.type === "Group" ? await memberInboxes(db, actor.id) : [];
  return visibility === "members" ? members : [...new Set([...members, ...(await followerInboxes(db, actor.id))])];
}

export type RemoteParticipant = {
  id: string;
  uri: string;
  handle: string;
  host: string;
  inbox: string;
  /** The inbox for what is not for them alone: their server's, if it has one for all. */
  hub: string;
  state: string;
};

/**
 * Who takes part in an event from another server, each with their inboxes; not whom it is not for any more, or with `closed`
 * these alone. By `participations_list`.
 */
export async function remoteParticipants(
  db: Db,
  eventId: string,
  { closed = false } = {},
): Promise<RemoteParticipant[]> {
  const rows = await db
    .select({
      id: actors.id,
      uri: actors.uri,
      handle: actors.handle,
      host: actors.host,
      inbox: actors.inbox,
      hub: inbox,
      state: participations.state,
    })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .innerJoin(actors, eq(actors.id, participations.actorId))
    .where(
      and(
        eq(participations.eventId, eventId),
        closed ? not(openToParticipant()) : openToParticipant(),
        inArray(participations.state, presentStates),
        isNotNull(actors.host),
        isNotNull(actors.inbox),
        isNull(actors.suspendedAt),
      ),
    );
  return rows as RemoteParticipant[];
}
