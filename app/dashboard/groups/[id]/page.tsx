import type { Metadata } from "next";
import { ButtonLink } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { DeskRow } from "#app/dashboard/events/desk-row.tsx";
import { listDesk } from "#lib/event/desk/queries.ts";
import { getDeskGroup } from "#lib/group/queries.ts";
import { groupDeskPath } from "#lib/urls.ts";
import { GroupFrame } from "../frame.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("group.tabEvents"), robots: { index: false } };
}

/** What a group plans, drafts among it: shared by all who make its events. Two queries. */
export default async function GroupEvents({ params, searchParams }: Props) {
  const [{ id }, { done }] = [await params, await searchParams];
  const { viewer } = await signedInAt(groupDeskPath(encodeURIComponent(id)));
  const { t, locale } = await getReader();
  const group = await getDeskGroup(database(), viewer, id, "organise");
  if (!group) return absent();
  const events = await listDesk(database(), viewer, id);
  const now = new Date();
  const fresh = (
    <ButtonLink look="filled" href={`/dashboard/events/new?as=${id}`}>
      <Icon name="plus" />
      {t("group.newEvent")}
    </ButtonLink>
  );
  return (
    <GroupFrame t={t} group={group} here="events" title={t("group.tabEvents")} said={done}>
      <div className="grid max-w-[52rem] gap-5">
        {events.length === 0 ? (
          <EmptyState seed={id} title={t("group.noEvents")}>
            <p>{t("group.noEventsText")}</p>
            <p>{fresh}</p>
          </EmptyState>
        ) : (
          <>
            <p>{fresh}</p>
            <ul className="grid gap-3">
              {events.map((event) => (
                <li key={event.id}>
                  <DeskRow t={t} locale={locale} now={now} event={event} heading="h2" />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </GroupFrame>
  );
}
