import { Button, wayLook } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { getChosenCadence } from "#lib/discussion/reading/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { getCadence } from "#lib/notification/choice/queries.ts";
import type { StopLink } from "#lib/notification/suppression/queries.ts";
import { ownHost, unsubscribePath } from "#lib/urls.ts";

type Props = { t: Translate; signed: string; choice: NonNullable<StopLink["choice"]> };

/** What the link of a mail to an account offers: one kind of mail off, or on again; nothing else of the account. */
export async function StopKind({ t, signed, choice: { accountId, subject, discussionId } }: Props) {
  const own = discussionId && (await getChosenCadence(database(), accountId, discussionId));
  const on = (own || (await getCadence(database(), accountId, subject))) !== "off";
  const action = `${unsubscribePath(signed)}/choice`;
  return (
    <div className="mx-auto grid max-w-[40rem] gap-6 pt-8">
      <h1 className="text-2xl">{t(discussionId ? "talk.stopOne" : `notice.stop_${subject}`)}</h1>
      <p>{t("notice.stopIntro", { host: ownHost() })}</p>
      <Notice kind={on ? "info" : "ok"} role="status" title={t(on ? "notice.going" : "notice.stopped")} />
      <form method="post" action={action} className="grid justify-items-start gap-2">
        <FormGuard path={action} />
        <input type="hidden" name="wish" value={on ? "event" : "allow"} />
        <Button look={on ? "filled" : "outlined"}>{t(on ? "notice.stopButton" : "mail.allowButton")}</Button>
      </form>
      <p>
        <a href="/settings/notifications" className={wayLook}>
          {t("notice.settings")}
        </a>
      </p>
    </div>
  );
}
