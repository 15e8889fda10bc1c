import type { Translate } from "#lib/locale/index.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Logo } from "./logo.tsx";

type Props = { t: Translate; name: string; mailbox: boolean; signedIn: boolean; moderates: boolean };
type Way = { href: string; icon: IconName; word: string; seldom?: boolean };

/**
 * Logo and name, search, calendar, groups, signing in or one's events and settings, and moderation for those who do that.
 * The same on every page; where there is little room, two lines, with what is seldom needed behind a word.
 */
export function SiteHeader({ t, name, mailbox, signedIn, moderates }: Props) {
  const ways: Way[] = [
    { href: "/search", icon: "search", word: t("site.search") },
    { href: "/calendar", icon: "calendar", word: t("site.calendar"), seldom: signedIn },
    { href: "/groups", icon: "people", word: t("group.title") },
  ];
  if (mailbox) ways.push({ href: "/mailbox", icon: "mail", word: t("site.mailbox"), seldom: true });
  if (moderates) ways.push({ href: "/moderation", icon: "flag", word: t("moderation.title"), seldom: true });
  if (signedIn)
    ways.push(
      { href: "/dashboard", icon: "ticket", word: t("desk.title") },
      { href: "/settings", icon: "person", word: t("account.settings"), seldom: true },
    );
  else ways.push({ href: "/sign-in", icon: "person", word: t("site.signIn") });
  const seldom = ways.filter((way) => way.seldom);
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
              {seldom.map((way) => (
                <WayLink key={way.href} {...way} />
              ))}
            </nav>
          </details>
        )}
        <nav
          className="-mx-1.5 flex basis-full flex-wrap items-center text-[.9375rem] sm:text-base lg:basis-auto"
          aria-label={t("site.navigation")}
        >
          {ways.map((way) => (
            <WayLink key={way.href} {...way} className={way.seldom ? "max-lg:hidden" : ""} />
          ))}
        </nav>
      </div>
    </header>
  );
}

const WayLink = ({ href, icon, word, className = "" }: Way & { className?: string }) => (
  <a
    className={`inline-flex min-h-11 items-center gap-2 rounded-control px-1.5 font-semibold hover:underline sm:px-3 lg:px-2 ${className}`}
    href={href}
  >
    <Icon name={icon} className="hidden text-accent sm:block" />
    {word}
  </a>
);
