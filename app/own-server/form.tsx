import { Button } from "#app/_ui/button.tsx";
import { CheckField, TextField } from "#app/_ui/field.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { rememberedAddress } from "#app/_web/own-server.ts";
import type { Translate } from "#lib/locale/index.ts";

const action = "/own-server/request";

type Props = { t: Translate; path: string; typed?: string; error?: string | null; main?: boolean };

/** Asks for somebody's address on their own server, to do something there with what our `path` shows. */
export async function OwnServerForm({ t, path, typed, error, main = false }: Props) {
  const kept = await rememberedAddress();
  return (
    <form method="post" action={action} className="grid gap-3">
      <FormGuard path={action} />
      <input type="hidden" name="with" value={path} />
      <TextField
        name="address"
        label={t("federation.ownAddress")}
        hint={t("federation.ownAddressHint")}
        error={error}
        defaultValue={typed ?? kept}
        maxLength={320}
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <CheckField name="remember" label={t("federation.ownRemember")} defaultChecked={kept !== ""} />
      <p>
        <Button look={main ? "filled" : "outlined"}>{t("federation.ownLook")}</Button>
      </p>
    </form>
  );
}
