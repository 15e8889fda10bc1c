import type { RemoteComment } from "#lib/discussion/comment/remote/commands.ts";
import { beginning, escapeHtml, excerpt, renderContent } from "#lib/html.ts";
import type { Json } from "../documents.ts";
import { publicNames } from "./event.ts";
import { instantOfText } from "./instant.ts";
import { idOf, idsOf, languageText, linkOf, listOf, textOf } from "./values.ts";

/** Characters of clean HTML: as many as the column holds. */
const longest = 10_000;

/** Whether everybody may read an object, listed or not. */
export const isForEverybody = (json: Json): boolean =>
  [...idsOf(json.to), ...idsOf(json.cc)].some((id) => publicNames.includes(id));

/**
 * Reads a Note of another server as a comment: clean HTML within bounds, a content warning as its first line. Null when
 * it says nothing (a picture alone, a vote in a poll) or is no Note. Never throws.
 */
export function readComment(json: Json): Omit<RemoteComment, "actorId"> | null {
  const uri = idOf(json.id);
  if (!uri || !listOf(json.type).includes("Note")) return null;
  const { text, language } = languageText(json, "content");
  const mediaType = textOf(json.mediaType) === "text/markdown" ? "text/markdown" : "text/html";
  if (!excerpt(text, mediaType, 10)) return null;
  const warning = excerpt(textOf(json.summary), "text/html", 200);
  const html = `${warning ? `<p><em>${escapeHtml(warning)}</em></p>` : ""}${renderContent(text, mediaType)}`;
  return {
    uri,
    url: linkOf(json.url, uri),
    content:
      html.length > longest ? beginning(renderContent(beginning(html, longest - 500), "text/html"), longest) : html,
    language: language?.slice(0, 35) ?? "und",
    updated: json.updated === json.published ? null : pastOf(json.updated),
  };
}

/** An instant, as far as it is over: what claims the future would keep what comes after it out. */
function pastOf(value: unknown): Date | null {
  const at = instantOfText(value, "UTC")?.instant;
  return at ? new Date(Math.min(at.getTime(), Date.now())) : null;
}
