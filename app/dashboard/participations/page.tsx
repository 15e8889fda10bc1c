import type { Metadata } from "next";
import { ButtonLink, wayLook } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { Frame, Part } from "#app/settings/frame.tsx";
import { getAccount } from "#lib/account/queries.ts";
import { shortDate } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { stateWords } from "#lib/locale/states.ts";
import { listOwnParticipations } from "#lib/participation/mine/queries.ts";
import { isTakenDown } from "#lib/policy/event.ts";
import { eventPath, participationPath } from "#lib/urls.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.participations"), robots: { index: false } };
}

type Row = Awaited<ReturnType<typeof listOwnParticipations>>[number];
type State = keyof typeof stateWords;

/** What the account's proven address and profiles take part in, also from before there was an account. */
export default async function Participations() {
  const here = "/dashboard/participations";
  const { viewer } = await signedInAt(here);
  const { t, locale } = await getReader();
  const account = (await getAccount(database(), viewer.accountId))!;
  const all = await listOwnParticipations(database(), account);
  const now = new Date();
  const ahead = all.filter(({ event }) => event.endTime > now && event.state !== "deleted").reverse();
  const past = all.filter((one) => !ahead.includes(one));
  return (
    <Frame t={t} here={here} title={t("account.participations")}>
      {account.confirmedAt ? (
        <p>{t("account.participationsText", { address: account.email ?? "" })}</p>
      ) : (
        <Notice kind="warn" title={t("account.participationsUnproven")} />
      )}
      {all.length === 0 && (
        <EmptyState seed={viewer.accountId} title={t("account.participationsNone")}>
          <p>
            <ButtonLink href="/">{t("account.participationsFind")}</ButtonLink>
          </p>
        </EmptyState>
      )}
      {ahead.length > 0 && (
        <Part title={t("account.participationsAhead")}>
          <List t={t} locale={locale} rows={ahead} now={now} />
        </Part>
      )}
      {past.length > 0 && (
        <Part title={t("account.participationsPast")}>
          <List t={t} locale={locale} rows={past} now={now} />
        </Part>
      )}
    </Frame>
  );
}

/** What is graver than where they stand. */
function wordsOf({ open, event }: Pick<Row, "open" | "event">) {
  if (!open) return null;
  if (isTakenDown(event)) return "participation.takenDown";
  return event.status === "cancelled" ? "mail.statusCancelled" : null;
}

function List({ t, locale, rows, now }: { t: Translate; locale: Locale; rows: Row[]; now: Date }) {
  return (
    <ul className="grid">
      {rows.map(({ id, state, event, open, token }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-4 border-b border-line py-2">
          <span className="w-36 shrink-0 font-display tabular-nums">{open && shortDate(locale, event, now)}</span>
          <span className="min-w-0 flex-1 basis-60">
            {!open && t("participation.closed")}
            {open && isTakenDown(event) && <bdi className="font-semibold">{event.name}</bdi>}
            {open && !isTakenDown(event) && (
              <a href={eventPath(event.id)} className="font-semibold hover:underline" dir="auto">
                {event.name}
              </a>
            )}
            <span className="block text-sm text-muted">
              {t(wordsOf({ open, event }) ?? stateWords[state as State])}
            </span>
          </span>
          {token && (
            <a href={participationPath(token)} className={wayLook}>
              {t("participation.ownPlace")}
              <span className="sr-only" dir="auto">
                {" "}
                {event.name}
              </span>
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
