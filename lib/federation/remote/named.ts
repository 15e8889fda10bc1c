import { excerpt, mentionsIn } from "#lib/html.ts";
import { ownHost } from "#lib/urls.ts";
import { ownHandle } from "../addresses.ts";
import type { Json } from "../documents.ts";
import { isObject, listOf } from "./values.ts";

/** The handles of those of this server whom a Note names by its tags. */
export function taggedIn({ tag }: Json): string[] {
  const named = listOf(tag).filter((one) => isObject(one) && one.type === "Mention") as Json[];
  return named.flatMap(({ href }) => ownHandle(href) ?? []);
}

/** The same, and those whom its words (`html`) name by their whole address, whom its server may not know. */
export function namedIn(note: Json, html: string): string[] {
  const written = mentionsIn(excerpt(html, "text/html", 10_000));
  return [...taggedIn(note), ...written.filter((name) => name.endsWith(`@${ownHost()}`))];
}
