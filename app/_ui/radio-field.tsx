import type { ReactNode } from "react";
import { fieldId } from "./field.tsx";
import { Icon } from "./icon.tsx";

type Choice = { value: string; label: ReactNode; hint?: ReactNode };

type Props = {
  name: string;
  legend: ReactNode;
  mark?: string;
  value: string;
  choices: Choice[];
  error?: string | null;
  className?: string;
};

/** One of a few, each with its words: what is chosen stands in a tinted row. */
export function RadioField({ name, legend, mark, value, choices, error, className = "" }: Props) {
  const id = fieldId(name);
  return (
    <fieldset className={className} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1 font-semibold">
        {legend}
        {mark && <span className="font-normal text-muted"> ({mark})</span>}
      </legend>
      {error && (
        <p id={`${id}-error`} className="mb-1 flex items-start gap-1.5 text-sm font-semibold text-danger">
          <Icon name="warning" size={16} className="mt-0.5" />
          {error}
        </p>
      )}
      <div className="grid gap-1">
        {choices.map((choice, at) => (
          <label
            key={choice.value}
            className="flex min-h-11 cursor-pointer items-start gap-3 rounded-control border border-transparent px-3 py-2 has-checked:border-accent has-checked:bg-accent-tint"
          >
            <input
              type="radio"
              id={at === 0 ? id : undefined}
              name={name}
              value={choice.value}
              defaultChecked={choice.value === value}
              className="mt-1 size-5 shrink-0 accent-accent"
            />
            <span>
              {choice.label}
              {choice.hint && <span className="block text-sm text-muted">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
