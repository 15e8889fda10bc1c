import { headers } from "next/headers";
import { cache } from "react";
import { getForm, type KeptForm } from "#lib/form/queries.ts";
import { database } from "./database.ts";
import { noteTyped } from "./request.ts";
import { getSignedIn } from "./viewer.ts";

/** The kept form that an address names, if it is that of whoever asks now: asked once a request, for the head and for the body. */
export const formNamed = cache(async (id: string): Promise<KeptForm | null> => {
  const client = (await headers()).get("x-parvis-client") ?? "";
  return getForm(database(), id, null, { accountId: (await getSignedIn())?.viewer.accountId, client });
});

/** What was typed before into a form of the page at `path`, by the id that its address holds: by whoever asks now. */
export async function typedBefore(id: unknown, path: string): Promise<KeptForm | null> {
  const kept = typeof id === "string" ? await formNamed(id) : null;
  if (kept?.path !== path) return null;
  noteTyped(kept.id);
  return kept;
}
