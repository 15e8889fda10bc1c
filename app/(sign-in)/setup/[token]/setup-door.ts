import { notFound } from "next/navigation";
import { database } from "#app/_web/database.ts";
import { expectSetup } from "#lib/account/setup/commands.ts";
import { Refusal } from "#lib/refusal.ts";

/** Shows the common 404 unless the link is the one from the log and nobody administers this server yet. For pages. */
export async function setupOnly(token: string): Promise<void> {
  try {
    await expectSetup(database(), token);
  } catch (error) {
    if (error instanceof Refusal) notFound();
    throw error;
  }
}
