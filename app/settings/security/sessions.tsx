import { Button } from "#app/_ui/button.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { listSessions } from "#lib/account/session/queries.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";

type Props = {
  t: Translate;
  locale: Locale;
  timezone: string;
  sessions: Awaited<ReturnType<typeof listSessions>>;
  current: string;
};

const ways = {
  password: "account.byPassword",
  mail: "account.byMail",
  openid: "account.byOpenid",
  setup: "account.bySetup",
} as const;

/** Where the account is open: which browser, since when, by what; each can be ended, or all but this one. */
export function Sessions({ t, locale, timezone, sessions, current }: Props) {
  const date = dateFormat(locale, timezone, { day: "numeric", month: "long", year: "numeric" });
  const all = "/settings/security/sessions/end";
  return (
    <>
      <ul className="grid">
        {sessions.map(({ id, device, method, createdAt, usedAt }) => {
          const action = `/settings/security/sessions/${id}/end`;
          const own = id === current;
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2">
              <div className="min-w-0 flex-1 basis-60">
                <p className="font-semibold">
                  {device || t("account.deviceUnknown")}
                  {own && <span className="font-normal text-muted"> ({t("account.thisSession")})</span>}
                </p>
                <p className="text-sm text-muted">
                  {t("account.sessionSince", {
                    way: t(ways[method as keyof typeof ways]),
                    since: date.format(createdAt),
                    used: date.format(usedAt),
                  })}
                </p>
              </div>
              {!own && (
                <form method="post" action={action}>
                  <FormGuard path={action} />
                  <Button aria-label={t("account.sessionEndThat", { device: device || t("account.deviceUnknown") })}>
                    {t("account.sessionEnd")}
                  </Button>
                </form>
              )}
            </li>
          );
        })}
      </ul>
      {sessions.length > 1 && (
        <form method="post" action={all}>
          <FormGuard path={all} />
          <Button look="danger">{t("account.sessionsEnd")}</Button>
        </form>
      )}
    </>
  );
}
