import { Button, linkLook, wayLook } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { KeptForm } from "#lib/form/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { likelyAddress, maskAddress } from "#lib/participation/address.ts";

/** What follows the join form: the same words whatever is known about the address. */
export function JoinSent({ t, eventId, sent, wait }: { t: Translate; eventId: string; sent: KeptForm; wait: boolean }) {
  const email = String(sent.values.email ?? "");
  const path = `/events/${eventId}/participations/mail`;
  const other = `/events/${eventId}?form=${sent.id}&other=1#join`;
  const meant = likelyAddress(email);
  const title = t(sent.outcome === "sent-again" ? "participation.sentAgainTitle" : "participation.sentTitle");
  return (
    <div className="grid gap-4">
      <Notice kind="ok" icon="mail" role="status" title={title}>
        <p>{t("participation.sentText", { address: maskAddress(email) })}</p>
      </Notice>
      {meant && (
        <Notice kind="warn" title={t("participation.typo", { domain: meant.slice(meant.lastIndexOf("@") + 1) })}>
          <a href={other} className={linkLook}>
            {t("participation.typoFix")}
          </a>
        </Notice>
      )}
      {wait && <p role="status">{t("participation.sendAgainWait")}</p>}
      <p className="text-sm text-muted">{t("participation.sentWhere")}</p>
      <form method="post" action={path} className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <FormGuard path={path} />
        <input type="hidden" name="sent" value={sent.id} />
        <Button>{t("participation.sendAgain")}</Button>
        <a href={other} className={wayLook}>
          {t("participation.otherAddress")}
        </a>
      </form>
    </div>
  );
}
