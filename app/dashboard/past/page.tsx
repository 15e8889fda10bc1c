import type { Metadata } from "next";
import { ButtonLink, wayLook } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { listDeskPast } from "#lib/event/desk/queries.ts";
import { cursorOf, parseSearch } from "#lib/event/search/input.ts";
import { DeskRow } from "../events/desk-row.tsx";

type Props = { searchParams: Promise<Record<string, string | string[]>> };

const pageSize = 30;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("desk.pastTitle"), robots: { index: false } };
}

/** What one organised, the latest first. */
export default async function PastEvents({ searchParams }: Props) {
  const { viewer } = await signedInAt("/dashboard/past");
  const { t, locale } = await getReader();
  const { after } = parseSearch(await searchParams).search;
  const rows = await listDeskPast(database(), viewer, pageSize + 1, after);
  const shown = rows.slice(0, pageSize);
  const now = new Date();
  return (
    <div className="grid max-w-[52rem] gap-6 py-8">
      <h1>{t("desk.pastTitle")}</h1>
      {shown.length === 0 && <EmptyState seed={viewer.accountId} title={t("desk.nothingPast")} />}
      <ul className="grid gap-3">
        {shown.map((event) => (
          <li key={event.id}>
            <DeskRow t={t} locale={locale} now={now} event={event} heading="h2" />
          </li>
        ))}
      </ul>
      <p className="flex flex-wrap gap-x-6">
        {rows.length > pageSize && (
          <ButtonLink href={`/dashboard/past?after=${cursorOf(shown.at(-1)!)}`} rel="next">
            {t("desk.showMore")}
          </ButtonLink>
        )}
        <a href="/dashboard" className={wayLook}>
          {t("desk.title")}
        </a>
      </p>
    </div>
  );
}
