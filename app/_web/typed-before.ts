import { getForm, type KeptForm } from "#lib/form/queries.ts";
import { database } from "./database.ts";
import { getSignedIn } from "./viewer.ts";

/** What was typed before into a form of the page at `path`, by the id that its address holds: by a visitor, or by whoever is signed in now. */
export const typedBefore = async (id: unknown, path: string): Promise<KeptForm | null> =>
  id ? getForm(database(), id, path, (await getSignedIn())?.viewer.accountId ?? null) : null;
