import { beginning, excerpt, renderContent } from "#lib/html.ts";
import type { RemotePost } from "#lib/post/remote/commands.ts";
import { actorPart } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { publicNames, tagsOf } from "./event.ts";
import { instantOfText } from "./instant.ts";
import { idOf, idsOf, languageText, listOf, textOf } from "./values.ts";

/** Characters of clean HTML: as many as the column holds. */
const longest = 64_000;

export const isPost = (json: Json): boolean => listOf(json.type).includes("Article");

/**
 * Reads an Article as Mobilizon has it, of a group of ours by its handle: one of everybody, its followers and its members
 * stands in `to` and says for whom it is. Null without that, a title or words, and for a draft. Never throws.
 */
export function readPost(json: Json, handle: string): RemotePost | null {
  const uri = idOf(json.id);
  if (!uri || !isPost(json) || json.draft === true) return null;
  const name = excerpt(languageText(json, "name").text, "text/html", 200);
  const { text, language } = languageText(json, "content");
  const mediaType = textOf(json.mediaType) === "text/markdown" ? "text/markdown" : "text/html";
  const visibility = audienceOf(json, handle);
  if (!name || !visibility || !excerpt(text, mediaType, 10)) return null;
  const html = renderContent(text, mediaType);
  const content =
    html.length > longest ? beginning(renderContent(beginning(html, longest - 1_000), "text/html"), longest) : html;
  const at = instantOfText(json.updated, "UTC")?.instant ?? null;
  // What claims the future would keep what comes after it out.
  const updated = at && new Date(Math.min(at.getTime(), Date.now()));
  return { uri, name, content, language: language?.slice(0, 35) ?? "und", tags: tagsOf(json.tag), visibility, updated };
}

function audienceOf(json: Json, handle: string): RemotePost["visibility"] | null {
  const to = idsOf(json.to);
  if (to.some((one) => publicNames.includes(one))) return "public";
  if (to.includes(actorPart(handle, "followers"))) return "unlisted";
  return to.includes(actorPart(handle, "members")) ? "members" : null;
}
