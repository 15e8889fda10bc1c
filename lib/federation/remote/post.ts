import { beginning, excerpt, renderContent } from "#lib/html.ts";
import type { MirroredPost } from "#lib/post/mirror/commands.ts";
import type { RemotePost } from "#lib/post/remote/commands.ts";
import { actorPart } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { pictureOf, publicNames, tagsOf } from "./event.ts";
import { pastOf } from "./instant.ts";
import { idOf, idsOf, languageText, listOf, textOf } from "./values.ts";

/** Characters of clean HTML: as many as the column holds. */
const longest = 64_000;

/** Whether a document is of a group’s post. */
export const isPost = (json: Json): boolean => listOf(json.type).includes("Article");

/** What an Article says, whoever it is for. Null without a title or words, and for a draft. */
function wordsOf(json: Json): Omit<RemotePost, "visibility"> | null {
  const uri = idOf(json.id);
  if (!uri || !isPost(json) || json.draft === true) return null;
  const name = excerpt(languageText(json, "name").text, "text/html", 200);
  const { text, language } = languageText(json, "content");
  const mediaType = textOf(json.mediaType) === "text/markdown" ? "text/markdown" : "text/html";
  if (!name || !excerpt(text, mediaType, 10)) return null;
  const html = renderContent(text, mediaType);
  const content =
    html.length > longest ? beginning(renderContent(beginning(html, longest - 1_000), "text/html"), longest) : html;
  const updated = pastOf(json.updated);
  return { uri, name, content, language: language?.slice(0, 35) ?? "und", tags: tagsOf(json.tag), updated };
}

/**
 * Reads an Article as Mobilizon has it, of a group of ours by its handle: one of everybody, its followers and its members
 * stands in `to` and says for whom it is. Null without that, a title or words, and for a draft. Never throws.
 */
export function readPost(json: Json, handle: string): RemotePost | null {
  const [words, visibility] = [wordsOf(json), audienceHere(json, handle)];
  return words && visibility && { ...words, visibility };
}

function audienceHere(json: Json, handle: string): RemotePost["visibility"] | null {
  const to = idsOf(json.to);
  if (to.some((one) => publicNames.includes(one))) return "public";
  if (to.includes(actorPart(handle, "followers"))) return "unlisted";
  return to.includes(actorPart(handle, "members")) ? "members" : null;
}

type Elsewhere = { uri: string; followersUri: string | null };

/**
 * The same of a group of another server. What is neither for everybody nor by its address, but for its followers, is for its
 * members at most; what is for somebody in particular is nobody else's. Never throws.
 */
export function readPostElsewhere(json: Json, group: Elsewhere): MirroredPost | null {
  const [words, visibility] = [wordsOf(json), audienceElsewhere(json, group)];
  if (!words || !visibility) return null;
  return { ...words, visibility, published: pastOf(json.published), picture: pictureOf(json, words.uri) };
}

function audienceElsewhere(json: Json, group: Elsewhere): RemotePost["visibility"] | null {
  const [to, cc] = [idsOf(json.to), idsOf(json.cc)];
  const isPublic = (one: string) => publicNames.includes(one);
  if (to.some(isPublic)) return "public";
  if (cc.some(isPublic)) return "unlisted";
  const inside = [group.followersUri, `${group.uri}/members`];
  return [...to, ...cc].some((one) => inside.includes(one)) ? "members" : null;
}
