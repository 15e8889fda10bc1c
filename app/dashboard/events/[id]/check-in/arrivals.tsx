import type { ReactNode } from "react";
import { Button, buttonLook } from "#app/_ui/button.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import type { Arrival } from "#lib/participation/check-in/queries.ts";
import { nameOf } from "../participants/people.tsx";

type Said = { t: Translate; nameOf: (one: Arrival) => string; checkedIn: (at: Date) => string };

/** What the rows say: who, with how many, and since when they are here, by the clock of the event. */
export function arrivalWords(t: Translate, locale: Locale, zone: string): Said {
  const clock = dateFormat(locale, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const guests = (count: number) => (count > 0 ? ` ${t("desk.personGuests", { count })}` : "");
  return {
    t,
    nameOf: (one) => `${nameOf(t, one)}${guests(one.guests)}`,
    checkedIn: (at) => t("door.checkedIn", { time: clock.format(at) }),
  };
}

export function ArrivalForm({ action, children }: { action: string; children: ReactNode }) {
  return (
    <form method="post" action={action}>
      <FormGuard path={action} />
      {children}
    </form>
  );
}

/** The whole row is the button of whoever is still awaited; whoever is here can be taken back by a smaller one. */
export function ArrivalRow({ t, nameOf, checkedIn, one }: Said & { one: Arrival }) {
  const row = "flex min-h-14 w-full flex-wrap items-center gap-x-3 gap-y-1 rounded-card border px-4 py-2 text-start";
  if (!one.checkedInAt)
    return (
      <button
        type="submit"
        name="here"
        value={one.id}
        className={`${row} cursor-pointer border-control bg-surface hover:border-accent`}
      >
        <span className="min-w-0 flex-1 basis-32 font-semibold" dir="auto">
          {nameOf(one)}
        </span>
        <span className="text-sm font-semibold text-accent">{t("door.checkIn")}</span>
      </button>
    );
  return (
    <div className={`${row} border-transparent bg-accent-tint`}>
      <Icon name="check" className="text-accent" />
      <span className="min-w-0 flex-1 basis-32">
        <span className="font-semibold" dir="auto">
          {nameOf(one)}
        </span>
        <span className="block text-sm tabular-nums">{checkedIn(one.checkedInAt)}</span>
      </span>
      <Undo t={t} nameOf={nameOf} one={one} />
    </div>
  );
}

const Undo = ({ t, nameOf, one }: Pick<Said, "t" | "nameOf"> & { one: Arrival }) => (
  <button
    type="submit"
    name="gone"
    value={one.id}
    aria-label={t("door.undoFor", { name: nameOf(one) })}
    className={buttonLook("quiet")}
  >
    {t("door.undo")}
  </button>
);

/** The one whose code was read, or who was ticked off just now. */
export function Found({ t, nameOf, checkedIn, action, found }: Said & { action: string; found: Arrival | null }) {
  if (!found) return <Notice kind="warn" role="status" title={t("door.unknown")} />;
  const name = <bdi>{nameOf(found)}</bdi>;
  if (found.state !== "accepted") {
    const shelf = t(`desk.shelf_${found.state as "left"}`);
    return (
      <Notice kind="danger" role="status" title={t("door.notExpected")}>
        <p className="text-lg font-semibold">{name}</p>
        <p>{t("door.stands", { state: shelf })}</p>
      </Notice>
    );
  }
  return (
    <ArrivalForm action={action}>
      <Notice
        kind={found.checkedInAt ? "ok" : "info"}
        icon={found.checkedInAt ? "check" : "ticket"}
        role="status"
        title={found.checkedInAt ? checkedIn(found.checkedInAt) : t("desk.shelf_accepted")}
      >
        <p className="text-lg font-semibold">{name}</p>
        {found.checkedInAt ? (
          <Undo t={t} nameOf={nameOf} one={found} />
        ) : (
          <Button look="filled" name="here" value={found.id} className="mt-2 w-full">
            {t("door.checkIn")}
          </Button>
        )}
      </Notice>
    </ArrivalForm>
  );
}
