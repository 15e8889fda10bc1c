import { and, asc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema } from "#db/client.ts";
import { getProvenAddress } from "#lib/account/address/queries.ts";
import { nameOf } from "#lib/actor/queries.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { addressKey, isToken, linkToken, tokenHash } from "#lib/secrets.ts";

const { actors, memberships } = schema;
const [members, inviters] = [alias(actors, "members"), alias(actors, "inviters")];

const about = {
  id: memberships.id,
  /** Whom it is for; null where an address is invited. */
  memberId: memberships.memberId,
  handle: members.handle,
  /** The address that is invited; null where a profile is. */
  email: memberships.email,
  inviter: nameOf(inviters),
  group: {
    id: actors.id,
    handle: actors.handle,
    host: actors.host,
    name: sql<string>`${nameOf(actors)}`,
    summary: actors.summary,
    locality: actors.locality,
    membersShown: actors.membersShown,
  },
};

const live = and(sql`${memberships.expiresAt} > now()`, isNull(actors.deletedAt), isNull(actors.suspendedAt));

const invitations = (db: Db) =>
  db
    .select(about)
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.groupId))
    .leftJoin(members, eq(members.id, memberships.memberId))
    .leftJoin(inviters, eq(inviters.id, memberships.invitedById));

/** An invitation into a group by its mailed token; null when it opens nothing. By `memberships_token`. */
export async function getGroupInvitation(db: Db, token: string) {
  if (!isToken(token)) return null;
  const [row] = await invitations(db).where(and(eq(memberships.tokenHash, tokenHash(token)), live));
  return row ?? null;
}

/**
 * The invitations into groups that wait for somebody's answer, with their links: to one of their profiles, or to their
 * address if it is proven. By `memberships_member`, `memberships_invited`.
 */
export async function listGroupInvitations(db: Db, { accountId, actorIds }: AccountViewer) {
  const proven = await getProvenAddress(db, accountId);
  const mine = or(
    actorIds.length > 0 ? and(inArray(memberships.memberId, actorIds), eq(memberships.state, "invited")) : undefined,
    proven ? eq(memberships.emailKey, addressKey(proven)) : undefined,
  );
  const rows = await invitations(db)
    .where(and(mine ?? sql`false`, live))
    .orderBy(asc(memberships.id))
    .limit(50);
  return rows.map((row) => ({ ...row, token: linkToken("membership", row.id, 0) }));
}

/** The invitations of a group that nobody has answered yet, the first first: 200 at most. By `memberships_list`. */
export const listInvited = (db: Db, groupId: string) =>
  db
    .select({
      id: memberships.id,
      email: memberships.email,
      handle: members.handle,
      host: members.host,
      name: nameOf(members),
      inviter: nameOf(inviters),
      expiresAt: memberships.expiresAt,
    })
    .from(memberships)
    .leftJoin(members, eq(members.id, memberships.memberId))
    .leftJoin(inviters, eq(inviters.id, memberships.invitedById))
    .where(
      and(eq(memberships.groupId, groupId), eq(memberships.state, "invited"), sql`${memberships.expiresAt} > now()`),
    )
    .orderBy(asc(memberships.id))
    .limit(200);
