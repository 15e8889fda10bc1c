import type { Locale } from "#lib/locale/index.ts";
import { absolute } from "#lib/urls.ts";
import { OpenGraphIsland } from "./open-graph-island.tsx";
import { requestNotes } from "./request.ts";

type Picture = { url: string; width: number; height: number; alt: string; type?: string };

export type OpenGraph = {
  type: "article" | "profile";
  title: string;
  description: string;
  /** Addresses, this one and those of pictures, may be paths. */
  url: string;
  locale?: Locale;
  siteName?: string;
  images?: Picture[];
  author?: string;
  published?: Date;
  modified?: Date;
  tags?: string[];
};

/**
 * What a link to this page shows elsewhere: Open Graph (ogp.me), and the one word that X asks for besides; whatever else
 * it knows it takes from there. Not by Next's metadata, which draws each of these twice: no browser reads them.
 */
export function OpenGraphTags(shown: OpenGraph) {
  requestNotes().getStore()!.openGraph = tagsOf(shown);
  return <OpenGraphIsland />;
}

function tagsOf({
  type,
  title,
  description,
  url,
  locale,
  siteName,
  images = [],
  ...article
}: OpenGraph): [string, string][] {
  const of = (property: string, value: string | number | undefined): [string, string][] =>
    value === undefined ? [] : [[property, String(value)]];
  return [
    ...of("og:type", type),
    ...of("og:title", title),
    ...of("og:description", description),
    ...of("og:url", absolute(url)),
    ...of("og:site_name", siteName),
    ...of("og:locale", locale && { en: "en_GB", fr: "fr_FR" }[locale]),
    ...images.flatMap((image) => [
      ...of("og:image", absolute(image.url)),
      ...of("og:image:type", image.type),
      ...of("og:image:width", image.width),
      ...of("og:image:height", image.height),
      ...of("og:image:alt", image.alt),
    ]),
    ...of("article:author", article.author),
    ...of("article:published_time", article.published?.toISOString()),
    ...of("article:modified_time", article.modified?.toISOString()),
    ...(article.tags ?? []).flatMap((tag) => of("article:tag", tag)),
    ...of("twitter:card", images.length > 0 ? "summary_large_image" : "summary"),
  ];
}
