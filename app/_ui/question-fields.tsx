import type { Translate } from "#lib/locale/index.ts";
import { CheckField, SelectField, TextField } from "./field.tsx";

type Question = { id: string; kind: string; label: string; choices: string[]; required: boolean };

type Props = {
  t: Translate;
  questions: Question[];
  /** By question id. */
  value: (id: string) => string;
  error: (field: string) => string | null;
};

/** What an organiser asks: a line of text, one of several, or a box to tick. */
export function QuestionFields({ t, questions, value, error }: Props) {
  if (questions.length === 0) return null;
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-2 font-semibold">{t("participation.questions")}</legend>
      {questions.map(({ id, kind, label, choices, required }) => {
        const name = `answers[${id}]`;
        const field = {
          name,
          label,
          required,
          error: error(name),
          mark: t(required ? "site.required" : "site.optional"),
        };
        if (kind === "boolean") return <CheckField key={id} {...field} defaultChecked={value(id) === "yes"} />;
        if (kind === "choice")
          return (
            <SelectField key={id} {...field} defaultValue={value(id)}>
              <option value="">{t("participation.choose")}</option>
              {choices.map((choice) => (
                <option key={choice} value={choice}>
                  {choice}
                </option>
              ))}
            </SelectField>
          );
        return <TextField key={id} {...field} type="text" maxLength={1000} defaultValue={value(id)} dir="auto" />;
      })}
    </fieldset>
  );
}

/** How many come along: a list of numbers, so that there is nothing to mistype. */
export function GuestsField({
  t,
  most,
  value,
  error,
}: {
  t: Translate;
  most: number;
  value: string;
  error: string | null;
}) {
  return (
    <SelectField name="guests" label={t("participation.guests")} defaultValue={value || "0"} error={error}>
      {Array.from({ length: most + 1 }, (_, count) => (
        <option key={String(count)} value={count}>
          {count === 0 ? t("participation.guestsNone") : t("participation.guestsSome", { count })}
        </option>
      ))}
    </SelectField>
  );
}
