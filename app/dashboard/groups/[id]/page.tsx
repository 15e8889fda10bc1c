import type { Metadata } from "next";
import { ButtonLink } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { DeskRow } from "#app/dashboard/events/desk-row.tsx";
import { drawnFrom } from "#lib/actor/queries.ts";
import { listDesk, listElsewhere } from "#lib/event/desk/queries.ts";
import { getDeskGroup } from "#lib/group/queries.ts";
import { takesNew } from "#lib/policy/group.ts";
import { groupDeskPath } from "#lib/urls.ts";
import { GroupFrame } from "../frame.tsx";
import { ElsewhereEvent } from "./elsewhere.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("group.tabEvents"), robots: { index: false } };
}

/** What a group plans, drafts among it: shared by all who make its events; and what lives elsewhere. Three queries. */
export default async function GroupEvents({ params, searchParams }: Props) {
  const [{ id }, { done }] = [await params, await searchParams];
  const { viewer } = await signedInAt(groupDeskPath(encodeURIComponent(id)));
  const { t, locale } = await getReader();
  const group = await getDeskGroup(database(), viewer, id, "organise", { anywhere: true });
  if (!group) return absent();
  const [events, elsewhere] = await Promise.all([listDesk(database(), viewer, id), listElsewhere(database(), id)]);
  const now = new Date();
  const fresh = takesNew(group) && (
    <ButtonLink look="filled" href={`/dashboard/events/new?as=${id}`}>
      <Icon name="plus" />
      {t("group.newEvent")}
    </ButtonLink>
  );
  return (
    <GroupFrame t={t} group={group} here="events" title={t("group.tabEvents")} said={done}>
      <div className="grid max-w-[52rem] gap-5">
        {events.length === 0 && elsewhere.length === 0 ? (
          <EmptyState seed={drawnFrom(group)} title={t("group.noEvents")}>
            <p>{t("group.noEventsText")}</p>
            {fresh && <p>{fresh}</p>}
          </EmptyState>
        ) : (
          <>
            {fresh && <p>{fresh}</p>}
            {events.length > 0 && (
              <ul className="grid gap-3">
                {events.map((event) => (
                  <li key={event.id}>
                    <DeskRow t={t} locale={locale} now={now} event={event} heading="h2" />
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
        {elsewhere.length > 0 && (
          <section className="grid gap-3 pt-3">
            <h2 className="text-xl">{t(group.host ? "group.elsewhereThere" : "group.elsewhere")}</h2>
            <p className="max-w-[40rem] text-muted">{t("group.elsewhereText")}</p>
            <ul className="grid gap-3">
              {elsewhere.map((event) => (
                <li key={event.id}>
                  <ElsewhereEvent {...{ t, locale, now, group, event }} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </GroupFrame>
  );
}
