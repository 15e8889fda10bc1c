import type { Metadata } from "next";
import { ButtonLink, wayLook } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { listDesk, type DeskRow as Row } from "#lib/event/desk/queries.ts";
import { listInvitations } from "#lib/event/staff/queries.ts";
import { listGroupInvitations } from "#lib/group/invitation/queries.ts";
import { may } from "#lib/policy/staff.ts";
import { DeskRow } from "./events/desk-row.tsx";
import { Done } from "./frame.tsx";
import { GroupInvitations } from "./groups/invitations.tsx";
import { Invitations } from "./invitations.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("desk.title"), robots: { index: false } };
}

/** What one organises: what waits for an answer first, then drafts, then what is on and to come. */
export default async function Dashboard({ searchParams }: Props) {
  const { done } = await searchParams;
  const { viewer } = await signedInAt("/dashboard");
  const { t, locale } = await getReader();
  const now = new Date();
  const [all, invitations, groups] = await Promise.all([
    listDesk(database(), viewer),
    listInvitations(database(), viewer),
    listGroupInvitations(database(), viewer),
  ]);
  const waiting = all.reduce((sum, { pending, role }) => sum + (may(role, "decide") ? pending : 0), 0);
  const drafts = all.filter(({ state }) => state !== "published");
  const coming = all.filter(({ state }) => state === "published");
  const list = (title: string, rows: Row[]) => (
    <section className="grid gap-4">
      <h2 className="text-xl">{title}</h2>
      <ul className="grid gap-3">
        {rows.map((event) => (
          <li key={event.id}>
            <DeskRow t={t} locale={locale} now={now} event={event} />
          </li>
        ))}
      </ul>
    </section>
  );
  return (
    <div className="grid max-w-[52rem] gap-8 py-8">
      <Done t={t} said={done} />
      <div className="flex flex-wrap items-end justify-between gap-4">
        <h1>{t("desk.title")}</h1>
        {all.length > 0 && (
          <ButtonLink look="filled" href="/dashboard/events/new">
            <Icon name="plus" />
            {t("desk.newEvent")}
          </ButtonLink>
        )}
      </div>
      {invitations.length > 0 && <Invitations t={t} locale={locale} invitations={invitations} />}
      {groups.length > 0 && <GroupInvitations t={t} invitations={groups} />}
      {waiting > 0 && (
        <p className="flex items-center gap-2 text-lg font-semibold text-warn">
          <Icon name="people" />
          {t("desk.waiting", { count: waiting })}
        </p>
      )}
      {all.length === 0 && (
        <EmptyState seed={viewer.accountId} title={t("desk.empty")}>
          <p>{t("desk.emptyText")}</p>
          <p className="flex flex-wrap gap-3">
            <ButtonLink look="filled" href="/dashboard/events/new">
              <Icon name="plus" />
              {t("desk.newEvent")}
            </ButtonLink>
            <ButtonLink href="/">{t("account.participationsFind")}</ButtonLink>
          </p>
        </EmptyState>
      )}
      {drafts.length > 0 && list(t("desk.drafts"), drafts)}
      {coming.length > 0 && list(t("desk.coming"), coming)}
      <p className="flex flex-wrap gap-x-6">
        <a href="/dashboard/past" className={wayLook}>
          {t("desk.showPast")}
        </a>
        <a href="/dashboard/participations" className={wayLook}>
          {t("account.participations")}
        </a>
        <a href="/dashboard/groups" className={wayLook}>
          {t("group.mine")}
        </a>
      </p>
    </div>
  );
}
