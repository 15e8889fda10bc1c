import type { Translate } from "#lib/locale/index.ts";
import { controlLook, FieldShell, fieldId } from "./field.tsx";

export type Speaker = { id: string; name: string; handle: string };

type Props = {
  t: Translate;
  label: string;
  /** One's own that may speak there; the first does unless another is chosen. */
  speakers: Speaker[];
  chosen: string;
  error?: string | null;
  /** What the control is called on its page, where there are several. */
  own?: string;
};

/** As which of several profiles one says something (`actor`). */
export const SpeakerField = ({ t, label, speakers, chosen, error, own = "actor" }: Props) => (
  <FieldShell name={own} label={label} error={error}>
    <select
      id={fieldId(own)}
      name="actor"
      defaultValue={chosen || speakers[0]!.id}
      aria-invalid={error ? true : undefined}
      aria-describedby={error ? `${fieldId(own)}-error` : undefined}
      className={controlLook(error)}
    >
      {speakers.map(({ id, name, handle }) => (
        <option key={id} value={id}>
          {t("desk.organizerOption", { name: name || handle, handle })}
        </option>
      ))}
    </select>
  </FieldShell>
);
