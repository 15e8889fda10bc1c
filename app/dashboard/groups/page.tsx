import type { Metadata } from "next";
import { Avatar } from "#app/_ui/avatar.tsx";
import { ButtonLink, wayLook } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { listGroupInvitations } from "#lib/group/invitation/queries.ts";
import { listOwnGroups, type OwnGroup } from "#lib/group/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { actorPath, groupDeskPath, mediaPath } from "#lib/urls.ts";
import { GroupDone } from "./frame.tsx";
import { GroupInvitations } from "./invitations.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("group.mine"), robots: { index: false } };
}

/** The groups that one belongs to, what waits in them, and the invitations into others. Two queries. */
export default async function OwnGroups({ searchParams }: Props) {
  const { done } = await searchParams;
  const { viewer } = await signedInAt("/dashboard/groups");
  const { t } = await getReader();
  const [groups, invitations] = await Promise.all([
    listOwnGroups(database(), viewer),
    listGroupInvitations(database(), viewer),
  ]);
  return (
    <div className="grid max-w-[52rem] gap-6 py-8">
      <GroupDone t={t} said={done} />
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <p>
            <a href="/dashboard" className={wayLook}>
              {t("desk.title")}
            </a>
          </p>
          <h1>{t("group.mine")}</h1>
          <p className="mt-1 text-muted">{t("group.mineText")}</p>
        </div>
        {groups.length > 0 && (
          <ButtonLink look="filled" href="/dashboard/groups/new">
            <Icon name="plus" />
            {t("group.start")}
          </ButtonLink>
        )}
      </div>
      {invitations.length > 0 && <GroupInvitations t={t} invitations={invitations} />}
      {groups.length === 0 ? (
        <EmptyState seed={viewer.accountId} title={t("group.noGroups")}>
          <p>{t("group.noGroupsText")}</p>
          <p className="flex flex-wrap gap-3">
            <ButtonLink look="filled" href="/dashboard/groups/new">
              <Icon name="plus" />
              {t("group.start")}
            </ButtonLink>
            <ButtonLink href="/groups">{t("group.find")}</ButtonLink>
          </p>
        </EmptyState>
      ) : (
        <ul className="grid gap-3">
          {groups.map((group) => (
            <li key={group.membershipId}>
              <Row t={t} group={group} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** One group: whoever works in it goes to its desk, whoever belongs to it to its page. */
function Row({ t, group }: { t: Translate; group: OwnGroup }) {
  const { role, state, organises, requests, movedTo } = group;
  return (
    <article
      data-tone={toneOf({ tone: null, organizer: group })}
      className="tone group relative flex gap-4 rounded-card border border-line border-s-4 border-s-tone bg-surface p-4"
    >
      {group.iconId && <Avatar src={mediaPath(group.iconId)} size="head" />}
      <div className="min-w-0">
        <h2 className="text-lg/tight" dir="auto">
          <a
            href={organises ? groupDeskPath(group.id) : actorPath(group.handle, group.host)}
            className="after:absolute after:inset-0 after:rounded-card group-hover:underline focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:-outline-offset-3 focus-visible:after:outline-focus"
          >
            {group.name}
          </a>
        </h2>
        <p className="mt-1 text-sm text-muted [overflow-wrap:anywhere]">
          {state === "requested" ? t("group.waiting") : t(`group.role_${role}`)}
          {group.locality && (
            <>
              {" · "}
              <span dir="auto">{group.locality}</span>
            </>
          )}
          {group.host && ` · @${group.handle}@${group.host}`}
          {movedTo && ` · ${t("moving.mark")}`}
        </p>
        {requests > 0 && (
          <p className="mt-1 flex items-start gap-1.5 text-sm font-semibold text-warn">
            <Icon name="people" size={16} className="mt-0.5" />
            {t("group.requestsCount", { count: requests })}
          </p>
        )}
      </div>
    </article>
  );
}
