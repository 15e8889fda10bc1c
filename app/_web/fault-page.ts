import { escapeHtml } from "#lib/html.ts";
import { type Locale, translator } from "#lib/locale/index.ts";
import type { TypedWords } from "./typed-words.ts";

const style =
  ":root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-content:center;padding:16px;font:1.0625rem/1.6 system-ui,sans-serif;background:light-dark(#fbf9f4,#0d1418);color:light-dark(#16242c,#eeede7)}main{max-width:40rem}h1{font-size:2rem;line-height:1.2;text-wrap:balance}a{color:light-dark(#065e47,#7adab7)}.a{fill:light-dark(#065e47,#7adab7)}h2{font-size:1.25rem;margin-top:2rem}h3{font-size:1rem;margin:0}pre{font:inherit;white-space:pre-wrap;overflow-wrap:anywhere;margin:0 0 12px;padding:12px;border:1px solid light-dark(#d8d2c2,#33424a);border-radius:12px}";

/** The policy that such a page is sent with: nothing but its own style. */
export const faultPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/**
 * A page whole in itself, because whatever else makes pages may be what failed: what happened, what was typed and would
 * be lost with the form, and one way on.
 */
export function faultPage(locale: Locale, title: string, text: string, typed: TypedWords[] = []): string {
  const t = translator(locale);
  const back = escapeHtml(t("faults.back"));
  const words = typed
    .map(({ label, words }) => {
      const text = `<pre dir="auto">${escapeHtml(words)}</pre>`;
      return label ? `<h3>${escapeHtml(label)}</h3>${text}` : text;
    })
    .join("");
  const kept = words && `<h2>${escapeHtml(t("faults.typed"))}</h2><p>${escapeHtml(t("faults.typedText"))}</p>${words}`;
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
<style>${style}</style></head>
<body><main><svg width="64" height="64" viewBox="0 0 32 32" aria-hidden="true"><path class="a" d="M16 3a11 11 0 0 0 0 22z"/><path d="M16 7a11 11 0 0 1 0 22z" fill="#f9c04c"/></svg><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${kept}<p><a href="/">${back}</a></p></main></body></html>`;
}
