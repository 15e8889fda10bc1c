import { TextField } from "#app/_ui/field.tsx";
import { MarkdownArea } from "#app/_ui/markdown-area.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import type { Translate } from "#lib/locale/index.ts";
import { PictureFields } from "./picture-fields.tsx";
import { ToneField } from "./tone-field.tsx";

type Known = {
  name: string;
  summary: string;
  locality: string | null;
  tone: string | null;
  iconId: string | null;
};

/** What the fields of a profile are called, for its summary of errors. */
export const profileLabels = (t: Translate) => ({
  handle: t("account.handle"),
  name: t("account.name"),
  icon: t("account.icon"),
  summary: t("account.summary"),
  locality: t("account.locality"),
  tone: t("account.tone"),
});

/** What a profile says of itself; all of it is public. */
export function ProfileFields({ t, state, known }: { t: Translate; state: FormState; known?: Known }) {
  const { value, error } = state;
  const labels = profileLabels(t);
  return (
    <>
      <TextField
        name="name"
        maxLength={100}
        autoComplete="off"
        label={labels.name}
        hint={t("account.nameHint")}
        defaultValue={value("name", known?.name)}
        error={error("name")}
      />
      <PictureFields
        {...{
          t,
          state,
          name: "icon",
          label: labels.icon,
          hint: t("account.iconHint"),
          removed: t("account.iconRemoved"),
        }}
        pictureId={known?.iconId ?? null}
      />
      <MarkdownArea
        t={t}
        name="summary"
        rows={5}
        maxLength={5000}
        label={labels.summary}
        mark={t("site.optional")}
        hint={t("account.summaryHint")}
        defaultValue={value("summary", known?.summary)}
        error={error("summary")}
      />
      <TextField
        name="locality"
        maxLength={120}
        autoComplete="off"
        label={labels.locality}
        mark={t("site.optional")}
        defaultValue={value("locality", known?.locality ?? "")}
        error={error("locality")}
      />
      <ToneField {...{ t, state }} label={labels.tone} hint={t("account.toneHint")} known={known?.tone ?? null} />
    </>
  );
}
