import { and, desc, eq, inArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import type { GroupRole } from "#lib/policy/group.ts";
import type { AskKind } from "./commands.ts";

const { activities, actors, deliveries, groupLog } = schema;

/** What the server of a group was asked to do last about something, and has not done (yet). */
export type Ask = { kind: AskKind; name: string; role: GroupRole | null; whom: string | null; refused: boolean };

/** For how long an ask is shown beside what it is about. */
const lately = sql.raw("interval '14 days'");

/** Of an entry of the log: whether the group's server said no, or was not reached for a week. By primary key, `deliveries_once`. */
export const isAskRefused = (log: SQLWrapper, asked: SQLWrapper): SQL<boolean> => sql<boolean>`(${asked} = 'refused'
  or ${asked} = 'waiting' and exists (select 1 from ${activities} a where a.id = ${log})
    and not exists (select 1 from ${deliveries} d where d.activity_id = ${log} and d.state <> 'dead'))`;

/** A column: what somebody here asked last about a row, if that is not done; null: nothing. By `group_log_asked`. */
export const lastAsk = (row: SQLWrapper): SQL<Ask | null> => sql<Ask | null>`(
  select case when l.asked = 'done' then null else json_build_object('kind', l.kind, 'name', l.name, 'role', l.role,
    'whom', coalesce(nullif(w.name, ''), w.handle), 'refused', ${isAskRefused(sql`l.id`, sql`l.asked`)}) end
  from ${groupLog} l left join ${actors} w on w.id = l.member_id
  where l.object_id = ${row} and l.asked is not null and l.created_at > now() - ${lately}
  order by l.id desc limit 1)`;

/** What concerns people, in the order of a desk's list. */
const ofPeople = ["invited", "withdrawn", "accepted", "rejected", "role", "removed"] as const satisfies AskKind[];

/** What the server of a group was asked of late about its people, and has not done (yet), the latest first. By `group_log_page`. */
export const listAsksOfPeople = (db: Db, groupId: string) =>
  db
    .select({
      id: groupLog.id,
      kind: sql<AskKind>`${groupLog.kind}`,
      name: groupLog.name,
      role: sql<GroupRole | null>`${groupLog.role}`,
      whom: sql<string | null>`null`,
      refused: isAskRefused(groupLog.id, groupLog.asked),
    })
    .from(groupLog)
    .where(
      and(
        eq(groupLog.groupId, groupId),
        inArray(groupLog.kind, [...ofPeople]),
        inArray(groupLog.asked, ["waiting", "refused"]),
        sql`${groupLog.createdAt} > now() - ${lately}`,
      ),
    )
    .orderBy(desc(groupLog.id))
    .limit(20);

/** Something that a member here said, wrote, made or put into a group of another server, as its table has it. */
type Sent = Record<"id" | "awaiting", SQLWrapper>;

/**
 * A column beside events, messages, discussions, posts or resources: whether the server of the group, which is another, does not take
 * what was last said of it: it answered so, or was not reached for a week. By `activities_object`, `deliveries_once`.
 */
export const isRefused = ({ id, awaiting }: Sent): SQL<boolean> => sql<boolean>`(
  ${awaiting} and coalesce((
    select not exists (select 1 from ${deliveries} d where d.activity_id = a.id and d.state <> 'dead')
    from ${activities} a where a.object_id = ${id} and a.type in ('Create', 'Update') order by a.id desc limit 1), false))`;
