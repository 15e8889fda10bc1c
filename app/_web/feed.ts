import { createHash } from "node:crypto";
import { ReadableStream, TextEncoderStream } from "node:stream/web";
import { type AtomEntry, type AtomFeed, toAtom } from "#lib/formats/atom.ts";
import { absolute } from "#lib/urls.ts";

/** A strong validator (RFC 9110 8.8.3) of whatever the body depends on. */
export const entityTag = (...parts: (string | number)[]): string =>
  `"${createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22)}"`;

const headersOf = (tag: string) => ({ ETag: tag, "Cache-Control": "public, max-age=300", Vary: "Accept-Encoding" });

/** 304 when the reader has this body already (RFC 9110 13.1.2), else null. */
export function unchanged(request: Request, tag: string): Response | null {
  const known = (request.headers.get("if-none-match") ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
  return known.includes(tag) || known.includes("*")
    ? new Response(null, { status: 304, headers: headersOf(tag) })
    : null;
}

/** The body of a feed, which may come piece by piece. */
export function feed(
  body: string | AsyncIterable<string>,
  type: string,
  tag: string,
  more: Record<string, string> = {},
): Response {
  const headers = { ...headersOf(tag), "Content-Type": `${type}; charset=utf-8`, ...more };
  if (typeof body === "string") return new Response(body, { headers });
  return new Response(ReadableStream.from(body).pipeThrough(new TextEncoderStream()) as unknown as BodyInit, {
    headers,
  });
}

/** An Atom feed, with our icon and both addresses from their paths. */
export const atomFeed = (
  { self, page, ...head }: Omit<AtomFeed, "icon">,
  entries: AtomEntry[],
  tag: string,
): Response =>
  feed(
    toAtom({ ...head, self: absolute(self), page: absolute(page), icon: absolute("/icon.svg") }, entries),
    "application/atom+xml",
    tag,
  );
