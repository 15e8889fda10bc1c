import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { type Speaker, SpeakerField } from "#app/_ui/speaker-field.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import type { Discussion } from "#lib/discussion/thread/queries.ts";
import { excerpt } from "#lib/html.ts";
import type { Translate } from "#lib/locale/index.ts";
import { discussionPath } from "#lib/urls.ts";
import { SaidFields } from "../said-fields.tsx";

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
      <form method="post" action={action} encType="multipart/form-data" className="grid gap-4">
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
        <SaidFields {...{ t, state, label }} rows={5} group={discussion.group} />
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
