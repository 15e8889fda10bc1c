import type { ReactNode } from "react";
import { wayLook } from "#app/_ui/button.tsx";
import { MovedNotice } from "#app/_ui/moved-notice.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { Tabs } from "#app/_ui/tabs.tsx";
import { toneOf } from "#lib/formats/tone.ts";
import type { DeskGroup } from "#lib/group/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { type GroupRight, mayIn } from "#lib/policy/group.ts";
import { actorPath, groupDeskPath } from "#lib/urls.ts";

const done = {
  founded: "group.doneFounded",
  saved: "group.doneSaved",
  invited: "group.doneInvited",
  withdrawn: "group.doneWithdrawn",
  role: "group.doneRole",
  removed: "group.doneRemoved",
  accepted: "group.doneAccepted",
  rejected: "group.doneRejected",
  answered: "group.doneAnswered",
  asked: "group.doneSent",
  closed: "group.doneClosed",
  former: "moving.doneFormer",
  forgotten: "moving.doneForgotten",
  moved: "moving.doneMoved",
  "moved-back": "moving.doneBack",
  "taken-out": "group.doneTakenOut",
  draft: "post.doneDraft",
  deleted: "post.doneDeleted",
} as const;

/** What was just done, in words chosen by a code of the address. */
export const GroupDone = ({ t, said }: { t: Translate; said: unknown }) =>
  Object.hasOwn(done, String(said)) ? (
    <Notice kind="ok" id="done" role="status" title={t(done[said as keyof typeof done])} />
  ) : null;

type GroupTab = "events" | "posts" | "members" | "requests" | "followers" | "log" | "settings";

/** What there is to do from here for a group whose home is another server. */
const there: GroupTab[] = ["events", "posts", "members", "requests", "log"];

type Props = {
  t: Translate;
  group: DeskGroup;
  here: GroupTab | null;
  title: ReactNode;
  said?: unknown;
  children: ReactNode;
};

/** The name of a group above each page of its desk, and the ways between them that this member may go. */
export function GroupFrame({ t, group, here, title, said, children }: Props) {
  const path = groupDeskPath(group.id);
  const { host } = group;
  const all: [GroupTab, GroupRight, string, string][] = [
    ["events", "organise", path, t("group.tabEvents")],
    ["posts", "publish", `${path}/posts`, t("group.tabPosts")],
    ["members", "decide", `${path}/members`, t("group.tabMembers")],
    ["requests", "decide", `${path}/requests`, t("group.tabRequests")],
    ["followers", "decide", `${path}/followers`, t("group.tabFollowers")],
    ["log", "decide", `${path}/log`, t("group.tabLog")],
    ["settings", "settings", `${path}/settings`, t("group.tabSettings")],
  ];
  const tabs = all.filter(([tab, right]) => mayIn(group, right) && (host === null || there.includes(tab)));
  return (
    <div className="tone grid gap-6 py-8" data-tone={toneOf({ tone: null, organizer: group })}>
      <div>
        <p className="flex flex-wrap gap-x-6 text-muted">
          <a href="/dashboard/groups" className={wayLook}>
            {t("group.mine")}
          </a>
          <a href={actorPath(group.handle, host)} className={wayLook}>
            {t("group.page")}
          </a>
        </p>
        <h1>{title}</h1>
        <p className="mt-1 text-lg" dir="auto">
          {group.name || group.handle}
        </p>
        {host && <p className="mt-1 max-w-[40rem] text-muted">{t("group.deskThere", { host })}</p>}
        <Tabs
          label={t("group.navigation")}
          tabs={tabs.map(([tab, , href, word]) => ({ href, word, here: tab === here }))}
        />
      </div>
      <GroupDone t={t} said={said} />
      <MovedNotice t={t} group={group}>
        <p>{t("moving.noticeHere")}</p>
      </MovedNotice>
      {children}
    </div>
  );
}
