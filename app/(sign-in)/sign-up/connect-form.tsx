import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { Translate } from "#lib/locale/index.ts";
import { Column } from "../column.tsx";

/** Somebody who is signed in comes from the provider with an identity that opens nothing yet: shall it open this account? */
export function ConnectForm({ t, id, provider, name }: { t: Translate; id: string; provider: string; name: string }) {
  const action = "/settings/security/identities";
  return (
    <Column title={t("account.connectTitle", { provider })}>
      <p>{t("account.connectText", { provider, name })}</p>
      <form method="post" action={action} className="flex flex-wrap gap-3">
        <FormGuard path={action} />
        <input type="hidden" name="identity" value={id} />
        <Button look="filled">{t("account.connectButton")}</Button>
        <ButtonLink href="/settings/security">{t("account.connectNot")}</ButtonLink>
      </form>
    </Column>
  );
}
