import { Button, linkLook } from "#app/_ui/button.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { StaffRow } from "#lib/event/staff/queries.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { actorPath } from "#lib/urls.ts";

type Props = { t: Translate; locale: Locale; zone: string; action: string; member: StaffRow };

/** Somebody who helps, or is invited to: who, as what, since when, and the button that ends it. */
export function Member({ t, locale, zone, action, member }: Props) {
  const { id, handle, name, email, role, acceptedAt, expiresAt } = member;
  const date = dateFormat(locale, zone, { day: "numeric", month: "long", year: "numeric" });
  const called = name ?? email ?? "";
  const word = t(acceptedAt ? "staff.remove" : "staff.withdraw");
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-card border border-line bg-surface p-4">
      <div className="min-w-0">
        <p className="font-semibold [overflow-wrap:anywhere]" dir="auto">
          {called}{" "}
          {handle && (
            <a href={actorPath(handle)} className={`font-normal ${linkLook}`} dir="ltr">
              @{handle}
            </a>
          )}
        </p>
        <p className="text-sm text-muted">
          {t(`staff.role_${role}`)}
          {acceptedAt && ` · ${t("staff.since", { date: date.format(acceptedAt) })}`}
        </p>
        {expiresAt && <p className="text-sm text-warn">{t("staff.waits", { date: date.format(expiresAt) })}</p>}
      </div>
      <form method="post" action={action}>
        <FormGuard path={action} />
        <input type="hidden" name="person" value={id} />
        <Button look="danger" aria-label={t("staff.whom", { action: word, name: called })}>
          {word}
        </Button>
      </form>
    </div>
  );
}
