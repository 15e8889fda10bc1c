import { escapeHtml } from "#lib/html.ts";

export type AtomEntry = {
  /** Absolute address, also the entry's id: it never changes. */
  url: string;
  title: string;
  summary: string;
  author: string;
  language: string | null;
  published: Date;
  updated: Date;
  tags: string[];
  /** Where it comes from, if from elsewhere (`via`, RFC 4287 4.2.7.2). */
  origin?: string | null;
};

export type AtomFeed = { title: string; self: string; page: string; icon: string; language: string; updated: Date };

/** Text as XML text or attribute value: what XML 1.0 cannot hold at all goes (2.2). */
export const xml = (text: string): string =>
  escapeHtml(text.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ""));

const entry = ({ url, title, summary, author, language, published, updated, tags, origin }: AtomEntry): string =>
  `<entry${language ? ` xml:lang="${xml(language)}"` : ""}><id>${xml(url)}</id><title>${xml(title)}</title>
<link rel="alternate" type="text/html" href="${xml(url)}"/>${origin ? `<link rel="via" href="${xml(origin)}"/>` : ""}<author><name>${xml(author)}</name></author>
<published>${published.toISOString()}</published><updated>${updated.toISOString()}</updated>
${tags.map((tag) => `<category term="${xml(tag)}"/>`).join("")}<summary>${xml(summary)}</summary></entry>`;

/** An Atom feed (RFC 4287). Its id is its own address. */
export const toAtom = (feed: AtomFeed, entries: AtomEntry[]): string => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(feed.language)}">
<id>${xml(feed.self)}</id><title>${xml(feed.title)}</title><updated>${feed.updated.toISOString()}</updated><icon>${xml(feed.icon)}</icon>
<link rel="self" type="application/atom+xml" href="${xml(feed.self)}"/><link rel="alternate" type="text/html" href="${xml(feed.page)}"/>
<generator>Parvis</generator>
${entries.map(entry).join("\n")}
</feed>
`;
