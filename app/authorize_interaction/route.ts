import { absolute, ownPath } from "#lib/urls.ts";

/**
 * Where another server sends somebody who belongs here with the address of something (OStatus's subscribe, FEP-3b86): to
 * our own page of it, or to the search that reads it.
 */
export function GET(request: Request): Response {
  const given =
    new URL(request.url).searchParams
      .get("uri")
      ?.slice(0, 2048)
      .trim()
      .replace(/^acct:/, "@") ?? "";
  const own = given.startsWith(absolute("/")) ? ownPath(given.slice(absolute("").length)) : null;
  return new Response(null, { status: 303, headers: { Location: own ?? `/search?q=${encodeURIComponent(given)}` } });
}
