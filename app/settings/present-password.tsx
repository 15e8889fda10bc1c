import { TextField } from "#app/_ui/field.tsx";
import type { Translate } from "#lib/locale/index.ts";

/** Asks the password once more before something grave; whoever has none must have signed in a moment ago. */
export function PresentPassword({ t, asked, error }: { t: Translate; asked: boolean; error: string | null }) {
  if (!asked) return <p className="text-sm text-muted">{t("account.freshNeeded")}</p>;
  return (
    <TextField
      name="password"
      type="password"
      required
      autoComplete="current-password"
      maxLength={200}
      label={t("account.passwordPresent")}
      error={error}
    />
  );
}
