import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { answerWith } from "#app/_web/request.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { getInvitation } from "#lib/event/staff/queries.ts";
import { eventDate } from "#lib/locale/dates.ts";
import { invitationPath, signInAt } from "#lib/urls.ts";
import { keptUnder } from "../door.ts";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("staff.tab"), robots: { index: false } };
}

/** What a mailed invitation is about, and the two buttons that answer it: the link itself changes nothing. */
export default async function Invitation({ params, searchParams }: Props) {
  const [{ token }, { form }] = [await params, await searchParams];
  const { t, locale } = await getReader();
  const found = await getInvitation(database(), token);
  if (!found) {
    answerWith(404);
    return (
      <div className="grid max-w-[40rem] gap-6 py-8">
        <h1>{t("staff.deadTitle")}</h1>
        <p>{t("staff.deadText")}</p>
      </div>
    );
  }
  const [{ event, role, handle, organizer, acceptedAt }, who] = [found, await getSignedIn()];
  const path = invitationPath(token);
  const { errors } = await formState(t, form, keptUnder(token));
  const button = (action: string, word: string, look?: "filled") => (
    <form method="post" action={action}>
      <FormGuard path={action} />
      <Button look={look} className="min-h-14 px-8 text-lg">
        {word}
      </Button>
    </form>
  );
  return (
    <div className="grid max-w-[40rem] gap-6 py-8">
      <h1 dir="auto">{t("staff.invitationTitle", { name: event.name })}</h1>
      <ErrorSummary t={t} errors={errors} />
      <p>{t("staff.invitationText", { organizer })}</p>
      <dl className="grid gap-3">
        <div>
          <dt className="text-sm font-semibold text-muted">{t("event.when")}</dt>
          <dd>{eventDate(locale, event)}</dd>
        </div>
        <div>
          <dt className="text-sm font-semibold text-muted">{t("staff.invitationAs")}</dt>
          <dd>
            {t(`staff.role_${role}`)}
            <span className="block text-muted">{t(`staff.hint_${role}`)}</span>
          </dd>
        </div>
      </dl>
      {handle && !acceptedAt && <p>{t("staff.invitationFor", { handle: `@${handle}` })}</p>}
      {acceptedAt ? (
        <Notice kind="ok" title={t("staff.accepted")}>
          <ButtonLink href={`/dashboard/events/${event.id}`} className="mt-2">
            {t("staff.openDesk")}
          </ButtonLink>
        </Notice>
      ) : (
        <div className="flex flex-wrap gap-3">
          {who ? (
            button(`${path}/acceptance`, t("staff.accept"), "filled")
          ) : (
            <ButtonLink look="filled" href={signInAt(path)} className="min-h-14 px-8 text-lg">
              {t("account.signIn")}
            </ButtonLink>
          )}
          {button(`${path}/refusal`, t("staff.decline"))}
        </div>
      )}
      {!who && !acceptedAt && (
        <div className="grid justify-items-start gap-3">
          <p>{t("staff.signInText")}</p>
          <ButtonLink href="/sign-up">{t("account.signUp")}</ButtonLink>
        </div>
      )}
    </div>
  );
}
