import { createTranslator } from "use-intl/core";
import en from "./en/index.ts";
import fr from "./fr/index.ts";

/** Every string of Parvis, by namespace. English is the shape; the other languages are checked against it. */
export type Messages = typeof en;
export type Locale = "en" | "fr";

export const locales: readonly Locale[] = ["en", "fr"];
export const localeNames: Record<Locale, string> = { en: "English", fr: "Français" };

const catalogues: Record<Locale, Messages> = { en, fr };

const make = (locale: Locale) =>
  createTranslator<Messages>({
    locale,
    messages: catalogues[locale],
    timeZone: "UTC",
    onError: (error) => {
      throw error;
    },
  });

export type Translate = ReturnType<typeof make>;

const made = new Map<Locale, Translate>();

/** The sentences of one language: `t("event.full", { count: 3 })` (ICU MessageFormat). Made once, then shared. */
export function translator(locale: Locale): Translate {
  let t = made.get(locale);
  if (!t) {
    t = make(locale);
    made.set(locale, t);
  }
  return t;
}

/** A language tag as one of ours: `fr-CA` is `fr`, anything unknown is the fallback. */
export function asLocale(tag: string | null | undefined, fallback: Locale = "en"): Locale {
  const base = tag?.toLowerCase().split("-")[0];
  return locales.find((locale) => locale === base) ?? fallback;
}

/** The first of the reader's languages that we speak (RFC 9110 12.5.4). */
export function negotiate(acceptLanguage: string | null | undefined, fallback: Locale = "en"): Locale {
  const wanted = (acceptLanguage ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const q = Number(
        parameters
          .find((one) => one.trim().startsWith("q="))
          ?.trim()
          .slice(2) ?? 1,
      );
      return { base: tag.toLowerCase().split("-")[0], q: Number.isNaN(q) ? 0 : q };
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q);
  for (const { base } of wanted) {
    const found = locales.find((locale) => locale === base);
    if (found) return found;
  }
  return fallback;
}
