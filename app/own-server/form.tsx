import type { ReactNode } from "react";
import { Button } from "#app/_ui/button.tsx";
import { CheckField, TextField } from "#app/_ui/field.tsx";
import type { Translate } from "#lib/locale/index.ts";

/** Where the form goes, and what its guard is for. */
export const ownServerAction = "/own-server/request";

type Props = {
  t: Translate;
  path: string;
  typed: string;
  /** Whether this browser remembers the address. */
  remembered: boolean;
  error?: string | null;
  main?: boolean;
  guard: ReactNode;
};

/** Asks for somebody's address on their own server, to do something there with what our `path` shows. */
export function OwnServerForm({ t, path, typed, remembered, error, main = false, guard }: Props) {
  return (
    <form method="post" action={ownServerAction} className="grid gap-3">
      {guard}
      <input type="hidden" name="with" value={path} />
      <TextField
        name="address"
        label={t("federation.ownAddress")}
        hint={t("federation.ownAddressHint")}
        error={error}
        defaultValue={typed}
        maxLength={320}
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <CheckField name="remember" label={t("federation.ownRemember")} defaultChecked={remembered} />
      <p>
        <Button look={main ? "filled" : "outlined"}>{t("federation.ownLook")}</Button>
      </p>
    </form>
  );
}
