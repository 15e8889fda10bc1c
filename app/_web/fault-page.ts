import { escapeHtml } from "#lib/html.ts";
import { type Locale, translator } from "#lib/locale/index.ts";

const style =
  ":root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-content:center;padding:16px;font:1.0625rem/1.6 system-ui,sans-serif;background:light-dark(#fbf9f4,#0d1418);color:light-dark(#16242c,#eeede7)}main{max-width:40rem}h1{font-size:2rem;line-height:1.2;text-wrap:balance}a{color:light-dark(#065e47,#7adab7)}.a{fill:light-dark(#065e47,#7adab7)}";

/** The policy that such a page is sent with: nothing but its own style. */
export const faultPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/** A page whole in itself, because whatever else makes pages may be what failed: what happened, and one way on. */
export function faultPage(locale: Locale, title: string, text: string): string {
  const back = escapeHtml(translator(locale)("faults.back"));
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
<style>${style}</style></head>
<body><main><svg width="64" height="64" viewBox="0 0 32 32" aria-hidden="true"><path class="a" d="M16 3a11 11 0 0 0 0 22z"/><path d="M16 7a11 11 0 0 1 0 22z" fill="#f9c04c"/></svg><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p><p><a href="/">${back}</a></p></main></body></html>`;
}
