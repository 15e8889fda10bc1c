import { beginning, readHead } from "#lib/html.ts";
import type { Fetched } from "#lib/outbound/client.ts";

/** What a page says of itself, as plain text in one line each; empty where it says nothing. */
export type Preview = { title: string; description: string };

const label = /charset\s*=\s*["']?([\w.:-]{2,40})/i;

/** A page's text in the encoding that its server names, or else the page; what nobody knows counts as UTF-8. */
function decode({ mediaType, body }: Fetched): string {
  const head = Buffer.from(body.subarray(0, 1_024)).toString("latin1");
  const named = label.exec(mediaType)?.[1] ?? label.exec(head)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(named).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

/** One line without what cannot be seen or turns the direction of writing. */
const line = (text: string | undefined, length: number): string =>
  beginning(
    (text ?? "")
      .toWellFormed()
      .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
      .replace(/[\s\p{Cc}]+/gu, " ")
      .trim(),
    length,
  ).trim();

/** Reads a page tolerantly. */
export function previewOf(page: Fetched): Preview {
  const { title, meta } = readHead(decode(page));
  const first = (...names: string[]) => names.map((name) => meta.get(name)).find((text) => text?.trim());
  return {
    title: line(first("og:title") ?? title, 300),
    description: line(first("og:description", "description"), 500),
  };
}
