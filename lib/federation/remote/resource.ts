import { excerpt } from "#lib/html.ts";
import { webUrl } from "#lib/urls.ts";
import type { Json } from "../documents.ts";
import { pastOf } from "./instant.ts";
import { idOf, languageText, listOf } from "./values.ts";

/** A link or folder of a group as its document says, and where it lies: `context` is a folder, or the group's resources. */
export type ReadResource = {
  uri: string;
  /** Null: a folder. */
  url: string | null;
  name: string;
  summary: string;
  context: string;
  updated: Date | null;
  published: Date | null;
};

const isFolder = (json: Json): boolean => listOf(json.type).includes("ResourceCollection");

/** Whether a document may be a link or folder among a group's resources, as Mobilizon has them. */
export const mayBeResource = (json: Json): boolean =>
  (listOf(json.type).includes("Document") || isFolder(json)) &&
  typeof json.context === "string" &&
  idOf(json.attributedTo) !== null;

/** Reads a link or a folder. Null for anything else, and for what leads nowhere or has no name. Never throws. */
export function readResource(json: Json): ReadResource | null {
  const uri = idOf(json.id);
  const name = excerpt(languageText(json, "name").text, "text/html", 200);
  const summary = excerpt(languageText(json, "summary").text, "text/html", 500);
  const url = isFolder(json) ? null : webUrl(json.url);
  if (!mayBeResource(json) || !uri || !name || (url === null && !isFolder(json))) return null;
  const [updated, published] = [pastOf(json.updated), pastOf(json.published)];
  return { uri, url, name, summary, context: String(json.context), updated, published };
}
