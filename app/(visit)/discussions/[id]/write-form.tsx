import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { MarkdownArea } from "#app/_ui/markdown-area.tsx";
import { type Speaker, SpeakerField } from "#app/_ui/speaker-field.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import { longestMessage } from "#lib/discussion/message/input.ts";
import type { Discussion } from "#lib/discussion/thread/queries.ts";
import { excerpt } from "#lib/html.ts";
import type { Translate } from "#lib/locale/index.ts";
import { discussionPath } from "#lib/urls.ts";

type Props = {
  t: Translate;
  discussion: Discussion;
  /** The message that is answered. */
  quoted: { id: string; name: string; content: string; mediaType: string } | null;
  /** As which of one's profiles; none where there is no choice. */
  speakers: Speaker[];
  state: FormState;
};

/** Where a member says something; above it the message that they answer. */
export function WriteForm({ t, discussion, quoted, speakers, state }: Props) {
  const path = discussionPath(discussion.id);
  const action = `${path}/messages`;
  const label = quoted ? t("talk.writeQuoting", { name: quoted.name }) : t("talk.write");
  return (
    <section id="write" aria-label={label} className="border-t border-line pt-6 print:hidden">
      <form method="post" action={action} className="grid gap-4">
        <FormGuard path={action} />
        <ErrorSummary t={t} errors={state.errors} />
        {quoted && (
          <>
            <input type="hidden" name="quoted" value={quoted.id} />
            <blockquote className="border-s-4 border-line ps-3 text-muted" dir="auto">
              {excerpt(quoted.content, quoted.mediaType, 300)}
            </blockquote>
          </>
        )}
        <MarkdownArea
          t={t}
          name="content"
          required
          rows={5}
          maxLength={longestMessage}
          label={label}
          hint={t("talk.hint", { group: discussion.group.name })}
          defaultValue={state.value("content")}
          error={state.error("content")}
        />
        {speakers.length > 0 && (
          <SpeakerField
            t={t}
            label={t("talk.writeAs")}
            speakers={speakers}
            chosen={state.value("actor")}
            error={state.error("actor")}
          />
        )}
        <p className="flex flex-wrap gap-3">
          <Button look="filled">{t("talk.send")}</Button>
          {quoted && <ButtonLink href={`${path}#write`}>{t("talk.noQuote")}</ButtonLink>}
        </p>
      </form>
    </section>
  );
}
