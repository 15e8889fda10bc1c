import { database } from "#app/_web/database.ts";
import { expectSetup } from "#lib/account/setup/commands.ts";
import { Refusal } from "#lib/refusal.ts";

/** Whether the link is the one from the log and nobody administers this server yet; a page shows the common 404 if not. */
export async function isSetup(token: string): Promise<boolean> {
  try {
    await expectSetup(database(), token);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
