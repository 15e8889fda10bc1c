import { fieldId } from "#app/_ui/field.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import type { Translate } from "#lib/locale/index.ts";
import { cadences, type NewsSubject } from "#lib/notification/choice/matrix.ts";

type Props = { t: Translate; name: NewsSubject | "discussions"; value: string; error: string | null };

/** One row of the matrix: how often one hears of one thing. */
export function CadenceRow({ t, name, value, error }: Props) {
  const id = fieldId(name);
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1 font-semibold">{t(`notice.${name}`)}</legend>
      {error && (
        <p id={`${id}-error`} className="mb-1 flex items-start gap-1.5 text-sm font-semibold text-danger">
          <Icon name="warning" size={16} className="mt-0.5" />
          {error}
        </p>
      )}
      <div className="grid grid-cols-2 gap-1 sm:grid-cols-5">
        {cadences.map((cadence, at) => (
          <label
            key={cadence}
            className="flex min-h-11 cursor-pointer items-center gap-2 rounded-control border border-line px-2 py-1 text-sm leading-tight has-checked:border-accent has-checked:bg-accent-tint"
          >
            <input
              type="radio"
              id={at === 0 ? id : undefined}
              name={name}
              value={cadence}
              defaultChecked={cadence === value}
              className="size-5 shrink-0 accent-accent"
            />
            {t(`notice.${cadence}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
