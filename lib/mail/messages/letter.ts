import { escapeHtml } from "#lib/html.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";

export type Attachment = { filename: string; contentType: string; content: Buffer | string; cid?: string };
export type Message = { subject: string; text: string; html: string; attachments: Attachment[] };

/** What a letter is made of. Text and HTML are two readings of the same blocks. */
export type Block =
  | { kind: "paragraph"; text: string }
  /** What somebody wrote, set apart. */
  | { kind: "quote"; text: string }
  | { kind: "facts"; title: string; facts: Fact[] }
  | { kind: "changes"; changes: Change[] }
  | { kind: "button"; label: string; url: string }
  | { kind: "entry"; title: string; text: string; label: string; url: string }
  | { kind: "note"; text: string; url?: string };

/** `url`: the value is this address, and links to it. */
export type Fact = { label: string; value: string; url?: string };
export type Change = { label: string; before: string; after: string };

export type Letter = { locale: Locale; t: Translate; heading: string; blocks: Block[]; strip: Attachment | null };

/** Direction overrides and controls go; the spaces of one line remain. */
export const line = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .replace(/\s+/g, (space) => (space === "\u202f" || space === "\u00a0" ? space : " "))
    .trim();

/** The same for several lines. */
export const lines = (text: string): string =>
  text
    .split(/\r\n?|\n/)
    .map(line)
    .join("\n");

/** At most `length` characters as people count them, with an ellipsis. */
export function cut(text: string, length: number): string {
  const characters = [...new Intl.Segmenter("und", { granularity: "grapheme" }).segment(line(text))];
  if (characters.length <= length) return line(text);
  const kept = characters.slice(0, length - 1).map(({ segment }) => segment);
  // A single "character" may carry thousands of accents.
  return `${kept
    .join("")
    .slice(0, length * 4)
    .trimEnd()}…`;
}

/** A title inside a sentence of the other direction keeps to itself (Unicode 6.3 isolates). */
export const isolated = (text: string): string =>
  /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text) ? `\u2068${text}\u2069` : text;

const width = 72;

/** Lines of at most 72 characters where words allow; `indent` before each, `hang` before those that follow. */
function wrap(text: string, indent = "", hang = indent): string {
  const rows: string[] = [];
  for (const paragraph of text.split("\n")) {
    let row = "";
    for (const word of paragraph.split(" ")) {
      if (row && hang.length + row.length + 1 + word.length > width) {
        rows.push(row);
        row = word;
      } else row = row ? `${row} ${word}` : word;
    }
    rows.push(row);
  }
  return rows.map((row, index) => `${index === 0 ? indent : hang}${row}`.trimEnd()).join("\n");
}

function blockText(block: Block, t: Translate): string {
  switch (block.kind) {
    case "paragraph":
      return wrap(block.text);
    case "quote":
      return wrap(block.text, "> ");
    case "facts":
      return [
        wrap(block.title),
        ...block.facts.map(({ label, value }) => wrap(t("mail.labelled", { label, value }), "", "  ")),
      ].join("\n");
    case "changes":
      return block.changes
        .map(({ label, before, after }) =>
          [
            label,
            wrap(t("mail.labelled", { label: t("mail.before"), value: before }), "  ", "    "),
            wrap(t("mail.labelled", { label: t("mail.now"), value: after }), "  ", "    "),
          ].join("\n"),
        )
        .join("\n\n");
    case "button":
      return `${t("mail.lead", { label: block.label })}\n${block.url}`;
    case "entry":
      return `${wrap(block.title, "* ", "  ")}\n${wrap(block.text, "  ")}\n  ${block.url}`;
    case "note":
      return block.url ? `${wrap(t("mail.lead", { label: block.text }))}\n${block.url}` : wrap(block.text);
  }
}

/** The letter as plain text: all links written out, lines of at most 72 characters where words allow. */
function letterText({ t, heading, blocks }: Letter): string {
  const notes = blocks.filter(({ kind }) => kind === "note");
  const body = blocks.filter(({ kind }) => kind !== "note");
  const read = (some: Block[]) => some.map((block) => blockText(block, t)).join("\n\n");
  return `${wrap(heading)}\n${"=".repeat(Math.min(heading.length, width))}\n\n${read(body)}\n\n-- \n${read(notes)}\n`;
}

const font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const styles = {
  page: `margin:0;padding:0;background-color:#fbf9f4;color:#16242c;${font};font-size:17px;line-height:1.5`,
  frame: "max-width:600px;margin:0 auto;padding:16px",
  card: "background-color:#ffffff;border:1px solid #dddbd2;border-radius:14px;overflow:hidden",
  inner: "padding:8px 24px 24px",
  strip: "display:block;width:100%;height:auto;border:0",
  h1: "margin:16px 0 12px;font-size:26px;line-height:1.2;font-weight:700",
  h2: "margin:24px 0 8px;font-size:18px;line-height:1.3;font-weight:700;overflow-wrap:anywhere",
  p: "margin:0 0 16px",
  quote: "margin:0 0 16px;padding:4px 16px;border:0 solid #76828a;border-inline-start-width:4px;white-space:pre-line",
  table: "width:100%;margin:0 0 20px;border-collapse:collapse;border-top:1px solid #dddbd2",
  th: "padding:8px 16px 8px 0;text-align:start;vertical-align:top;font-size:14px;line-height:24px;font-weight:400;color:#4a5860;white-space:nowrap;border-bottom:1px solid #dddbd2",
  td: "width:100%;padding:8px 0;text-align:start;vertical-align:top;border-bottom:1px solid #dddbd2;overflow-wrap:anywhere",
  old: "color:#4a5860;text-decoration:line-through",
  button:
    "display:inline-block;padding:12px 24px;border-radius:8px;background-color:#065e47;color:#ffffff;font-weight:700;text-decoration:none",
  url: "margin:-8px 0 20px;font-size:14px;color:#4a5860;overflow-wrap:anywhere;word-break:break-all",
  link: "color:#065e47",
  entry: "margin:0 0 16px;padding:12px 0 0;border-top:1px solid #dddbd2",
  notes: "padding:16px 24px;font-size:14px;line-height:1.5;color:#4a5860",
  note: "margin:0 0 10px;overflow-wrap:anywhere",
};

/** Mail programs that know no `light-dark()` know this much; the others keep the light sheet. */
const dark = `@media (prefers-color-scheme:dark){
.page{background-color:#0d1418!important;color:#eeede7!important}
.card{background-color:#151d22!important;border-color:#2e373d!important}
.line{border-color:#2e373d!important}
.muted{color:#b5b3a9!important}
.link{color:#7adab7!important}
.button{background-color:#7adab7!important;color:#051811!important}
}`;

const person = (text: string) => `<bdi>${escapeHtml(text)}</bdi>`;
const anchor = (url: string, label: string) =>
  `<a href="${escapeHtml(url)}" class="link" style="${styles.link}">${escapeHtml(label)}</a>`;

const row = (label: string, value: string) =>
  `<tr><th scope="row" class="line muted" style="${styles.th}">${escapeHtml(label)}</th><td class="line" style="${styles.td}">${value}</td></tr>`;

function blockHtml(block: Block, t: Translate): string {
  switch (block.kind) {
    case "paragraph":
      return `<p style="${styles.p}">${escapeHtml(block.text)}</p>`;
    case "quote":
      return `<blockquote dir="auto" style="${styles.quote}">${escapeHtml(block.text)}</blockquote>`;
    case "facts": {
      const rows = block.facts.map(({ label, value, url }) => row(label, url ? anchor(url, value) : person(value)));
      return `<h2 style="${styles.h2}">${person(block.title)}</h2>\n<table class="line" style="${styles.table}"><tbody>${rows.join("")}</tbody></table>`;
    }
    case "changes": {
      const rows = block.changes.map(({ label, before, after }) => {
        const old = `<del class="muted" style="${styles.old}"><bdi>${escapeHtml(before)}</bdi></del>`;
        return row(label, `${old}<br><ins style="text-decoration:none"><strong>${person(after)}</strong></ins>`);
      });
      return `<table class="line" style="${styles.table}"><tbody>${rows.join("")}</tbody></table>`;
    }
    case "button":
      return `<p style="${styles.p}"><a href="${escapeHtml(block.url)}" class="button" style="${styles.button}">${escapeHtml(block.label)}</a></p><p class="muted" style="${styles.url}">${anchor(block.url, block.url)}</p>`;
    case "entry":
      return `<div class="line" style="${styles.entry}"><p style="${styles.note}"><strong>${person(block.title)}</strong><br>${escapeHtml(block.text)}</p><p style="${styles.note}">${escapeHtml(t("mail.lead", { label: block.label }))} ${anchor(block.url, block.url)}</p></div>`;
    case "note":
      return `<p style="${styles.note}">${block.url ? `${escapeHtml(t("mail.lead", { label: block.text }))} ${anchor(block.url, block.url)}` : escapeHtml(block.text)}</p>`;
  }
}

/** The letter as one column of HTML: no picture but the strip it brings, no script, nothing loaded from elsewhere. */
function letterHtml({ locale, t, heading, blocks, strip }: Letter): string {
  const notes = blocks.filter(({ kind }) => kind === "note");
  const body = blocks.filter(({ kind }) => kind !== "note");
  const read = (some: Block[]) => some.map((block) => blockHtml(block, t)).join("\n");
  const picture = strip ? `<img src="cid:${strip.cid}" alt="" width="600" height="72" style="${styles.strip}">` : "";
  return `<!doctype html>
<html lang="${locale}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(heading)}</title>
<style>:root{color-scheme:light dark;supported-color-schemes:light dark}
${dark}</style>
</head>
<body class="page" style="${styles.page}">
<div style="${styles.frame}">
<main class="card" style="${styles.card}">
${picture}
<div style="${styles.inner}">
<h1 style="${styles.h1}">${escapeHtml(heading)}</h1>
${read(body)}
</div>
</main>
<footer class="muted" style="${styles.notes}">
${read(notes)}
</footer>
</div>
</body>
</html>
`;
}

/** Both readings, the subject (whose parts are clean already) and what comes with it. */
export const write = (subject: string, letter: Letter, attachments: Attachment[] = []): Message => ({
  subject,
  text: letterText(letter),
  html: letterHtml(letter),
  attachments: [...attachments, ...(letter.strip ? [letter.strip] : [])],
});
