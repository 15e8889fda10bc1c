import { headers } from "next/headers";
import { getForm, type KeptForm } from "#lib/form/queries.ts";
import { database } from "./database.ts";
import { noteTyped } from "./request.ts";
import { getSignedIn } from "./viewer.ts";

/** What was typed before into a form of the page at `path`, by the id that its address holds: by whoever asks now. */
export async function typedBefore(id: unknown, path: string): Promise<KeptForm | null> {
  if (!id) return null;
  const client = (await headers()).get("x-parvis-client") ?? "";
  const kept = await getForm(database(), id, path, { accountId: (await getSignedIn())?.viewer.accountId, client });
  if (kept) noteTyped(kept.id);
  return kept;
}
