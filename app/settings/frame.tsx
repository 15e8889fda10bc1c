import type { ReactNode } from "react";
import { Button } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { TabLinks } from "#app/_ui/tabs.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { Translate } from "#lib/locale/index.ts";

const pages = [
  ["/settings", "account.preferences"],
  ["/settings/profiles", "account.profiles"],
  ["/settings/security", "account.security"],
  ["/settings/notifications", "notice.title"],
  ["/settings/calendar", "account.calendar"],
  ["/settings/data", "account.data"],
  ["/dashboard/participations", "account.participations"],
  ["/dashboard/groups", "group.mine"],
  ["/dashboard/following", "federation.following"],
  ["/dashboard/followers", "federation.followers"],
] as const;

const done = {
  saved: "account.doneSaved",
  welcome: "account.doneWelcome",
  setup: "account.doneSetup",
  password: "account.donePassword",
  address: "account.doneAddress",
  restored: "account.doneRestored",
  "address-asked": "account.doneAddressAsked",
  session: "account.doneSession",
  sessions: "account.doneSessions",
  connected: "account.doneConnected",
  disconnected: "account.doneDisconnected",
  mail: "notice.doneAgain",
  calendar: "account.doneCalendar",
  "calendar-closed": "account.doneCalendarClosed",
} as const;

type Props = {
  t: Translate;
  /** The page among the settings' own. */
  here: (typeof pages)[number][0];
  title: ReactNode;
  /** The code of what was just done, from the address. */
  said?: unknown;
  children: ReactNode;
};

/** The frame of each page of one's own: the others beside it, and the way out. */
export function Frame({ t, here, title, said, children }: Props) {
  const word = Object.hasOwn(done, String(said)) ? done[said as keyof typeof done] : null;
  return (
    <div className="grid gap-x-12 gap-y-6 py-8 lg:grid-cols-[14rem_1fr]">
      <nav aria-label={t("account.settings")} className="lg:row-span-2">
        <details className="rounded-card border border-line bg-surface px-4 lg:hidden">
          <summary className="flex min-h-11 items-center font-semibold after:ms-auto">{t("account.settings")}</summary>
          <div className="-mx-3 pb-2">
            <Ways t={t} here={here} />
          </div>
        </details>
        <div className="max-lg:hidden">
          <Ways t={t} here={here} />
        </div>
      </nav>
      <div className="grid max-w-[40rem] content-start gap-6">
        {word && <Notice kind="ok" id="done" role="status" title={t(word)} />}
        <h1>{title}</h1>
        {children}
      </div>
    </div>
  );
}

function Ways({ t, here }: Pick<Props, "t" | "here">) {
  return (
    <>
      <TabLinks tabs={pages.map(([href, word]) => ({ href, word: t(word), here: href === here }))} className="grid" />
      <form method="post" action="/sign-out" className="mt-2">
        <FormGuard path="/sign-out" />
        <Button look="quiet" className="px-3!">
          {t("account.signOut")}
        </Button>
      </form>
    </>
  );
}

/** One part of a page of settings. */
export function Part({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className="grid gap-3 border-t border-line pt-5">
      <h2 className="text-xl">{title}</h2>
      {children}
    </section>
  );
}
