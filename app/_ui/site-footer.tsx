import type { ReactNode } from "react";
import { type Locale, localeNames, locales, type Translate } from "#lib/locale/index.ts";
import { buttonLook } from "./button.tsx";
import { Logo } from "./logo.tsx";

type Props = {
  t: Translate;
  locale: Locale;
  theme: string;
  name: string;
  /** The host's e-mail address; empty when the host gave none. */
  contact: string;
  guard: ReactNode;
};

/** Where to read about this server, and language and theme as a plain form; in the same place on every page. */
export function SiteFooter({ t, locale, theme, name, contact, guard }: Props) {
  const select = "min-h-11 rounded-control border border-control bg-surface px-2 text-base";
  const link = "inline-flex min-h-11 items-center underline-offset-3 hover:underline";
  const themes = [
    ["system", t("site.themeSystem")],
    ["light", t("site.themeLight")],
    ["dark", t("site.themeDark")],
  ] as const;
  const pages = [
    ["/about", t("site.about")],
    ["/about/rules", t("site.rules")],
    ["/about/privacy", t("site.privacy")],
    ["/about/terms", t("site.terms")],
  ] as const;
  return (
    <footer className="border-t border-line bg-sunken print:hidden">
      <div className="mx-auto flex max-w-[72rem] flex-wrap items-start justify-between gap-x-10 gap-y-4 px-4 py-6">
        <div>
          <p className="flex items-center gap-2 font-display font-bold">
            <Logo size={20} /> {name}
          </p>
          <nav aria-label={t("site.aboutPages")} className="flex flex-wrap gap-x-5 text-sm">
            {pages.map(([href, word]) => (
              <a key={href} className={link} href={href}>
                {word}
              </a>
            ))}
            {contact && (
              <a className={link} href={`mailto:${contact}`}>
                {t("site.contact")}
              </a>
            )}
          </nav>
          <p className="text-sm text-muted">{t("site.free")}</p>
        </div>
        <form method="post" action="/preferences" className="flex flex-wrap items-end gap-3 text-sm">
          {guard}
          <label className="grid gap-1 font-semibold">
            {t("site.language")}
            <select name="locale" defaultValue={locale} className={`${select} font-normal`}>
              {locales.map((one) => (
                <option key={one} value={one} lang={one}>
                  {localeNames[one]}
                </option>
              ))}
            </select>
          </label>
          <label className="grid gap-1 font-semibold">
            {t("site.theme")}
            <select name="theme" defaultValue={theme} className={`${select} font-normal`}>
              {themes.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className={buttonLook()}>
            {t("site.apply")}
          </button>
        </form>
      </div>
    </footer>
  );
}
