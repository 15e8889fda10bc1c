import { Marked } from "marked";
import sanitize from "sanitize-html";

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
const marked = new Marked({ gfm: true, breaks: true, renderer: { html: ({ text }) => escapeHtml(text) } });

const rel = "nofollow noopener noreferrer ugc";
const profile: sanitize.IOptions = {
  allowedTags: [
    "p",
    "br",
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
  allowedAttributes: { a: ["href", "rel", "lang"], ol: ["start"], p: ["dir"] },
  allowedSchemes: ["http", "https", "mailto"],
  allowProtocolRelative: false,
  nestingLimit: 30,
  transformTags: {
    a: (tagName, attribs) => ({ tagName, attribs: { ...(attribs.href ? { href: attribs.href, rel } : {}) } }),
    // The page has one h1, sections are h2: what people write begins below.
    h1: "h3",
    h2: "h4",
  },
};

/** What somebody wrote as safe HTML: our Markdown with HTML off, or a peer's HTML through the same allow-list. */
export function renderContent(content: string, mediaType: string): string {
  const text = content.slice(0, longest);
  if (mediaType === "text/plain")
    return `<p>${escapeHtml(text)
      .replace(/\n{2,}/g, "</p><p>")
      .replace(/\n/g, "<br>")}</p>`;
  const html = mediaType === "text/markdown" ? (marked.parse(text, { async: false }) as string) : text;
  return sanitize(html, profile);
}

/** The same as one line of plain text, cut at a word to at most `length` characters. */
export function excerpt(content: string, mediaType: string, length = 200): string {
  const html = renderContent(content.slice(0, length * 8), mediaType);
  const text = sanitize(html.replace(/<(br|\/p|\/li|\/h\d)[^>]*>/g, " $&"), { allowedTags: [], allowedAttributes: {} });
  const plain = text
    .replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_, name: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" })[name]!,
    )
    .replace(/\s+/g, " ")
    .trim();
  if (plain.length <= length) return plain;
  const cut = plain.slice(0, length - 1);
  return `${cut.slice(0, cut.lastIndexOf(" ") > length / 2 ? cut.lastIndexOf(" ") : undefined)}…`;
}
