import { and, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema } from "#db/client.ts";
import { groupsWhere } from "#lib/policy/group.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { absolute } from "#lib/urls.ts";
import { actorUri } from "../addresses.ts";
import type { Json } from "../documents.ts";

const { actors, memberships } = schema;
const members = alias(actors, "members");

type Row = Pick<typeof schema.memberships.$inferSelect, "id" | "uri" | "role">;

/** The id of a membership: what began it, by which both servers know it; of one that began here, its address. */
export const memberUri = ({ id, uri }: Pick<Row, "id" | "uri">): string => uri ?? absolute(`/members/${id}`);

/** A membership as Mobilizon has it. */
export const describeMember = (row: Row, member: string, group: string): Json => ({
  type: "Member",
  id: memberUri(row),
  actor: member,
  object: group,
  role: row.role,
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
