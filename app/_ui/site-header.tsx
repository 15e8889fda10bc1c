import type { Translate } from "#lib/locale/index.ts";
import { Logo } from "./logo.tsx";

/** Logo and name, search, calendar. The same on every page. */
export function SiteHeader({ t, name, mailbox }: { t: Translate; name: string; mailbox: boolean }) {
  const link = "inline-flex min-h-11 items-center rounded-control px-2 hover:underline";
  return (
    <header className="border-b border-line bg-surface print:hidden">
      <div className="mx-auto flex max-w-[72rem] flex-wrap items-center gap-x-4 px-4 py-1">
        <a href="/" className="mr-auto flex min-h-11 items-center gap-2 font-display text-lg font-bold">
          <Logo />
          <span>{name}</span>
        </a>
        <nav className="flex flex-wrap items-center gap-x-2" aria-label={t("site.navigation")}>
          <a className={link} href="/search">
            {t("site.search")}
          </a>
          <a className={link} href="/calendar">
            {t("site.calendar")}
          </a>
          {mailbox && (
            <a className={link} href="/mailbox">
              {t("site.mailbox")}
            </a>
          )}
        </nav>
      </div>
    </header>
  );
}
