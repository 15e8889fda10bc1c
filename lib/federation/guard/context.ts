import type { Json } from "../documents.ts";
import { Denial } from "./denial.ts";

/** Terms that say who, what, whose and to whom: nobody renames them. */
const authority = [
  "id",
  "type",
  "actor",
  "object",
  "target",
  "attributedTo",
  "origin",
  "instrument",
  "result",
  "to",
  "cc",
  "bto",
  "bcc",
  "audience",
];

/**
 * Every context of an activity: its own, those of what it holds, and those that a term brings along.
 * @throws Denial 400 for one that is long, or that gives such a term another meaning.
 */
export function checkContext(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "@context") checkOne(inner);
    checkContext(inner);
  }
}

function checkOne(context: unknown): void {
  const parts = Array.isArray(context) ? context : [context];
  if (parts.length > 10) throw new Denial(400, "context too long");
  for (const part of parts) {
    if (part === undefined || part === null || typeof part === "string") continue;
    if (typeof part !== "object" || Array.isArray(part)) throw new Denial(400, "context");
    const terms = Object.entries(part);
    if (terms.length > 200) throw new Denial(400, "context too long");
    for (const [term, meaning] of terms) {
      const iri = typeof meaning === "object" && meaning !== null ? (meaning as Json)["@id"] : meaning;
      if (authority.includes(term) && !isUsual(term, iri)) throw new Denial(400, `context changes ${term}`);
      // Another name for one of them would be read by Fedify and by nobody else.
      const named =
        typeof iri === "string" ? /^(?:as:|https?:\/\/www\.w3\.org\/ns\/activitystreams#)(\w+)$/.exec(iri)?.[1] : null;
      if (named && authority.includes(named) && named !== term) throw new Denial(400, `context renames ${named}`);
    }
  }
}

/** `@id` and `@type` for id and type, ActivityStreams' own IRI for the others. */
function isUsual(term: string, iri: unknown): boolean {
  if (term === "id" || term === "type") return iri === `@${term}`;
  return iri === `as:${term}` || iri === `https://www.w3.org/ns/activitystreams#${term}`;
}
