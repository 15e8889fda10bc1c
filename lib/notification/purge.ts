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

/** Erases what has been kept long enough. Runs every quarter of an hour, and as often as one likes. */
export async function purge(db: Database): Promise<void> {
  await purgeForms(db);
  await purgeLimits(db);
  await purgeSignUps(db);
  await purgeSessions(db);
  await purgeTokens(db);
  await purgeInvitations(db);
  await purgeMemberships(db);
  await purgeLog(db);
  await purgeRosters(db);
  await eraseAccounts(db);
  await expireParticipations(db);
  await eraseAddresses(db);
  await purgeComments(db);
  await forgetAway(db);
  await purgeMails(db);
  await purgeBounces(db);
  await purgePlaces(db);
  await purgePictures(db);
  await shrinkPictures(db);
}
