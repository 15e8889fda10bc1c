import { sql } from "drizzle-orm";
import { isRefused as isRefusedOf } from "#lib/group/ask/queries.ts";

/**
 * A column beside `events`: whether the server of the group, which is another, does not take what was last said of it. By
 * `activities_object`, `deliveries_once`.
 */
export const isRefused = isRefusedOf({ id: sql`events.id`, awaiting: sql`events.awaiting` });
