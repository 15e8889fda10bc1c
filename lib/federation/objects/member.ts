import type { schema } from "#db/client.ts";
import { absolute } from "#lib/urls.ts";
import type { Json } from "../documents.ts";

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
