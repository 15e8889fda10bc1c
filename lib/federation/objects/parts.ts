import type { schema } from "#db/client.ts";
import { absolute, mediaPath } from "#lib/urls.ts";

type Media = typeof schema.media.$inferSelect;
type Document = Record<string, unknown>;

/**
 * The picture of an event or a post: the first of what is `attached`, where Mastodon, Gancio and Lemmy look for it, and its `image`,
 * for Mobilizon, PieFed and WordPress. Neither without one.
 */
export function pictured(cover: Media | null): { attached: Document[]; image: { image?: Document } } {
  if (!cover?.path) return { attached: [], image: {} };
  const banner = { mediaType: cover.mediaType ?? "image/webp", url: absolute(mediaPath(cover.id)), name: cover.name };
  const size = cover.width ? { width: cover.width, height: cover.height } : {};
  return { attached: [{ type: "Document", ...banner, ...size }], image: { image: { type: "Image", ...banner } } };
}

/** Its tags, each with where others of it are found here. */
export const hashtags = (tags: string[]): Document[] =>
  tags.map((tag) => ({
    type: "Hashtag",
    name: `#${tag.replace(/[^\p{L}\p{N}_]+/gu, "")}`,
    href: absolute(`/search?tag=${encodeURIComponent(tag)}`),
  }));
