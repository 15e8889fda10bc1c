import { fieldId } from "#app/_ui/field.tsx";
import type { SignedIn } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";
import { keepForm } from "#lib/form/commands.ts";
import type { Locale } from "#lib/locale/index.ts";
import { placeLine } from "#lib/place/address.ts";
import { findPlaces } from "#lib/place/geocoding/queries.ts";
import { Refusal } from "#lib/refusal.ts";
import type { EventForm } from "./form/fields.ts";
import { askedWords, foundNames, readPlace, withFound, withPlace } from "./form/found.ts";
import { pictureFor, pictureMark, withPicture } from "./form/picture.ts";

/**
 * Shows the form at `path` again with the places found, with the chosen one filled in, or with a picture in its text;
 * nothing else is done and nothing typed is lost.
 * @throws Refusal geocoder-away, address-unknown, too-many-requests, required, alternative-required, beside the control.
 */
export async function showAgain(
  db: Database,
  who: SignedIn,
  { intent, fields }: EventForm,
  { path, locale, request }: { path: string; locale: Locale; request: Request },
): Promise<string | Response> {
  const show = async (values: EventForm["fields"], at: string) => {
    const id = await keepForm(db, { path, outcome: "asked", values });
    return `${path}?form=${id}#${at}`;
  };
  if (intent === "picture") {
    const id = pictureFor(fields);
    if (!id) throw new Refusal("required", { field: "picture" });
    if (!fields.pictureName.trim()) throw new Refusal("alternative-required", { field: "pictureName" });
    // A script writes it where the cursor stands.
    if (request.headers.get("accept") === "application/json")
      return Response.json({ text: pictureMark(id, fields.pictureName) }, { headers: { "Cache-Control": "no-store" } });
    return show(withPicture(fields), fieldId("content"));
  }
  const chosen = readPlace(fields[foundNames[Number(intent.slice("choose".length)) - 1] ?? "found1"]);
  if (intent !== "lookup") return show(chosen ? withPlace(fields, chosen) : fields, "place");
  const words = placeLine(askedWords(fields));
  const places = await findPlaces(db, who.viewer, words, locale).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, { field: "lookup", retryAfter: error.retryAfter });
  });
  return show(withFound(fields, places), "places");
}
