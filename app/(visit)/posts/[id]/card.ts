import { createHash } from "node:crypto";
import { toneOf } from "#lib/formats/tone.ts";
import type { Locale } from "#lib/locale/index.ts";
import type { FullPost } from "#lib/post/queries.ts";
import { postPath } from "#lib/urls.ts";

type Shown = Pick<FullPost, "post" | "group">;

/** The query of a post's picture for other sites: locale, and a hash of what the picture shows. */
export function cardQuery(locale: Locale, { post, group }: Shown): string {
  const shown = [post.name, post.publishedAt, group.name, toneOf({ tone: null, organizer: group })];
  return `${locale}-${createHash("sha256").update(JSON.stringify(shown)).digest("hex").slice(0, 12)}`;
}

/** The address of that picture: another one whenever what it shows has changed. */
export const cardPath = (locale: Locale, full: Shown): string =>
  `${postPath(full.post.id)}/card.png?${cardQuery(locale, full)}`;
