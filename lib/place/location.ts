import type { PlaceInput } from "./input.ts";

const languages = ["en", "fr", "de", "es", "it", "nl", "pt", "pl", "sv"];
const spellings = ["U.S.A.", "USA", "US", "U.S.", "United States of America", "U.K.", "UK", "Great Britain"];
const others = ["England", "Scotland", "Wales", "Northern Ireland", "The Netherlands", "Czech Republic", "Türkiye"];

let countries: Set<string> | undefined;

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Country names as people write them in our readers' languages, folded. */
function isCountry(text: string): boolean {
  if (!countries) {
    countries = new Set([...spellings, ...others].map(fold));
    const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
    for (const language of languages) {
      const names = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
      for (const code of letters.flatMap((a) => letters.map((b) => a + b))) {
        const name = names.of(code);
        if (name) countries.add(fold(name));
      }
    }
  }
  return countries.has(fold(text));
}

/**
 * A place written in one line, taken apart as far as that is certain: "Town, Country", "Town, ST, Country",
 * "Venue, 1 Street, 75020 Town, Country". Where the last part is no country, all of it is the place's name.
 */
export function readLocation(text: string): PlaceInput {
  const parts = text
    .split(/\s*[,\n]\s*/)
    .map((part) => part.trim())
    .filter(Boolean);
  const country = parts.at(-1) ?? "";
  if (parts.length < 2 || !isCountry(country)) return { name: text.slice(0, 200).trim() };
  const rest = parts.slice(0, -1);
  const place: PlaceInput = { addressCountry: country.slice(0, 120) };
  const region = /^([A-Z]{2,3})(?:\s+(\d{4,5}(?:-\d{4})?))?$/.exec(rest.length > 1 ? rest.at(-1)! : "");
  if (region) {
    rest.pop();
    place.addressRegion = region[1];
    if (region[2]) place.postalCode = region[2];
  }
  const town = rest.pop()!;
  const [, before, name] = /^((?:[A-Z]{1,2}-)?\d{4,6})\s+(.+)$/.exec(town) ?? [];
  const [, british, after] = /^(.+?)\s+([A-Z]{1,2}\d[A-Z\d]?(?:\s*\d[A-Z]{2})?)$/.exec(town) ?? [];
  place.addressLocality = (name ?? british ?? town).slice(0, 120);
  if (before ?? after) place.postalCode = before ?? after;
  const street = rest.findLastIndex((part) => /^\d+\w?\s|\s\d+\w?$/.test(part));
  if (street >= 0) place.streetAddress = rest.splice(street, 1)[0]!.slice(0, 200);
  if (rest.length > 0) place.name = rest.join(", ").slice(0, 200);
  return place;
}
