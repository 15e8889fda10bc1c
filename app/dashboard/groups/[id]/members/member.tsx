import { Avatar } from "#app/_ui/avatar.tsx";
import { Button, linkLook } from "#app/_ui/button.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { MemberRow } from "#lib/group/membership/queries.ts";
import type { DeskGroup } from "#lib/group/queries.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { mayIn, outranks } from "#lib/policy/group.ts";
import { actorPath, mediaPath } from "#lib/urls.ts";
import { RoleForm } from "./role-form.tsx";

type Props = { t: Translate; locale: Locale; timezone: string; group: DeskGroup; member: MemberRow; page: string };

/** A member: who, as what, since when, and what this viewer may change of it. */
export function Member({ t, locale, timezone, group, member, page }: Props) {
  const { id, handle, host, name, iconId, role, joinedAt } = member;
  const date = dateFormat(locale, timezone, { day: "numeric", month: "long", year: "numeric" });
  return (
    <article className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-card border border-line bg-surface p-4">
      <div className="flex min-w-0 items-center gap-3">
        {iconId && <Avatar src={mediaPath(iconId)} size="line" />}
        <div className="min-w-0">
          <p className="font-semibold [overflow-wrap:anywhere]" dir="auto">
            {name}{" "}
            <a href={actorPath(handle, host)} className={`font-normal ${linkLook}`} dir="ltr">
              @{handle}
              {host && `@${host}`}
            </a>
          </p>
          <p className="text-sm text-muted">
            {t(`group.role_${role}`)}
            {joinedAt && ` · ${t("group.since", { date: date.format(joinedAt) })}`}
          </p>
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        {mayIn(group, "promote") && <RoleForm {...{ t, id, role, name }} action={`${page}/role`} />}
        {mayIn(group, "remove") && outranks(group.role, role) && (
          <form method="post" action={`${page}/removal`}>
            <FormGuard path={`${page}/removal`} />
            <input type="hidden" name="person" value={id} />
            <Button look="danger" aria-label={t("group.removeOf", { name })}>
              {t("group.remove")}
            </Button>
          </form>
        )}
      </div>
    </article>
  );
}
