import { Button, ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { database } from "#app/_web/database.ts";
import type { Translate } from "#lib/locale/index.ts";
import { type getDecidableEvent, listArrivals } from "#lib/participation/desk/queries.ts";
import { EventFrame } from "../../../frame.tsx";
import { nameOf } from "./people.tsx";

const pageSize = 50;

type Props = {
  t: Translate;
  at: NonNullable<Awaited<ReturnType<typeof getDecidableEvent>>>;
  q: unknown;
  after: unknown;
};

/** Who is coming, as helpers at the door see it: names and seats. */
export async function DoorList({ t, at: { event, role }, q, after }: Props) {
  const page = `/dashboard/events/${event.id}/participants`;
  const words = typeof q === "string" ? q.trim().slice(0, 100) : "";
  const from = typeof after === "string" ? after : null;
  const rows = await listArrivals(database(), event.id, { words, after: from, limit: pageSize + 1 });
  const shown = rows.slice(0, pageSize);
  const next = new URLSearchParams({ ...(words ? { q: words } : {}), after: shown.at(-1)?.id ?? "" });
  return (
    <EventFrame t={t} event={event} role={role} here="participants" title={t("desk.participantsTitle")}>
      <p className="max-w-[40rem]">{t("staff.peopleText")}</p>
      <form action={page} className="flex max-w-[40rem] flex-wrap items-end gap-3">
        <TextField
          name="q"
          type="search"
          maxLength={100}
          label={t("staff.search")}
          defaultValue={words}
          className="min-w-0 flex-1 basis-64"
        />
        <Button>
          <Icon name="search" />
          {t("desk.participantsFind")}
        </Button>
      </form>
      {shown.length === 0 ? (
        <p className="text-muted">{t(words ? "desk.participantsNoneFound" : "desk.participantsNone")}</p>
      ) : (
        <ul className="grid max-w-[40rem] gap-2">
          {shown.map((one) => (
            <li key={one.id} className="rounded-card border border-line bg-surface p-3 sm:p-4" dir="auto">
              <span className="font-semibold">{nameOf(t, one)}</span>
              {one.guests > 0 && ` ${t("desk.personGuests", { count: one.guests })}`}
            </li>
          ))}
        </ul>
      )}
      <p className="flex flex-wrap items-center gap-x-6 gap-y-3">
        {rows.length > pageSize && (
          <ButtonLink href={`${page}?${next}`} rel="next">
            {t("desk.showMore")}
          </ButtonLink>
        )}
        <a href={`${page}/sheet`} className={`inline-flex min-h-11 items-center ${linkLook}`}>
          {t("desk.signInSheet")}
        </a>
      </p>
    </EventFrame>
  );
}
