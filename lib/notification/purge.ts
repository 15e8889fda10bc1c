import type { Database } from "#db/client.ts";
import { purgeForms } from "#lib/form/commands.ts";
import { purgeLimits } from "#lib/limits/commands.ts";
import { eraseAddresses, expireParticipations } from "#lib/participation/erasure/commands.ts";
import { purgeMails } from "./commands.ts";
import { purgeBounces } from "./suppression/commands.ts";

/** Erases what has been kept long enough. Runs every quarter of an hour, and as often as one likes. */
export async function purge(db: Database): Promise<void> {
  await purgeForms(db);
  await purgeLimits(db);
  await expireParticipations(db);
  await eraseAddresses(db);
  await purgeMails(db);
  await purgeBounces(db);
}
