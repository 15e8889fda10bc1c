import { Notice } from "#app/_ui/notice.tsx";
import type { Discussion } from "#lib/discussion/thread/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { Asked } from "../../groups/asked.tsx";

const done = {
  read: "talk.doneRead",
  mail: "talk.doneMail",
  named: "talk.doneNamed",
  locked: "talk.doneLocked",
  unlocked: "talk.doneUnlocked",
  pinned: "talk.donePinned",
  unpinned: "talk.doneUnpinned",
} as const;

/** What was just done, in words chosen by a code of the address. */
export const DiscussionDone = ({ t, said }: { t: Translate; said: unknown }) =>
  Object.hasOwn(done, String(said)) ? (
    <Notice kind="ok" id="done" role="status" title={t(done[said as keyof typeof done])} />
  ) : null;

type There = { t: Translate; discussion: Discussion; leads: boolean };

/** What the server of a group elsewhere does with a discussion: it does not take it; or, for who `leads` it, what it was asked. */
export const DiscussionThere = ({ t, discussion: { refused, ask, group }, leads }: There) =>
  group.host && (
    <>
      {refused && <Notice kind="warn" title={t("talk.refusedWhole", { host: group.host })} />}
      {leads && <Asked t={t} ask={ask} host={group.host} />}
    </>
  );
