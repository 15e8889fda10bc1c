import { database } from "#app/_web/database.ts";
import { knownPath } from "#lib/federation/remote/known.ts";

const anchors: Record<string, string> = { join: "#join", leave: "#join" };

/**
 * Where another server sends somebody who belongs here with the address of something (OStatus's subscribe, FEP-3b86): to
 * our page of it, where it can be followed, joined or talked about; what is not known here yet, to the search that looks
 * it up. Reading asks nobody.
 */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const given = (searchParams.get("uri") ?? "")
    .slice(0, 2048)
    .trim()
    .replace(/^acct:/, "@");
  const known = await knownPath(database(), given);
  const location = known
    ? `${known}${anchors[searchParams.get("intent") ?? ""] ?? ""}`
    : `/search?q=${encodeURIComponent(given)}`;
  return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "no-store" } });
}
