import { and, desc, eq, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, schema } from "#db/client.ts";
import { nameOf } from "#lib/actor/queries.ts";
import type { GroupRole } from "#lib/policy/group.ts";
import { isAskRefused } from "../ask/queries.ts";
import type { Deed } from "./commands.ts";

const { actors, groupLog } = schema;
const members = alias(actors, "members");

export type LogRow = Awaited<ReturnType<typeof listLog>>[number];

/** What happened in a group within a year, the latest first, a page before the entry `after`. By `group_log_page`. */
export const listLog = (db: Db, groupId: string, { after, limit }: { after?: string; limit: number }) =>
  db
    .select({
      id: groupLog.id,
      kind: sql<Deed>`${groupLog.kind}`,
      who: nameOf(actors),
      whom: nameOf(members),
      role: sql<GroupRole | null>`${groupLog.role}`,
      objectId: groupLog.objectId,
      name: groupLog.name,
      /** What the group's own server answered, where that is another; null: it was decided here. */
      asked: sql<"waiting" | "done" | "refused" | null>`case when ${isAskRefused(groupLog.id, groupLog.asked)}
        then 'refused' else ${groupLog.asked} end`,
      createdAt: groupLog.createdAt,
    })
    .from(groupLog)
    .leftJoin(actors, eq(actors.id, groupLog.actorId))
    .leftJoin(members, eq(members.id, groupLog.memberId))
    .where(and(eq(groupLog.groupId, groupId), after ? lt(groupLog.id, after) : undefined))
    .orderBy(desc(groupLog.id))
    .limit(limit);
