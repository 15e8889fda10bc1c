import { linkLook } from "#app/_ui/button.tsx";
import type { Translate } from "#lib/locale/index.ts";

/** For whoever runs the event: the way to its desk. */
export const OwnEvent = ({ t, id }: { t: Translate; id: string }) => (
  <p className="flex flex-wrap items-baseline gap-x-4 print:hidden">
    {t("desk.yours")}
    <a className={`inline-flex min-h-11 items-center ${linkLook}`} href={`/dashboard/events/${id}`}>
      {t("desk.openDesk")}
    </a>
    <a className={`inline-flex min-h-11 items-center ${linkLook}`} href={`/dashboard/events/${id}/edit`}>
      {t("desk.edit")}
    </a>
  </p>
);
