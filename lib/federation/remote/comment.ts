import type { RemoteComment } from "#lib/discussion/comment/remote/commands.ts";
import { beginning, escapeHtml, excerpt, renderContent } from "#lib/html.ts";
import { asLocale, type Translate, translator } from "#lib/locale/index.ts";
import type { Json } from "../documents.ts";
import { publicNames } from "./event.ts";
import { pastOf } from "./instant.ts";
import { idOf, idsOf, isObject, languageText, linkOf, listOf, textOf } from "./values.ts";

/** Characters of clean HTML: as many as the column holds. */
const longest = 10_000;

/** Whether everybody may read an object, listed or not. */
export const isForEverybody = (json: Json): boolean =>
  [...idsOf(json.to), ...idsOf(json.cc)].some((id) => publicNames.includes(id));

/** How many attached pictures are told of, within so many characters. */
const mostPictures = { count: 8, length: 4_000 };

/**
 * The pictures that come with a Note, each as a paragraph that links to it, in the words that it has for who does not see it:
 * nobody who reads here is sent to another host.
 */
function pictureLinks(attachment: unknown, t: Translate): string {
  const pictures = listOf(attachment).filter(isObject).filter(isPicture).slice(0, mostPictures.count);
  return pictures.reduce((links, one) => {
    const href = linkOf(one.url ?? one.href);
    const words = excerpt(textOf(one.name), "text/plain", 300);
    const label = words ? t("federation.picture", { words }) : t("federation.pictureBare");
    const link = href ? `<p><a href="${escapeHtml(href)}">${escapeHtml(label)}</a></p>` : "";
    return links.length + link.length > mostPictures.length ? links : links + link;
  }, "");
}

const isPicture = ({ type, mediaType }: Json): boolean =>
  listOf(type).includes("Image") || (listOf(type).includes("Document") && textOf(mediaType).startsWith("image/"));

/**
 * Reads a Note of another server as a comment: clean HTML within bounds, a content warning as its first line, its pictures as
 * links. Null when it says nothing (a vote in a poll) or is no Note. Never throws.
 */
export function readComment(json: Json): Omit<RemoteComment, "actorId" | "mentions"> | null {
  const uri = idOf(json.id);
  if (!uri || !listOf(json.type).includes("Note")) return null;
  const { text, language } = languageText(json, "content");
  const mediaType = textOf(json.mediaType) === "text/markdown" ? "text/markdown" : "text/html";
  const pictures = pictureLinks(json.attachment, translator(asLocale(language, "en")));
  if (!pictures && !excerpt(text, mediaType, 10)) return null;
  const warning = excerpt(textOf(json.summary), "text/html", 200);
  const html = `${warning ? `<p><em>${escapeHtml(warning)}</em></p>` : ""}${renderContent(text, mediaType)}`;
  return {
    uri,
    url: linkOf(json.url, uri),
    content: within(html, longest - pictures.length) + pictures,
    language: language?.slice(0, 35) ?? "und",
    updated: json.updated === json.published ? null : pastOf(json.updated),
  };
}

/** Clean HTML of at most so many characters. */
const within = (html: string, most: number): string =>
  html.length > most ? beginning(renderContent(beginning(html, most - 500), "text/html"), most) : html;
