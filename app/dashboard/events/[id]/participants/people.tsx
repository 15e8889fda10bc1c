import { Button } from "#app/_ui/button.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import type { Participant, Shelf } from "#lib/participation/desk/queries.ts";
import { answerWords } from "../table-row.ts";

type Props = {
  t: Translate;
  locale: Locale;
  state: Shelf;
  rows: Participant[];
  zone: string;
  action: string;
  /** What the table is of. */
  caption: string;
  /** The page as it is now: where one comes back to. */
  back: string;
};

const acts: Partial<Record<Shelf, readonly ("approve" | "reject" | "remove" | "moveUp")[]>> = {
  pending: ["approve", "reject"],
  accepted: ["remove"],
  tentative: ["remove"],
  waitlisted: ["moveUp", "remove"],
};

export const nameOf = (t: Translate, { name, email, erased }: Pick<Participant, "name"> & Partial<Participant>) =>
  erased ? t("desk.personErased") : name || email || t("desk.personNoName");

/** One list, a block for each on narrow screens, with a box before each person, and what can be done with those whose box is ticked. */
export function People({ t, locale, state, rows, zone, action, caption, back }: Props) {
  const ways = acts[state] ?? [];
  const when = dateFormat(locale, zone, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (
    <form method="post" action={action} className="grid gap-4">
      <FormGuard path={action} />
      <input type="hidden" name="back" value={back} />
      <table className="block w-full md:table">
        <caption className="sr-only">{caption}</caption>
        <thead className="hidden text-sm text-muted md:table-header-group">
          <tr className="border-b border-line">
            {ways.length > 0 && <td />}
            {(["columnName", "columnEmail", "columnSince"] as const).map((word) => (
              <th key={word} scope="col" className="px-3 py-2 text-start font-semibold">
                {t(`desk.${word}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="grid gap-2 md:table-row-group">
          {rows.map((row) => (
            <tr
              key={row.id}
              className="grid grid-cols-[auto_minmax(0,1fr)] rounded-card border border-line bg-surface p-3 md:table-row md:rounded-none md:border-0 md:border-b md:bg-transparent"
            >
              {ways.length > 0 && (
                <td className="row-span-3 me-3 md:table-cell md:w-1 md:p-1 md:align-top">
                  <label className="-m-1 flex size-11 cursor-pointer items-center justify-center md:m-0">
                    <span className="sr-only">{t("desk.personChoose", { name: nameOf(t, row) })}</span>
                    <input type="checkbox" name="person" value={row.id} className="size-5 accent-accent" />
                  </label>
                </td>
              )}
              <Person t={t} row={row} when={when} />
            </tr>
          ))}
        </tbody>
      </table>
      {ways.length > 0 && (
        <fieldset className="grid gap-3 rounded-card border border-line bg-sunken p-4">
          <legend className="float-start font-semibold">{t("desk.withChosen")}</legend>
          {state === "pending" && (
            <TextField
              name="reason"
              maxLength={500}
              dir="auto"
              autoComplete="off"
              label={t("desk.reason")}
              mark={t("site.optional")}
              hint={t("desk.reasonHint")}
            />
          )}
          <div className="flex flex-wrap gap-3">
            {ways.map((way, at) => (
              <Button
                key={way}
                name="act"
                value={way}
                look={way === "remove" || way === "reject" ? "danger" : at === 0 ? "filled" : undefined}
              >
                {t(`desk.${way}`)}
              </Button>
            ))}
          </div>
        </fieldset>
      )}
    </form>
  );
}

const cell = "col-start-2 md:table-cell md:px-3 md:py-3 md:align-top";

/** Their cells: who and what of them there is to know, the address, since when and by what way. */
const Person = ({ t, row, when }: { t: Translate; row: Participant; when: Intl.DateTimeFormat }) => (
  <>
    <th scope="row" className={`${cell} text-start font-normal`}>
      <Known t={t} row={row} when={when} />
    </th>
    <td className={`${cell} text-sm text-muted [overflow-wrap:anywhere]`}>{row.name && row.email}</td>
    <td className={`${cell} text-sm text-muted tabular-nums md:whitespace-nowrap`}>
      {when.format(row.waitlistedAt && row.state === "waitlisted" ? row.waitlistedAt : row.createdAt)}
      {" · "}
      {t(`desk.source_${row.source as "web"}`)}
    </td>
  </>
);

function Known({ t, row, when }: { t: Translate; row: Participant; when: Intl.DateTimeFormat }) {
  return (
    <>
      <p className="font-semibold" dir="auto">
        {nameOf(t, row)}
        {row.guests > 0 && <span className="font-normal"> {t("desk.personGuests", { count: row.guests })}</span>}
      </p>
      {row.expiresAt && row.state === "accepted" && (
        <p className="text-sm font-semibold text-warn">{t("desk.personHeld", { date: when.format(row.expiresAt) })}</p>
      )}
      {row.checkedInAt && row.state === "accepted" && (
        <p className="flex items-center gap-1.5 text-sm font-semibold text-ok">
          <Icon name="check" size={16} />
          {t("door.checkedIn", { time: when.format(row.checkedInAt) })}
        </p>
      )}
      {row.unreachable && (
        <p className="flex items-center gap-1.5 text-sm font-semibold text-warn">
          <Icon name="warning" size={16} />
          {t("desk.personUnreachable")}
        </p>
      )}
      {row.message && (
        <p className="mt-1 border-s-4 border-line ps-3 whitespace-pre-line" dir="auto">
          {row.message}
        </p>
      )}
      {row.answers.length > 0 && (
        <dl className="mt-1 grid gap-x-4 text-sm sm:grid-cols-[auto_1fr]">
          {row.answers.map((answer) => (
            <div key={answer.id} className="contents">
              <dt className="text-muted" dir="auto">
                {answer.label}
              </dt>
              <dd dir="auto">{answerWords(t, answer)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
