import { Button } from "#app/_ui/button.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { KeptForm } from "#lib/form/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { refusalSentence } from "./refusal-sentence.ts";

/** "Mail me all my links": for who has lost the mail. */
export function LinksForm({ t, kept = null, look }: { t: Translate; kept?: KeptForm | null; look?: "filled" }) {
  const whole = refusalSentence(t, kept, "");
  return (
    <form method="post" action="/participations" className="grid max-w-[40rem] gap-4">
      <FormGuard path="/participations" />
      <TextField
        name="email"
        type="email"
        required
        autoComplete="email"
        maxLength={254}
        label={t("participation.email")}
        hint={t("participation.linksText")}
        defaultValue={typeof kept?.values.email === "string" ? kept.values.email : ""}
        error={refusalSentence(t, kept, "email") ?? whole}
      />
      <div className="sr-only" aria-hidden="true">
        <label>
          {t("participation.trap")}
          <input type="text" name="website" tabIndex={-1} autoComplete="off" />
        </label>
      </div>
      <div>
        <Button look={look}>{t("participation.linksButton")}</Button>
      </div>
    </form>
  );
}
