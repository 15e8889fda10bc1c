import type { Database } from "#db/client.ts";
import { eraseAccounts } from "#lib/account/erasure/commands.ts";
import { purgeSessions } from "#lib/account/session/commands.ts";
import { purgeSignUps } from "#lib/account/sign-up/commands.ts";
import { purgeTokens } from "#lib/account/token/commands.ts";
import { purgeComments } from "#lib/discussion/comment/commands.ts";
import { forgetAway } from "#lib/discussion/mirror/commands.ts";
import { purgeInvitations } from "#lib/event/staff/commands.ts";
import { purgeForms } from "#lib/form/commands.ts";
import { purgeMemberships } from "#lib/group/invitation/commands.ts";
import { purgeLog } from "#lib/group/log/commands.ts";
import { purgeRosters } from "#lib/group/roster/commands.ts";
import { purgeLimits } from "#lib/limits/commands.ts";
import { purgePictures } from "#lib/media/commands.ts";
import { shrinkPictures } from "#lib/media/remote/commands.ts";
import { eraseAddresses, expireParticipations } from "#lib/participation/erasure/commands.ts";
import { purgePlaces } from "#lib/place/commands.ts";
import { purgeMails } from "./commands.ts";
import { purgeBounces } from "./suppression/commands.ts";

const erasures: ((db: Database) => Promise<unknown>)[] = [
  ...[purgeForms, purgeLimits, purgeSignUps, purgeSessions, purgeTokens, purgeInvitations, purgeMemberships],
  ...[purgeLog, purgeRosters, eraseAccounts, expireParticipations, eraseAddresses, purgeComments, forgetAway],
  ...[purgeMails, purgeBounces, purgePlaces, purgePictures, shrinkPictures],
];

/**
 * Erases what has been kept long enough, one kind after the other: one that fails keeps no other from it. Runs every quarter of an
 * hour, and as often as one likes.
 * @throws whatever the first threw that failed, once all had their turn.
 */
export async function purge(db: Database, each = erasures): Promise<void> {
  const faults: unknown[] = [];
  for (const erase of each) await erase(db).catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw faults[0];
}
