import { Button } from "#app/_ui/button.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { Translate } from "#lib/locale/index.ts";
import { type GroupRole, groupRoles } from "#lib/policy/group.ts";

type Props = { t: Translate; id: string; name: string; role: GroupRole; action: string };

/** Where a member is given another role. */
export const RoleForm = ({ t, id, name, role, action }: Props) => (
  <form method="post" action={action} className="flex gap-2">
    <FormGuard path={action} />
    <input type="hidden" name="person" value={id} />
    <select
      name="role"
      defaultValue={role}
      aria-label={t("group.roleOf", { name })}
      className="min-h-11 rounded-control border border-control bg-surface px-2 text-base"
    >
      {groupRoles.map((one) => (
        <option key={one} value={one}>
          {t(`group.role_${one}`)}
        </option>
      ))}
    </select>
    <Button aria-label={t("staff.whom", { action: t("group.changeRole"), name })}>{t("group.changeRole")}</Button>
  </form>
);
