import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { controlLook, FieldShell, fieldId } from "#app/_ui/field.tsx";
import { type Speaker, SpeakerField } from "#app/_ui/speaker-field.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import { longestComment } from "#lib/discussion/comment/input.ts";
import type { Translate } from "#lib/locale/index.ts";
import { commentsPath } from "./path.ts";

type Props = {
  t: Translate;
  eventId: string;
  /** The comment that it replies to, and who said that; null for a thread of one's own. */
  thread: { id: string; name: string } | null;
  profiles: Speaker[];
  moderated: boolean;
  /** The server whose event it is; null: this one. */
  away: string | null;
  /** Who alone reads it; null: everybody. */
  among: "members" | "followers" | null;
  /** Null: what was typed before was typed into another of these forms. */
  state: FormState | null;
};

const nameOf = ({ name, handle }: Speaker) => name || handle;

/** Where one says something under an event, or replies to something. */
export function CommentForm({ t, eventId, thread, profiles, moderated, away, among, state }: Props) {
  const path = commentsPath(eventId);
  // Several of these stand on one page: each control has a name of its own there.
  const own = (field: string) => (thread ? `${field}-${thread.id}` : field);
  const error = (field: string) => state?.error(field) ?? null;
  const label = thread ? t("discussion.replyTo", { name: thread.name }) : t("discussion.write");
  const errors = (state?.errors ?? []).map((one) => (one.field ? { ...one, field: own(one.field), label } : one));
  const id = fieldId(own("content"));
  const hint = away
    ? t("discussion.hintAway", { host: away })
    : among
      ? t(moderated ? "discussion.hintAmongModerated" : "discussion.hintAmong", { who: among })
      : t(moderated ? "discussion.hintModerated" : "discussion.hint");
  return (
    <form method="post" action={path} className="grid gap-4">
      <FormGuard path={path} />
      <ErrorSummary t={t} errors={errors} />
      {thread && <input type="hidden" name="thread" value={thread.id} />}
      <FieldShell name={own("content")} label={label} hint={hint} error={error("content")}>
        <textarea
          id={id}
          name="content"
          required
          rows={thread ? 3 : 4}
          maxLength={longestComment}
          dir="auto"
          defaultValue={state?.value("content")}
          aria-invalid={error("content") ? true : undefined}
          aria-describedby={[error("content") && `${id}-error`, `${id}-hint`].filter(Boolean).join(" ")}
          className={controlLook(error("content"))}
        />
      </FieldShell>
      {profiles.length === 1 ? (
        <input type="hidden" name="actor" value={profiles[0]!.id} />
      ) : (
        <SpeakerField
          t={t}
          label={t("discussion.as")}
          speakers={profiles}
          chosen={state?.value("actor") ?? ""}
          error={error("actor")}
          own={own("actor")}
        />
      )}
      <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button>{t(thread ? "discussion.sendReply" : "discussion.send")}</Button>
        {profiles.length === 1 && (
          <span className="text-sm text-muted">{t("discussion.asOne", { name: nameOf(profiles[0]!) })}</span>
        )}
      </p>
    </form>
  );
}
