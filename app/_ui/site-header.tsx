import type { Translate } from "#lib/locale/index.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Logo } from "./logo.tsx";

type Props = { t: Translate; name: string; mailbox: boolean; signedIn: boolean; moderates: boolean };

/** Logo and name, search, calendar, groups, signing in or one's events and settings, and moderation for those who do that. The same on every page. */
export function SiteHeader({ t, name, mailbox, signedIn, moderates }: Props) {
  const links: [string, IconName, string][] = [
    ["/search", "search", t("site.search")],
    ["/calendar", "calendar", t("site.calendar")],
    ["/groups", "people", t("group.title")],
  ];
  if (mailbox) links.push(["/mailbox", "mail", t("site.mailbox")]);
  if (moderates) links.push(["/moderation", "flag", t("moderation.title")]);
  if (signedIn) links.push(["/dashboard", "ticket", t("desk.title")], ["/settings", "person", t("account.settings")]);
  else links.push(["/sign-in", "person", t("site.signIn")]);
  return (
    <header className="border-b border-line bg-surface print:hidden">
      <div className="mx-auto flex max-w-[72rem] flex-wrap items-center gap-x-6 px-4 py-1.5">
        <a
          href="/"
          className="me-auto flex min-h-11 items-center gap-2.5 font-display text-lg font-bold hover:underline"
        >
          <Logo />
          <span className="line-clamp-1">{name}</span>
        </a>
        <nav className="-mx-2 flex flex-wrap items-center" aria-label={t("site.navigation")}>
          {links.map(([href, icon, word]) => (
            <a
              key={href}
              className="inline-flex min-h-11 items-center gap-2 rounded-control px-2 font-semibold hover:underline max-sm:text-sm sm:px-3"
              href={href}
            >
              <Icon name={icon} className="hidden text-accent sm:block" />
              {word}
            </a>
          ))}
        </nav>
      </div>
    </header>
  );
}
