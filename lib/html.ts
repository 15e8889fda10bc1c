import { Marked, type MarkedExtension, type TokenizerThis, type Tokens } from "marked";
import sanitize from "sanitize-html";
import { absolute } from "./urls.ts";

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as HTML text or attribute value. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char]!);

/** A value as JSON that may stand in a script element. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const longest = 64_000;

/** The first `length` UTF-16 units of a text, never half a character: half of one cannot stand in a URL. */
export const beginning = (text: string, length: number) => text.slice(0, length).replace(/[\ud800-\udbff]$/, "");

/** A picture that this server keeps, by its path (`mediaPath`). */
const ownPicture = /^\/media\/[0-9a-f-]{36}$/;

const dialect: MarkedExtension = {
  gfm: true,
  breaks: true,
  renderer: {
    html: ({ text }) => escapeHtml(text),
    // Whoever reads must not be sent to another host: its pictures are links.
    image: ({ href, text }) =>
      ownPicture.test(href)
        ? `<img src="${href}" alt="${escapeHtml(text)}">`
        : `<a href="${escapeHtml(href)}">${escapeHtml(text || href)}</a>`,
  },
};
const marked = new Marked(dialect);

const named =
  /^@([a-z0-9_](?:[a-z0-9_.-]{0,62}[a-z0-9_])?(?:@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::\d{1,5})?)?)(?![\w@])/i;

/** Where somebody is named (`@ann`, `@bob@elsewhere.example`) a link to them: not in links and code, nor within an address. */
const mentioning = (links: ReadonlyMap<string, string>): MarkedExtension => ({
  extensions: [
    {
      name: "mention",
      level: "inline",
      start: (source) => /(?:^|[^\w@./])@\w/.exec(source)?.index,
      tokenizer(this: TokenizerThis, source, tokens) {
        const name = named.exec(source)?.[1];
        const before = (tokens as Tokens.Generic[]).at(-1)?.raw ?? "";
        if (!name || this.lexer.state.inLink || /[\w@./]$/.test(before)) return undefined;
        return { type: "mention", raw: `@${name}`, name: name.toLowerCase() };
      },
      renderer: ({ raw, name }) => {
        const href = links.get(name as string);
        return href ? `<a href="${escapeHtml(href)}">${escapeHtml(raw)}</a>` : escapeHtml(raw);
      },
    },
  ],
});

const rel = "nofollow noopener noreferrer ugc";
const profile: sanitize.IOptions = {
  allowedTags: [
    "p",
    "br",
    "img",
    "a",
    "strong",
    "b",
    "em",
    "i",
    "del",
    "s",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
  ],
  allowedAttributes: { img: ["src", "alt", "loading"], a: ["href", "rel", "lang"], ol: ["start"], p: ["dir"] },
  allowedSchemes: ["http", "https", "mailto"],
  allowProtocolRelative: false,
  nestingLimit: 30,
  transformTags: {
    // A path without a host would lead a peer's reader, or a mail's, to another page than it was meant for.
    a: (tagName, { href = "" }) => ({
      tagName,
      attribs: /^(https?:\/\/|mailto:)/i.test(href) ? { href, rel } : ({} as sanitize.Attributes),
    }),
    // With its host, for peers and feeds.
    img: (tagName, { src = "", alt = "" }) => ({
      tagName,
      attribs: ownPicture.test(src) ? { src: absolute(src), alt, loading: "lazy" } : ({ alt } as sanitize.Attributes),
    }),
  },
};

/** A picture as `profile` writes it. */
const drawn = /<img (?:src="[^"]*" )?alt="([^"]*)"[^>]*>/g;

// Emphasis costs the square of its marks in one paragraph, quotes and lists recurse: 64 kB of "*a_" took 50 s, of "> "
// the whole stack. Nobody means that, so it is shown as it was typed.
const mark = /[*_~]+/g;
const deep = /^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){20}/m;
const paragraphEnd = /\n[ \t]*(?:\n|(?=[-*+][ \t]))/;

function isMarkdown(text: string): boolean {
  const marks = text.split(paragraphEnd).map((paragraph) => paragraph.match(mark)?.length ?? 0);
  const many = Math.max(...marks) > 400 || marks.reduce((sum, count) => sum + count, 0) > 4_000;
  return !many && !deep.test(text);
}

function parseMarkdown(text: string, links?: ReadonlyMap<string, string>): string | null {
  if (!isMarkdown(text)) return null;
  const parser = links?.size ? new Marked(dialect, mentioning(links)) : marked;
  return parser.parse(text, { async: false }) as string;
}

/** Who is named in a Markdown text: `ann`, `bob@elsewhere.example`, in lower case, each once. */
export function mentionsIn(content: string): string[] {
  const text = beginning(content, longest);
  if (!text.includes("@") || !isMarkdown(text)) return [];
  const parser = new Marked(dialect, mentioning(new Map()));
  const names = new Set<string>();
  parser.walkTokens(parser.lexer(text), (token) => {
    if (token.type === "mention") names.add((token as Tokens.Generic).name);
  });
  return [...names];
}

const plainHtml = (text: string): string =>
  `<p>${escapeHtml(text)
    .replace(/\n{2,}/g, "</p><p>")
    .replace(/\n/g, "<br>")}</p>`;

/** The page has one h1, its sections are h2: the levels that somebody used become h3, h4 … without a step left out. */
function headings(html: string): Record<string, string> {
  const used = [...new Set([...html.matchAll(/<h([1-6])\b/gi)].map((match) => match[1]!))].sort();
  return Object.fromEntries(used.map((level, rank) => [`h${level}`, `h${Math.min(3 + rank, 6)}`]));
}

type Look = {
  /** Where those named in Markdown (`mentionsIn`) are to be found, as whole addresses. */
  links?: ReadonlyMap<string, string>;
  /** Whether pictures of ours show in our Markdown. Instead of any other stands what it shows, in words. */
  pictures?: boolean;
};

/** What somebody wrote as safe HTML: our Markdown with HTML off, or a peer's HTML through the same allow-list. */
export function renderContent(content: string, mediaType: string, { links, pictures = false }: Look = {}): string {
  const text = beginning(content, longest);
  const html = mediaType === "text/markdown" ? parseMarkdown(text, links) : mediaType === "text/html" ? text : null;
  if (html === null) return plainHtml(text);
  const clean = sanitize(html, { ...profile, transformTags: { ...profile.transformTags, ...headings(html) } });
  return pictures && mediaType === "text/markdown" ? clean : clean.replace(drawn, "$1");
}

/** The same as one line of plain text, cut at a word to at most `length` characters. */
export function excerpt(content: string, mediaType: string, length = 200): string {
  const html = renderContent(beginning(content, length * 8), mediaType);
  const text = sanitize(html.replace(/<(br|\/p|\/li|\/h\d)[^>]*>/g, " $&"), { allowedTags: [], allowedAttributes: {} });
  const plain = text
    .replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_, name: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[name]!,
    )
    .replace(/\s+/g, " ")
    .trim();
  if (plain.length <= length) return plain;
  const cut = beginning(plain, length - 1);
  return `${cut.slice(0, cut.lastIndexOf(" ") > length / 2 ? cut.lastIndexOf(" ") : undefined)}…`;
}

/** A page of somebody else's as it says itself what it is: its title, and its metadata by name (`og:title`), the first of each. */
export type PageHead = { title: string; meta: ReadonlyMap<string, string> };

/** Reads the head of a page, of its beginning. Texts are as they stand there, of any length. */
export function readHead(html: string): PageHead {
  const meta = new Map<string, string>();
  let title = "";
  sanitize(beginning(html, 128_000).split(/<body[\s>]/i, 1)[0]!, {
    allowedTags: ["title", "meta"],
    allowedAttributes: {},
    transformTags: {
      meta: (tagName, { property, name = property ?? "", content = "" }) => {
        const key = (property ?? name).toLowerCase();
        if (key && content && meta.size < 200 && !meta.has(key)) meta.set(key, content);
        return { tagName, attribs: {} };
      },
    },
    exclusiveFilter: ({ tag, text }) => {
      if (tag === "title") title ||= text;
      return true;
    },
  });
  return { title, meta };
}
