import type { Translate } from "#lib/locale/index.ts";
import { linkLook } from "./button.tsx";
import { fieldId } from "./field.tsx";
import { Notice } from "./notice.tsx";

export type FieldError = {
  /** The control's name; empty for a refusal of the whole form. */
  field: string;
  /** The field's label, so that the link makes sense alone. */
  label?: string;
  sentence: string;
};

/** What a refused form says first. `#errors` of the redirect focuses it; each line leads to its field. */
export function ErrorSummary({ t, errors }: { t: Translate; errors: FieldError[] }) {
  if (errors.length === 0) return null;
  return (
    <Notice kind="danger" id="errors" title={t("site.errors", { count: errors.length })} className="my-4">
      <ul className="grid gap-1">
        {errors.map(({ field, label, sentence }) => (
          <li key={field}>
            {field ? (
              <a href={`#${fieldId(field)}`} className={linkLook}>
                {label ? t("site.errorLine", { label, sentence }) : sentence}
              </a>
            ) : (
              sentence
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
