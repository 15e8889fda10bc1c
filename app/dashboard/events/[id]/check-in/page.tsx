import type { Metadata } from "next";
import { Button, ButtonLink, wayLook } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { textOf } from "#app/_web/request.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { countArrivals, getArrival, listArrivals } from "#lib/participation/check-in/queries.ts";
import { getDecidableEvent } from "#lib/participation/desk/queries.ts";
import { may } from "#lib/policy/staff.ts";
import { EventFrame } from "../../../frame.tsx";
import { ArrivalForm, ArrivalRow, arrivalWords, Found } from "./arrivals.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const pageSize = 50;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("door.title"), robots: { index: false } };
}

/** At the door: who is expected, ticked off by one press each; the code of somebody's place leads to them alone. */
export default async function CheckIn({ params, searchParams }: Props) {
  const [{ id }, search] = [await params, await searchParams];
  const page = `/dashboard/events/${encodeURIComponent(id)}/check-in`;
  const [words, after, person] = [textOf(search.q, 100), textOf(search.after, 36), textOf(search.person, 36)];
  const { viewer } = await signedInAt(person ? `${page}?person=${encodeURIComponent(person)}` : page);
  const { t, locale } = await getReader();
  const db = database();
  const at = await getDecidableEvent(db, viewer, id, "admit");
  if (!at) return absent();
  const door = { addresses: may(at.role, "decide") };
  const [rows, count, found, kept] = await Promise.all([
    listArrivals(db, id, door, { words, after, limit: pageSize + 1 }),
    countArrivals(db, id),
    person ? getArrival(db, id, door, person) : null,
    formState(t, search.form, page),
  ]);
  const shown = rows.slice(0, pageSize);
  const next = new URLSearchParams({ ...(words ? { q: words } : {}), after: shown.at(-1)?.id ?? "" });
  const said = arrivalWords(t, locale, at.event.timezone);
  return (
    <EventFrame t={t} event={at.event} role={at.role} here="door" title={t("door.title")}>
      <div className="grid max-w-[40rem] gap-5">
        <ErrorSummary t={t} errors={kept.errors} />
        {person && <Found {...said} action={`${page}/arrival`} found={found} />}
        <p className="font-display text-xl">{t("door.here", count)}</p>
        <form action={page} className="flex flex-wrap items-end gap-3">
          <TextField
            name="q"
            type="search"
            maxLength={100}
            autoComplete="off"
            enterKeyHint="search"
            label={t(door.addresses ? "door.searchAll" : "door.search")}
            defaultValue={words}
            // The next one in the queue is searched for at once.
            autoFocus
            className="min-w-0 flex-1 basis-48"
          />
          <Button>
            <Icon name="search" />
            {t("desk.participantsFind")}
          </Button>
        </form>
        {shown.length > 0 ? (
          <ArrivalForm action={`${page}/arrival`}>
            <ul className="grid gap-2">
              {shown.map((one) => (
                <li key={one.id}>
                  <ArrivalRow {...said} one={one} />
                </li>
              ))}
            </ul>
          </ArrivalForm>
        ) : (
          <EmptyState seed={id} title={t(words ? "desk.participantsNoneFound" : "door.nobody")} />
        )}
        <p className="flex flex-wrap items-center gap-x-6 gap-y-3">
          {rows.length > pageSize && (
            <ButtonLink href={`${page}?${next}`} rel="next">
              {t("desk.showMore")}
            </ButtonLink>
          )}
          {(words || after) && (
            <a href={page} className={wayLook}>
              {t("door.all")}
            </a>
          )}
          <a href={`/dashboard/events/${id}/participants/sheet`} className={wayLook}>
            {t("desk.signInSheet")}
          </a>
        </p>
        {!door.addresses && <p className="text-sm text-muted">{t("door.text")}</p>}
      </div>
    </EventFrame>
  );
}
