import { wayLook } from "#app/_ui/button.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import type { listInvitations } from "#lib/event/staff/queries.ts";
import { shortDate } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { invitationPath } from "#lib/urls.ts";

type Props = { t: Translate; locale: Locale; invitations: Awaited<ReturnType<typeof listInvitations>> };

/** The events that others would like help with, each with the way to its invitation. */
export function Invitations({ t, locale, invitations }: Props) {
  return (
    <section className="grid gap-3">
      <h2 className="flex items-center gap-2 text-lg text-warn">
        <Icon name="mail" />
        {t("staff.waiting", { count: invitations.length })}
      </h2>
      <ul className="grid gap-3">
        {invitations.map(({ id, event, role, organizer, token }) => (
          <li key={id} className="rounded-card border border-line bg-surface p-4">
            <p className="font-semibold" dir="auto">
              {event.name}
            </p>
            <p className="text-sm text-muted">
              {shortDate(locale, event)} · <bdi>{organizer}</bdi> · {t(`staff.role_${role}`)}
            </p>
            <a
              href={invitationPath(token)}
              className={wayLook}
              aria-label={t("staff.whom", { action: t("staff.see"), name: event.name })}
            >
              {t("staff.see")}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
