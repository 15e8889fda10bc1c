import { fieldId } from "#app/_ui/field.tsx";
import type { SignedIn } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";
import { type FormValues, keepForm } from "#lib/form/commands.ts";
import type { Locale } from "#lib/locale/index.ts";
import { placeLine } from "#lib/place/address.ts";
import { findPlaces } from "#lib/place/geocoding/queries.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import type { EventForm } from "./form/fields.ts";
import { askedWords, foundNames, readPlace, withFound, withPlace } from "./form/found.ts";
import { type Pictured, pictureFor, pictureMark, withPicture } from "./form/picture.ts";

/** Keeps the form at `path` as it is now, and says where it is shown again. */
async function keep(
  db: Database,
  { accountId }: AccountViewer,
  { path, values, at }: { path: string; values: FormValues; at: string },
): Promise<string> {
  const id = await keepForm(db, { path, outcome: "asked", values, by: { accountId } });
  return `${path}?form=${id}#${at}`;
}

/**
 * Shows the form at `path` again with the chosen picture in its text, or tells a script the Markdown of it; nothing else is
 * done and nothing typed is lost.
 * @throws Refusal required, words-required, beside the control.
 */
export async function showPicture(
  db: Database,
  viewer: AccountViewer,
  fields: Pictured,
  { path, request }: { path: string; request: Request },
): Promise<string | Response> {
  const id = pictureFor(fields);
  if (!id) throw new Refusal("required", { field: "picture" });
  if (!fields.pictureName.trim()) throw new Refusal("words-required", { field: "pictureName" });
  // A script writes it where the cursor stands.
  if (request.headers.get("accept") === "application/json")
    return Response.json({ text: pictureMark(id, fields.pictureName) }, { headers: { "Cache-Control": "no-store" } });
  return keep(db, viewer, { path, values: withPicture(fields), at: fieldId("content") });
}

/**
 * Shows the form at `path` again with the places found, with the chosen one filled in, or with a picture in its text;
 * nothing else is done and nothing typed is lost.
 * @throws Refusal geocoder-away, address-unknown, too-many-requests, required, words-required, beside the control.
 */
export async function showAgain(
  db: Database,
  { viewer }: SignedIn,
  { intent, fields }: EventForm,
  { path, locale, request }: { path: string; locale: Locale; request: Request },
): Promise<string | Response> {
  if (intent === "picture") return showPicture(db, viewer, fields, { path, request });
  const chosen = readPlace(fields[foundNames[Number(intent.slice("choose".length)) - 1] ?? "found1"]);
  if (intent !== "lookup")
    return keep(db, viewer, { path, values: chosen ? withPlace(fields, chosen) : fields, at: "place" });
  const words = placeLine(askedWords(fields));
  const places = await findPlaces(db, viewer, words, locale).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, { field: "lookup", retryAfter: error.retryAfter });
  });
  return keep(db, viewer, { path, values: withFound(fields, places), at: "places" });
}
