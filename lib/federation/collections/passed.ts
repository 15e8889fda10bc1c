import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import type { ActorRow } from "../actors.ts";
import { actorUri } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { isObject } from "../remote/values.ts";

/** How many of the words of one thing are looked through: who has none of its maker's among them reads it where it is. */
const most = 10;

type Kept = { id: string; uri: string | null };
type Shown = { item: Json; since?: Json };

/**
 * How a group of ours shows its members what was made on other servers, by its row: as it passes it on, with the latest words
 * of whoever made it and their proof, or by its id alone; and what the group itself has said of it since then. Ours is not
 * among it. By `activities_object`.
 */
export async function passedOn(db: Db, group: ActorRow, kept: Kept[]): Promise<Map<string, Shown>> {
  const others = kept.flatMap(({ id, uri }) => (uri ? [{ id, uri }] : []));
  const passed = (object: unknown): Json => ({ type: "Announce", actor: actorUri(group), object });
  const shown = new Map<string, Shown>(others.map(({ id, uri }) => [id, { item: passed(uri) }]));
  if (others.length === 0) return shown;
  const ids = sql.param(others.map(({ id }) => id));
  const rows = await db.execute<{ id: string; document: string }>(sql`
    select a.object_id as id, a.document from unnest(${ids}::uuid[]) as o(id) cross join lateral (
      select * from activities a where a.object_id = o.id and a.actor_id = ${group.id} and a.type = 'Announce'
        and a.fact not like 'announce id %' order by a.id desc limit ${most}) a order by a.id`);
  for (const { id, document } of rows) {
    const { object } = JSON.parse(document) as Json;
    if (!isObject(object) || object.type === "Delete") continue;
    // What the group itself says of it is no proof of theirs.
    if (object.actor !== actorUri(group)) shown.set(id, { item: passed(object) });
    else shown.set(id, { item: shown.get(id)!.item, since: passed(object) });
  }
  return shown;
}
