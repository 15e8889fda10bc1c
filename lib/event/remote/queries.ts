import { type SQL, sql } from "drizzle-orm";
import { schema } from "#db/client.ts";

const { activities, deliveries } = schema;

/**
 * A column beside `events`: whether the server of the group, which is another, does not take what was last said of it: it answered
 * so, or was not reached for a week. By `activities_object`, `deliveries_once`.
 */
export const isRefused: SQL<boolean> = sql<boolean>`(events.awaiting and coalesce((
  select not exists (select 1 from ${deliveries} d where d.activity_id = a.id and d.state <> 'dead')
  from ${activities} a where a.object_id = events.id and a.type in ('Create', 'Update') order by a.id desc limit 1), false))`;
