import { type Locale, translator } from "#lib/locale/index.ts";
import { faultPage, faultPolicy } from "./fault-page.ts";
import type { TypedWords } from "./typed-words.ts";

/**
 * The answer of a route that has no page of its own to go back to. Without a sentence: the one for 503. `typed` is what
 * stood in its form, for whoever typed it to take along.
 */
export function faultAnswer(status: number, locale: Locale, sentence?: string, typed: TypedWords[] = []): Response {
  const t = translator(locale);
  const [title, text] = sentence ? [t("faults.refused"), sentence] : [t("faults.awayTitle"), t("faults.away")];
  const headers = new Headers({
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": faultPolicy,
  });
  if (status === 503) headers.set("Retry-After", "30");
  return new Response(faultPage(locale, title, text, typed), { status, headers });
}
