import { escapeHtml } from "#lib/html.ts";
import { negotiate, translator } from "#lib/locale/index.ts";

/** The page for 500 and 503: whole in itself, because whatever else makes pages may be what failed. */
export function faultPage(status: number, id: string, acceptLanguage: string | undefined): string {
  const locale = negotiate(acceptLanguage);
  const t = translator(locale);
  const away = status === 503;
  const title = escapeHtml(t(away ? "faults.awayTitle" : "faults.title"));
  const text = escapeHtml(away ? t("faults.away") : t("faults.text", { id }));
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-content:center;padding:16px;font:1.0625rem/1.6 system-ui,sans-serif;background:light-dark(#fbf9f4,#0d1418);color:light-dark(#16242c,#eeede7)}main{max-width:40rem}h1{font-size:2rem;line-height:1.2}a{color:light-dark(#065e47,#7adab7)}</style></head>
<body><main><svg width="64" height="64" viewBox="0 0 32 32" aria-hidden="true"><path d="M16 3a11 11 0 0 0 0 22z" fill="#065e47"/><path d="M16 7a11 11 0 0 1 0 22z" fill="#f9c04c"/></svg><h1>${title}</h1><p>${text}</p><p><a href="/">${escapeHtml(t("faults.back"))}</a></p></main></body></html>`;
}
