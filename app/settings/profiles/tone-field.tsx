import { SelectField } from "#app/_ui/field.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import { tones } from "#lib/actor/input.ts";
import type { Translate } from "#lib/locale/index.ts";

type Props = { t: Translate; state: FormState; label: string; hint: string; known: string | null };

/** The colour of a profile or a group; none: it follows from who they are. */
export const ToneField = ({ t, state, label, hint, known }: Props) => (
  <SelectField
    name="tone"
    label={label}
    hint={hint}
    defaultValue={state.value("tone", known ?? "")}
    error={state.error("tone")}
    className="sm:max-w-xs"
  >
    <option value="">{t("account.toneAny")}</option>
    {tones.map((tone) => (
      <option key={tone} value={tone}>
        {t(`account.tone_${tone}`)}
      </option>
    ))}
  </SelectField>
);
