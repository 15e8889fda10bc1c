import { CheckField, TextField } from "#app/_ui/field.tsx";
import { MarkdownArea } from "#app/_ui/markdown-area.tsx";
import { RadioField } from "#app/_ui/radio-field.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import { PictureFields } from "#app/settings/profiles/picture-fields.tsx";
import { ToneField } from "#app/settings/profiles/tone-field.tsx";
import type { ActorRow } from "#lib/actor/queries.ts";
import type { Translate } from "#lib/locale/index.ts";

/** What the fields of a group are called, for its summary of errors. */
export const groupLabels = (t: Translate) => ({
  as: t("group.founder"),
  handle: t("group.handle"),
  name: t("group.name"),
  summary: t("group.summary"),
  locality: t("group.locality"),
  tone: t("group.tone"),
  icon: t("group.icon"),
  image: t("group.image"),
  openness: t("group.openness"),
  visibility: t("group.visibility"),
});

const yes = (value: boolean | undefined) => (value ? "yes" : "");

/** What a group says of itself, and its rules. Each has a sentence that says what follows from it. */
export function GroupFields({ t, state, known }: { t: Translate; state: FormState; known?: ActorRow }) {
  const { value, error } = state;
  const labels = groupLabels(t);
  const radio = (name: "openness" | "visibility", choices: readonly string[], usual: string) => (
    <RadioField
      name={name}
      legend={labels[name]}
      value={value(name, usual)}
      error={error(name)}
      choices={choices.map((one) => ({
        value: one,
        label: t(`group.${one as "open"}`),
        hint: t(`group.${one as "open"}Hint`),
      }))}
    />
  );
  const tick = (name: "membersShown" | "membersOrganise" | "approvesFollowers", word: string, hint: string) => {
    // A box that was left empty sends nothing: a form that came back says so by the others.
    const ticked = state.kept ? value(name) === "yes" : yes(known?.[name]) === "yes";
    return <CheckField name={name} label={word} hint={hint} defaultChecked={ticked} error={error(name)} />;
  };
  return (
    <>
      <TextField
        name="name"
        maxLength={100}
        autoComplete="off"
        dir="auto"
        label={labels.name}
        defaultValue={value("name", known?.name)}
        error={error("name")}
      />
      <MarkdownArea
        t={t}
        name="summary"
        rows={5}
        maxLength={5000}
        label={labels.summary}
        mark={t("site.optional")}
        hint={t("group.summaryHint")}
        defaultValue={value("summary", known?.summary)}
        error={error("summary")}
      />
      <TextField
        name="locality"
        maxLength={120}
        autoComplete="off"
        dir="auto"
        label={labels.locality}
        mark={t("site.optional")}
        hint={t("group.localityHint")}
        defaultValue={value("locality", known?.locality ?? "")}
        error={error("locality")}
      />
      <PictureFields
        {...{
          t,
          state,
          name: "icon",
          label: labels.icon,
          hint: t("group.iconHint"),
          removed: t("account.iconRemoved"),
        }}
        pictureId={known?.iconId ?? null}
      />
      <PictureFields
        {...{
          t,
          state,
          name: "image",
          label: labels.image,
          hint: t("group.imageHint"),
          removed: t("group.imageRemoved"),
        }}
        pictureId={known?.imageId ?? null}
        wide
      />
      <ToneField {...{ t, state }} label={labels.tone} hint={t("group.toneHint")} known={known?.tone ?? null} />
      {radio("openness", ["open", "moderated", "invite_only"], known?.openness ?? "moderated")}
      {radio("visibility", ["public", "unlisted"], known?.visibility ?? "public")}
      <div className="grid gap-2">
        {tick("membersShown", t("group.showMembers"), t("group.showMembersHint"))}
        {tick("membersOrganise", t("group.allOrganise"), t("group.allOrganiseHint"))}
        {tick("approvesFollowers", t("group.approveFollowers"), t("group.approveFollowersHint"))}
      </div>
    </>
  );
}
