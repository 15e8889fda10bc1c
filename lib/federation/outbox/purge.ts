import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";

/** Ended a day ago, and for long enough that every purge of a month would have seen it: by `activities_ended`. */
const ended = sql`g.type = 'Delete' and g.created_at between now() - interval '31 days' and now() - interval '1 day'`;
const waits = sql`exists (select 1 from deliveries d where d.activity_id = a.id and d.state = 'due')`;

/**
 * Forgets what was said about events, posts and profiles that have been gone for a day, once nobody is to be told of it any
 * more; the Delete itself stays, and says nothing. Forgets what Fedify need not remember.
 */
export async function purgeActivities(db: Database): Promise<void> {
  // By `activities_object` and `notes_event`.
  await db.execute(sql`
    delete from activities a using activities g join events e on e.id = g.object_id and e.state = 'deleted'
    where ${ended} and a.type <> 'Delete' and not ${waits}
      and (a.object_id = g.object_id or a.object_id in (select n.id from notes n where n.event_id = g.object_id))`);
  await db.execute(sql`
    delete from activities a using activities g join posts p on p.id = g.object_id and p.state = 'deleted'
    where ${ended} and a.type <> 'Delete' and not ${waits} and a.object_id = g.object_id`);
  await db.execute(sql`
    delete from notes n using activities g join events e on e.id = g.object_id and e.state = 'deleted'
    where ${ended} and n.event_id = g.object_id and not exists (select 1 from activities a where a.object_id = n.id)`);
  // By `activities_outbox`.
  await db.execute(sql`
    delete from activities a using activities g join actors o on o.id = g.object_id and o.deleted_at is not null
    where ${ended} and a.actor_id = o.id and a.public and a.type <> 'Delete' and not ${waits}`);
  // By `federation_memory_expiry`.
  await db.execute(sql`delete from federation_memory where expires_at < now()`);
}
