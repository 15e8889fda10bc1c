import { Notice } from "#app/_ui/notice.tsx";
import type { Translate } from "#lib/locale/index.ts";

const done = {
  added: "resource.doneAdded",
  changed: "resource.doneChanged",
  moved: "resource.doneMoved",
  deleted: "resource.doneDeleted",
} as const;

/** What was just done, in words chosen by a code of the address. */
export const ResourceDone = ({ t, said }: { t: Translate; said: unknown }) =>
  Object.hasOwn(done, String(said)) ? (
    <Notice kind="ok" id="done" role="status" title={t(done[said as keyof typeof done])} />
  ) : null;
