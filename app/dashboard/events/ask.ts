import type { SignedIn } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";
import { keepForm } from "#lib/form/commands.ts";
import type { Locale } from "#lib/locale/index.ts";
import { placeLine } from "#lib/place/address.ts";
import { findPlaces } from "#lib/place/geocoding/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import type { EventForm } from "./form/fields.ts";
import { askedWords, foundNames, readPlace, withFound, withPlace } from "./form/found.ts";

/**
 * Shows the form at `path` again with the places found, or with the chosen one filled in; nothing else is done and
 * nothing typed is lost. @throws Refusal geocoder-away, address-unknown, too-many-requests, beside the button.
 */
export async function showAgain(
  db: Database,
  who: SignedIn,
  { intent, fields }: EventForm,
  { path, locale }: { path: string; locale: Locale },
): Promise<string> {
  const show = async (values: EventForm["fields"], at: string) => {
    const id = await keepForm(db, { path, outcome: "asked", values });
    return `${path}?form=${id}#${at}`;
  };
  const chosen = readPlace(fields[foundNames[Number(intent.slice("choose".length)) - 1] ?? "found1"]);
  if (intent !== "lookup") return show(chosen ? withPlace(fields, chosen) : fields, "place");
  const words = placeLine(askedWords(fields));
  const places = await findPlaces(db, who.viewer, words, locale).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, { field: "lookup", retryAfter: error.retryAfter });
  });
  return show(withFound(fields, places), "places");
}
