import type { Translate } from "#lib/locale/index.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Logo } from "./logo.tsx";

type Props = { t: Translate; name: string; mailbox: boolean; signedIn: boolean; moderates: boolean };
type Way = [href: string, icon: IconName, word: string];

/**
 * Logo and name, search, calendar, groups, signing in or one's events and settings, and moderation for those who do that.
 * The same on every page; where there is little room, two lines, with what is seldom needed behind a word.
 */
export function SiteHeader({ t, name, mailbox, signedIn, moderates }: Props) {
  const often: Way[] = [
    ["/search", "search", t("site.search")],
    ["/calendar", "calendar", t("site.calendar")],
    ["/groups", "people", t("group.title")],
    signedIn ? ["/dashboard", "ticket", t("desk.title")] : ["/sign-in", "person", t("site.signIn")],
  ];
  const seldom: Way[] = [];
  if (mailbox) seldom.push(["/mailbox", "mail", t("site.mailbox")]);
  if (moderates) seldom.push(["/moderation", "flag", t("moderation.title")]);
  if (signedIn) seldom.push(["/settings", "person", t("account.settings")]);
  return (
    <header className="border-b border-line bg-surface print:hidden">
      <div className="mx-auto flex max-w-[72rem] flex-wrap items-center justify-between gap-x-6 px-4 py-1.5">
        <a
          href="/"
          className="flex min-h-11 min-w-0 flex-1 items-center gap-2.5 font-display text-lg font-bold hover:underline lg:flex-none"
        >
          <Logo />
          <span className="line-clamp-1">{name}</span>
        </a>
        {seldom.length > 0 && (
          <details className="relative lg:hidden">
            <summary className="-me-2 min-h-11 content-center rounded-control px-2 font-semibold">
              {t("site.more")}
            </summary>
            <nav
              className="absolute end-0 top-full z-20 grid w-max rounded-card border border-line bg-surface p-2"
              aria-label={t("site.more")}
            >
              <Ways ways={seldom} />
            </nav>
          </details>
        )}
        <nav
          className="-mx-2 flex basis-full flex-wrap items-center text-[.9375rem] sm:text-base lg:basis-auto"
          aria-label={t("site.navigation")}
        >
          <Ways ways={often} />
          <Ways ways={seldom} className="max-lg:hidden" />
        </nav>
      </div>
    </header>
  );
}

const Ways = ({ ways, className = "" }: { ways: Way[]; className?: string }) =>
  ways.map(([href, icon, word]) => (
    <a
      key={href}
      className={`inline-flex min-h-11 items-center gap-2 rounded-control px-2 font-semibold hover:underline sm:px-3 ${className}`}
      href={href}
    >
      <Icon name={icon} className="hidden text-accent sm:block" />
      {word}
    </a>
  ));
