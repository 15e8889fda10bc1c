import { Avatar } from "#app/_ui/avatar.tsx";
import { CheckField, PictureField, SelectField, TextField } from "#app/_ui/field.tsx";
import { MarkdownArea } from "#app/_ui/markdown-area.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import { tones } from "#lib/actor/input.ts";
import type { Translate } from "#lib/locale/index.ts";
import { pictureOf, pictureToken } from "#lib/media/token.ts";
import { mediaPath } from "#lib/urls.ts";

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
      <IconFields t={t} state={state} iconId={known?.iconId ?? null} />
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
      <SelectField
        name="tone"
        label={labels.tone}
        hint={t("account.toneHint")}
        defaultValue={value("tone", known?.tone ?? "")}
        error={error("tone")}
      >
        <option value="">{t("account.toneAny")}</option>
        {tones.map((tone) => (
          <option key={tone} value={tone}>
            {t(`account.tone_${tone}`)}
          </option>
        ))}
      </SelectField>
    </>
  );
}

/** The picture of a profile: the one that it has, another, or none. */
function IconFields({ t, state, iconId }: { t: Translate; state: FormState; iconId: string | null }) {
  const had = iconId ? pictureToken(iconId) : "";
  const token = state.value("icon") || state.value("iconKept", had);
  const kept = pictureOf({ fresh: "", kept: token, removed: "" });
  return (
    <div className="grid gap-1">
      <input type="hidden" name="iconKept" value={token} />
      <div className="flex items-end gap-4">
        {kept && <Avatar src={mediaPath(kept)} size="head" />}
        <PictureField
          name="icon"
          label={t("account.icon")}
          mark={t("site.optional")}
          hint={t("account.iconHint")}
          error={state.error("icon")}
          className="min-w-0 flex-1"
        />
      </div>
      {kept && (
        <CheckField
          name="iconRemoved"
          label={t("account.iconRemoved")}
          defaultChecked={state.value("iconRemoved") === "yes"}
        />
      )}
    </div>
  );
}
