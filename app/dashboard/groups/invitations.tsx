import { wayLook } from "#app/_ui/button.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import type { listGroupInvitations } from "#lib/group/invitation/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { groupInvitationPath } from "#lib/urls.ts";

type Props = { t: Translate; invitations: Awaited<ReturnType<typeof listGroupInvitations>> };

/** The groups that one is asked into, each with the way to its invitation. */
export const GroupInvitations = ({ t, invitations }: Props) => (
  <section className="grid gap-3">
    <h2 className="flex items-center gap-2 text-lg text-warn">
      <Icon name="mail" />
      {t("group.invitations", { count: invitations.length })}
    </h2>
    <ul className="grid gap-3">
      {invitations.map(({ id, group, inviter, token }) => (
        <li key={id} className="rounded-card border border-line bg-surface p-4">
          <p className="font-semibold" dir="auto">
            {group.name}
          </p>
          <p className="text-sm text-muted [overflow-wrap:anywhere]">
            {[
              inviter && t("group.invitedBy", { name: inviter }),
              group.locality,
              group.host && `@${group.handle}@${group.host}`,
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
          <a
            href={groupInvitationPath(token)}
            className={wayLook}
            aria-label={t("staff.whom", { action: t("group.seeInvitation"), name: group.name })}
          >
            {t("group.seeInvitation")}
          </a>
        </li>
      ))}
    </ul>
  </section>
);
