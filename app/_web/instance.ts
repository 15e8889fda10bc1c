import { getInstance, type InstanceRow } from "#lib/instance/queries.ts";
import { database } from "./database.ts";

const freshFor = 5_000;
let kept: { row: InstanceRow; until: number } | null = null;

/** Who this server is, for pages: read again after five seconds, so that it costs no page a query. */
export async function ownInstance(now = Date.now()): Promise<InstanceRow> {
  if (!kept || kept.until < now) kept = { row: await getInstance(database()), until: now + freshFor };
  return kept.row;
}
