import { escapeHtml } from "#lib/html.ts";
import { type Locale, translator } from "#lib/locale/index.ts";

/** A small page for a route that has no page of its own to go back to: says what happened, and one way on. */
export function faultAnswer(status: number, locale: Locale, sentence?: string): Response {
  const t = translator(locale);
  const text = escapeHtml(sentence ?? t(status === 503 ? "faults.away" : "refusals.not-found"));
  const body = `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${text}</title></head><body><main><h1>${text}</h1><p><a href="/">${escapeHtml(t("faults.back"))}</a></p></main></body></html>`;
  const headers: Record<string, string> = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
  if (status === 503) headers["Retry-After"] = "30";
  return new Response(body, { status, headers });
}
