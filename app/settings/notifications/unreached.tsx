import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { Translate } from "#lib/locale/index.ts";
import { getSilence } from "#lib/notification/suppression/queries.ts";
import { addressKey } from "#lib/secrets.ts";

/** Says that no mail goes to an account's address, and why; and the two ways out. Nothing where mail goes. One query. */
export async function Unreached({ t, email }: { t: Translate; email: string }) {
  const { server } = await getSilence(database(), { emailKey: addressKey(email), participationId: null });
  if (!server) return null;
  const bounced = server === "bounce";
  const action = "/settings/notifications/address";
  return (
    <Notice kind="warn" title={t(bounced ? "notice.bounced" : "notice.silenced")}>
      <p>{t(bounced ? "notice.bouncedText" : "notice.silencedText", { address: email })}</p>
      <form method="post" action={action} className="mt-3 flex flex-wrap gap-3">
        <FormGuard path={action} />
        <Button>{t("notice.mailAgain")}</Button>
        <ButtonLink href="/settings/address">{t("notice.changeAddress")}</ButtonLink>
      </form>
    </Notice>
  );
}
