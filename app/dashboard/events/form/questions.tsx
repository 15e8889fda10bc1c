import { CheckField, SelectField, TextArea, TextField } from "#app/_ui/field.tsx";
import { type Filled, Section } from "./section.tsx";

/** Up to five things that those who come are asked. */
export function QuestionsPart({ t, get, error, label }: Filled) {
  return (
    <Section id="questions" title={t("desk.partQuestions")} text={t("desk.questionsText")}>
      {([1, 2, 3, 4, 5] as const).map((at) => {
        const names = [
          `question${at}_label`,
          `question${at}_kind`,
          `question${at}_choices`,
          `question${at}_required`,
        ] as const;
        const [words, kind, choices, required] = names;
        const used = names.some((name) => error(name)) || get(words) !== "";
        return (
          <details key={at} open={used} className="group/question border-t border-line pt-3">
            <summary className="min-h-11 py-2 font-semibold">
              {t("desk.question", { at })} <bdi className="font-normal text-muted">{get(words)}</bdi>
            </summary>
            <div className="grid gap-4 pt-1">
              <TextField
                name={words}
                maxLength={200}
                dir="auto"
                autoComplete="off"
                label={label(words)}
                defaultValue={get(words)}
                error={error(words)}
              />
              <SelectField name={kind} label={label(kind)} defaultValue={get(kind) || "text"} error={error(kind)}>
                <option value="text">{t("desk.questionText")}</option>
                <option value="choice">{t("desk.questionChoice")}</option>
                <option value="boolean">{t("desk.questionBoolean")}</option>
              </SelectField>
              <TextArea
                name={choices}
                className="not-group-has-[option[value=choice]:checked]/question:hidden"
                rows={3}
                maxLength={2100}
                dir="auto"
                label={label(choices)}
                hint={t("desk.questionChoicesHint")}
                defaultValue={get(choices)}
                error={error(choices)}
              />
              <CheckField
                name={required}
                label={label(required)}
                defaultChecked={get(required) === "yes"}
                error={error(required)}
              />
            </div>
          </details>
        );
      })}
    </Section>
  );
}
