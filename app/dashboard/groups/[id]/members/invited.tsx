import { Button } from "#app/_ui/button.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { listInvited } from "#lib/group/invitation/queries.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";

type Props = {
  t: Translate;
  locale: Locale;
  timezone: string;
  action: string;
  invited: Awaited<ReturnType<typeof listInvited>>;
};

/** Those who have not answered their invitation yet. */
export function Invited({ t, locale, timezone, action, invited }: Props) {
  const date = dateFormat(locale, timezone, { day: "numeric", month: "long" });
  return (
    <section className="grid gap-2">
      <h2 className="text-lg">{t("group.invitedTitle")}</h2>
      <ul className="grid">
        {invited.map(({ id, email, name, handle, host, expiresAt }) => {
          const called = name ?? email ?? "";
          return (
            <li key={id} className="flex flex-wrap items-center justify-between gap-3 border-b border-line py-2">
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <bdi>{called}</bdi>{" "}
                {handle && (
                  <span className="text-muted">
                    @{handle}
                    {host && `@${host}`}
                  </span>
                )}
                <span className="block text-sm text-muted">
                  {t("group.invitedWaits", { date: date.format(expiresAt!) })}
                </span>
              </span>
              <form method="post" action={action}>
                <FormGuard path={action} />
                <input type="hidden" name="person" value={id} />
                <Button aria-label={t("group.withdrawOf", { name: called })}>{t("group.withdraw")}</Button>
              </form>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
