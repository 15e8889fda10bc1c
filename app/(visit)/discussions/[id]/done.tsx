import { Notice } from "#app/_ui/notice.tsx";
import type { Translate } from "#lib/locale/index.ts";

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
