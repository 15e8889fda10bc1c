import type { ReactNode } from "react";
import { type Locale, localeNames, locales, type Translate } from "#lib/locale/index.ts";

type Props = { t: Translate; locale: Locale; theme: string; name: string; guard: ReactNode };

/** Language and theme as a plain form, and where to read about this server. */
export function SiteFooter({ t, locale, theme, name, guard }: Props) {
  const select = "min-h-11 rounded-control border border-control bg-surface px-2";
  const themes = [
    ["system", t("site.themeSystem")],
    ["light", t("site.themeLight")],
    ["dark", t("site.themeDark")],
  ] as const;
  return (
    <footer className="border-t border-line bg-sunken print:hidden">
      <div className="mx-auto flex max-w-[72rem] flex-wrap items-end gap-x-8 gap-y-4 px-4 py-6 text-sm">
        <p className="mr-auto">
          <a className="underline" href="/about">
            {t("site.about")}
          </a>{" "}
          · {name}
        </p>
        <form method="post" action="/preferences" className="flex flex-wrap items-end gap-3">
          {guard}
          <label className="grid gap-1">
            {t("site.language")}
            <select name="locale" defaultValue={locale} className={select}>
              {locales.map((one) => (
                <option key={one} value={one} lang={one}>
                  {localeNames[one]}
                </option>
              ))}
            </select>
          </label>
          <label className="grid gap-1">
            {t("site.theme")}
            <select name="theme" defaultValue={theme} className={select}>
              {themes.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <button
            type="submit"
            className="min-h-11 rounded-control border border-control bg-surface px-4 font-semibold"
          >
            {t("site.apply")}
          </button>
        </form>
      </div>
    </footer>
  );
}
