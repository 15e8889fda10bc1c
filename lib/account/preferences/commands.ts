import { eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import type { PreferencesInput } from "./input.ts";

type Home = { name: string; latitude: number; longitude: number } | null;

/** Keeps how an account reads: the language of pages and mails, the zone of its desk, and the town that is near. */
export async function updatePreferences(
  db: Db,
  viewer: AccountViewer,
  { home, language, timezone, homeRadius }: Omit<PreferencesInput, "homeTown"> & { home: Home },
): Promise<void> {
  await db
    .update(schema.accounts)
    .set({
      language,
      timezone,
      homeRadius,
      homeTown: home?.name ?? null,
      homeLatitude: home?.latitude ?? null,
      homeLongitude: home?.longitude ?? null,
    })
    .where(eq(schema.accounts.id, viewer.accountId));
}
