import type { Metadata } from "next";
import { ButtonLink, Chip, linkLook } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { isId } from "#lib/ids.ts";
import { dayAndTime } from "#lib/locale/dates.ts";
import { flagStates, listReports } from "#lib/moderation/flag/queries.ts";
import { moderatorAt } from "../door.ts";
import { Frame } from "../frame.tsx";
import { reporterOf, thingOf } from "./words.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const here = "/moderation/reports";
const pageSize = 50;
const states = { open: "stateOpen", resolved: "stateResolved", dismissed: "stateDismissed" } as const;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("moderation.reports"), robots: { index: false } };
}

/** What people here and other servers ask to be looked at. One query. */
export default async function Reports({ searchParams }: Props) {
  const who = await moderatorAt(here);
  if (!who) return absent();
  const [{ t, locale }, search] = await Promise.all([getReader(), searchParams]);
  const state = flagStates.find((one) => one === search.state) ?? "open";
  const before = isId(search.after) ? search.after : undefined;
  const found = await listReports(database(), { state, before, limit: pageSize + 1 });
  const reports = found.slice(0, pageSize);
  return (
    <Frame t={t} here={here} title={t("moderation.reports")} said={search.said}>
      <p className="max-w-[40rem] text-muted">{t("moderation.reportsText")}</p>
      <nav className="flex flex-wrap gap-2" aria-label={t("moderation.reports")}>
        {flagStates.map((one) => (
          <Chip key={one} href={one === "open" ? here : `${here}?state=${one}`} chosen={one === state}>
            {t(`moderation.${states[one]}`)}
          </Chip>
        ))}
      </nav>
      {reports.length === 0 ? (
        <EmptyState seed={here} title={t("moderation.nothingWaits")} />
      ) : (
        <ul className="grid max-w-[48rem]">
          {reports.map((one) => {
            const thing = thingOf(t, one);
            return (
              <li key={one.id} className="grid gap-1 border-b border-line py-3">
                <p className="text-sm text-muted">
                  {thing.kind} · {dayAndTime(locale, one.createdAt, who.timezone)} · {reporterOf(t, one)}
                </p>
                <h2 className="text-lg/tight wrap-anywhere" dir="auto">
                  <a className={linkLook} href={`${here}/${one.id}`}>
                    {thing.name}
                  </a>
                </h2>
                {one.content && (
                  <p className="line-clamp-2 wrap-anywhere" dir="auto">
                    {one.content}
                  </p>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {found.length > pageSize && (
        <p>
          <ButtonLink href={`${here}?state=${state}&after=${reports.at(-1)!.id}`}>{t("moderation.more")}</ButtonLink>
        </p>
      )}
    </Frame>
  );
}
