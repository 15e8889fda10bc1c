import type { Translate } from "#lib/locale/index.ts";
import type { Action } from "#lib/moderation/log/commands.ts";

const sentences = {
  open: "moderation.actOpen",
  limited: "moderation.actLimited",
  silenced: "moderation.actSilenced",
  suspended: "moderation.actSuspended",
  follow: "moderation.actFollow",
  unfollow: "moderation.actUnfollow",
  accept: "moderation.actAccept",
  decline: "moderation.actDecline",
  requests: "moderation.actRequests",
  dismiss: "moderation.actDismiss",
  resolve: "moderation.actResolve",
  hide: "moderation.actHide",
  show: "moderation.actShow",
  erase: "moderation.actErase",
  suspend: "moderation.actSuspend",
  restore: "moderation.actRestore",
  forward: "moderation.actForward",
  rotate: "moderation.actRotate",
} as const satisfies Record<Action, string>;

/** An act of moderation as a sentence. */
export const actWords = (t: Translate, act: { action: string; by: string | null; subject: string }): string =>
  t(sentences[act.action as Action] ?? "moderation.actRequests", {
    by: act.by ?? t("moderation.byTool"),
    subject: act.subject,
  });
