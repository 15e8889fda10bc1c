import { wayLook } from "#app/_ui/button.tsx";
import type { Translate } from "#lib/locale/index.ts";
import { type EventRole, may } from "#lib/policy/staff.ts";

/** For whoever runs the event or helps: the way to its desk. */
export const OwnEvent = ({ t, id, role }: { t: Translate; id: string; role: EventRole }) => (
  <p className="flex flex-wrap items-baseline gap-x-4 print:hidden">
    {role === "owner" && t("desk.yours")}
    <a className={wayLook} href={`/dashboard/events/${id}`}>
      {t("desk.openDesk")}
    </a>
    {may(role, "change") && (
      <a className={wayLook} href={`/dashboard/events/${id}/edit`}>
        {t("desk.edit")}
      </a>
    )}
  </p>
);
