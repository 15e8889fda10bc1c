import type { ReactNode } from "react";
import { Notice } from "#app/_ui/notice.tsx";
import { Tabs } from "#app/_ui/tabs.tsx";
import { database } from "#app/_web/database.ts";
import { countWaitingComments } from "#lib/discussion/comment/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { type EventRole, may, type Right } from "#lib/policy/staff.ts";

const done = {
  saved: "desk.doneSaved",
  draft: "desk.doneDraft",
  published: "desk.donePublished",
  scheduled: "desk.doneScheduled",
  unscheduled: "desk.doneUnscheduled",
  copied: "desk.doneCopied",
  cancelled: "desk.doneCancelled",
  deleted: "desk.doneDeleted",
  undone: "desk.doneUndone",
  added: "desk.doneAdded",
  invited: "staff.doneInvited",
  dismissed: "staff.doneRemoved",
  quit: "staff.doneLeft",
  joined: "staff.doneJoined",
  shown: "discussion.donePublished",
  hid: "discussion.doneHidden",
  reworded: "discussion.changedMeanwhile",
} as const;

const counted = {
  told: "desk.doneTold",
  approved: "desk.doneApproved",
  rejected: "desk.doneRejected",
  removed: "desk.doneRemoved",
  moved: "desk.doneMoved",
  sent: "desk.doneSent",
} as const;

/** What was just done, in words chosen by a code of the address. */
export function Done({ t, said, count }: { t: Translate; said: unknown; count?: unknown }) {
  const known = Object.hasOwn(done, String(said)) ? t(done[said as keyof typeof done]) : null;
  const many = Object.hasOwn(counted, String(said)) ? counted[said as keyof typeof counted] : null;
  const title = known ?? (many && t(many, { count: Math.min(1e6, Math.max(0, Number(count) || 0)) }));
  return title && <Notice kind="ok" id="done" role="status" title={title} />;
}

type Tab = "overview" | "participants" | "door" | "comments" | "messages" | "edit" | "team";

/** How many comments wait for whoever decides about them. */
async function CommentsTab({ t, eventId }: { t: Translate; eventId: string }) {
  return t("discussion.tab", { count: await countWaitingComments(database(), eventId) });
}

/** The name of an event above each page of its desk, and the ways between them. */
export function EventFrame({
  t,
  event,
  role,
  here,
  title,
  children,
}: {
  t: Translate;
  event: { id: string; name: string };
  /** Of whoever looks: they are shown the ways that they may go. */
  role: EventRole | null;
  here: Tab | null;
  title?: ReactNode;
  children: ReactNode;
}) {
  const path = `/dashboard/events/${event.id}`;
  const all: [Tab, Right, string, ReactNode][] = [
    ["overview", "see", path, t("desk.overview")],
    ["participants", "decide", `${path}/participants`, t("desk.participants")],
    ["door", "admit", `${path}/check-in`, t("door.tab")],
    ["comments", "moderate", `${path}/comments`, <CommentsTab key="comments" t={t} eventId={event.id} />],
    ["messages", "decide", `${path}/messages`, t("desk.messages")],
    ["edit", "change", `${path}/edit`, t("desk.edit")],
    ["team", "staff", `${path}/team`, t("staff.tab")],
  ];
  const tabs = all.filter(([, right]) => may(role, right));
  return (
    <div className="grid gap-6 py-8">
      <div>
        <p className="text-muted">
          <a href="/dashboard" className="inline-flex min-h-11 items-center text-accent underline underline-offset-3">
            {t("desk.title")}
          </a>
        </p>
        <h1 dir="auto">{title ?? event.name}</h1>
        {title && (
          <p className="mt-1 text-lg" dir="auto">
            {event.name}
          </p>
        )}
        <Tabs
          label={t("desk.navigation")}
          tabs={tabs.map(([tab, , href, word]) => ({ href, word, here: tab === here }))}
        />
      </div>
      {children}
    </div>
  );
}
