import { MarkdownArea } from "#app/_ui/markdown-area.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import { labelOf } from "#app/dashboard/events/form/labels.ts";
import { PictureFields } from "#app/dashboard/events/form/picture-fields.tsx";
import { longestMessage } from "#lib/discussion/message/input.ts";
import type { Translate } from "#lib/locale/index.ts";

type Props = {
  t: Translate;
  state: FormState;
  label: string;
  rows: number;
  /** The group whose members read it, and its server, if that is another. */
  group: { name: string; host: string | null };
  /** What stands there when nothing was typed. */
  known?: string;
};

/** What somebody says among the members of a group, in words and pictures. */
export function SaidFields({ t, state: { value, error }, label, rows, group, known }: Props) {
  const { name, host } = group;
  const hint = host ? t("talk.hintAway", { group: name, host }) : t("talk.hint", { group: name });
  return (
    <>
      {/* What Enter in a field presses: not the button that puts a picture into the text. */}
      <button type="submit" tabIndex={-1} aria-hidden className="sr-only" />
      <MarkdownArea
        t={t}
        name="content"
        rows={rows}
        maxLength={longestMessage}
        label={label}
        hint={hint}
        defaultValue={value("content", known)}
        error={error("content")}
      />
      <PictureFields {...{ t, error }} get={(field) => value(field)} label={(field) => labelOf(t, field)} />
    </>
  );
}
