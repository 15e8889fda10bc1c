import { and, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema } from "#db/client.ts";
import { groupsWhere } from "#lib/policy/group.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { absolute, ownHost } from "#lib/urls.ts";
import type { ActorRow } from "../actors.ts";
import { actorUri } from "../addresses.ts";
import type { Json } from "../documents.ts";

const { actors, memberships } = schema;
const members = alias(actors, "members");

type Row = Pick<typeof schema.memberships.$inferSelect, "id" | "uri" | "role" | "state" | "message">;

/** Mobilizon's words for who is no member yet. */
const pending: Record<string, string> = { invited: "invited", requested: "not_approved" };

/** The id of a membership: what began it, by which both servers know it; of one that began here, its address. */
export const memberUri = ({ id, uri }: Pick<Row, "id" | "uri">): string => uri ?? absolute(`/members/${id}`);

/** A membership as Mobilizon has it; of somebody who asks to come in with what they say. */
export const describeMember = (row: Row, member: string, group: string): Json => ({
  type: "Member",
  id: memberUri(row),
  actor: member,
  object: group,
  role: pending[row.state] ?? row.role,
  ...(row.message ? { participationMessage: row.message } : {}),
});

/** The same in a list, where it says how the member is called: nobody need be asked for each of them. */
export const listMember = (row: Row, member: ActorRow, group: ActorRow): Json => ({
  ...describeMember(row, actorUri(member), actorUri(group)),
  name: `${member.handle}@${member.host ?? ownHost()}`,
});

/** A membership that has its address here, for who sees the members of its group; else null. By primary keys. */
export async function memberObject(db: Db, viewer: Viewer, id: string): Promise<Json | null> {
  const [found] = await db
    .select({ row: memberships, group: actors, member: members })
    .from(memberships)
    .innerJoin(actors, eq(actors.id, memberships.groupId))
    .innerJoin(members, eq(members.id, memberships.memberId))
    .where(
      and(eq(memberships.id, id), isNull(memberships.uri), eq(memberships.state, "member"), groupsWhere(viewer, "see")),
    );
  if (!found) return null;
  const { row, group, member } = found;
  return {
    "@context": "https://www.w3.org/ns/activitystreams",
    ...describeMember(row, actorUri(member), actorUri(group)),
  };
}
