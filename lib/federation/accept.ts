const activity = ["application/activity+json", "application/ld+json"];

/**
 * Whether an Accept header asks for ActivityStreams rather than for a page: by name, not refused with `q=0`, and wanted no
 * less than HTML (RFC 9110, 12.5.1). Whoever takes anything gets the page.
 */
export function wantsActivity(accept: string): boolean {
  const wanted = (...types: string[]): number =>
    Math.max(0, ...accept.split(",").map((range) => (types.includes(typeOf(range)) ? weightOf(range) : 0)));
  const weight = wanted(...activity);
  return weight > 0 && weight >= wanted("text/html");
}

const typeOf = (range: string): string => range.split(";")[0]!.trim().toLowerCase();

/** One that is written otherwise than the RFC has it does not count. */
const weightOf = (range: string): number => Number(/;\s*q=([01](?:\.\d{0,3})?)\s*(?:;|$)/i.exec(range)?.[1] ?? 1);
