import { Button } from "#app/_ui/button.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { GuestsField, QuestionFields } from "#app/_ui/question-fields.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import type { Translate } from "#lib/locale/index.ts";
import type { ParticipationByToken } from "#lib/participation/queries.ts";

type Props = { t: Translate; path: string; found: ParticipationByToken; state: FormState };

/** Name, guests, answers: what a participant may change. */
export function ChangeForm({ t, path, found, state: { value, error } }: Props) {
  const { event, participation, asked } = found;
  const action = `${path}/change`;
  const most = Math.max(event.maximumGuests, participation.guests);
  const stored = new Map(asked.map(({ question, value }) => [question.id, value ?? ""]));
  return (
    <form method="post" action={action} className="grid gap-4">
      <FormGuard path={action} />
      <TextField
        name="name"
        type="text"
        required={event.nameRequired}
        autoComplete="name"
        maxLength={100}
        dir="auto"
        label={t("participation.name")}
        mark={t(event.nameRequired ? "site.required" : "site.optional")}
        hint={t("participation.nameHint")}
        defaultValue={value("name", participation.name)}
        error={error("name")}
      />
      {most > 0 && (
        <GuestsField t={t} most={most} value={value("guests", String(participation.guests))} error={error("guests")} />
      )}
      <QuestionFields
        t={t}
        questions={asked.map(({ question }) => question)}
        value={(id) => value(`answers[${id}]`, stored.get(id) ?? "")}
        error={error}
      />
      <div>
        <Button>{t("participation.changeButton")}</Button>
      </div>
    </form>
  );
}
