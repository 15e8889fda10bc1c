import type { Metadata } from "next";
import { wayLook } from "#app/_ui/button.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { eventDate } from "#lib/locale/dates.ts";
import { type Arrival, listArrivals } from "#lib/participation/check-in/queries.ts";
import { getDecidableEvent } from "#lib/participation/desk/queries.ts";
import { may } from "#lib/policy/staff.ts";
import { nameOf } from "../people.tsx";

const pageSize = 5_000;

/** Of the whole table: ten thousand rows that each carried it would be megabytes. The first cell is the box to tick. */
const look = [
  "w-full border-collapse [&_:is(td,th)]:border [&_:is(td,th)]:border-line [&_:is(td,th)]:px-3 [&_:is(td,th)]:py-2",
  "[&_th]:text-start [&_thead_th]:bg-sunken [&_thead_th]:whitespace-nowrap [&_tbody_th]:font-normal [&_tr]:break-inside-avoid [&_td]:tabular-nums",
  "[&_td:first-child]:w-1 [&_td:last-child]:w-1 [&_td:first-child]:before:block [&_td:first-child]:before:size-6",
  "[&_td:first-child]:before:rounded-control [&_td:first-child]:before:border-2 [&_td:first-child]:before:border-control",
].join(" ");

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("desk.signInSheet"), robots: { index: false } };
}

/** Everybody who is coming, by name, with a box to tick: to print, the head row on each page. */
export default async function Sheet({ params }: Props) {
  const { id } = await params;
  const { viewer } = await signedInAt(`/dashboard/events/${encodeURIComponent(id)}/participants/sheet`);
  const { t, locale } = await getReader();
  const db = database();
  const at = await getDecidableEvent(db, viewer, id, "admit");
  if (!at) return absent();
  // Who has given no name stands on the organisers' sheet by their address.
  const door = { addresses: may(at.role, "decide") };
  const all: Arrival[] = [];
  for (let after: string | null = null; ; after = all.at(-1)!.id) {
    const page: Arrival[] = await listArrivals(db, id, door, { after, limit: pageSize });
    all.push(...page);
    if (page.length < pageSize) break;
  }
  const order = new Intl.Collator(locale);
  const people = all
    .map((one) => ({ id: one.id, name: nameOf(t, one), guests: one.guests }))
    .sort((a, b) => order.compare(a.name, b.name));
  return (
    <div className="grid gap-4 py-8 print:py-0">
      <p className="print:hidden">
        <a href={`/dashboard/events/${id}/check-in`} className={wayLook}>
          {t("door.title")}
        </a>
      </p>
      <h1 dir="auto">{at.event.name}</h1>
      <p>{eventDate(locale, at.event)}</p>
      <table className={look}>
        <caption className="sr-only">{t("desk.participantsCaption", { name: at.event.name })}</caption>
        <thead>
          <tr>
            {(["sheetHere", "columnName", "columnGuests"] as const).map((word) => (
              <th key={word} scope="col">
                {t(`desk.${word}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map(({ id: key, name, guests }) => (
            <tr key={key}>
              <td />
              <th scope="row" dir="auto">
                {name}
              </th>
              <td>{guests > 0 && `+${guests}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
