import type { Metadata } from "next";
import { ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { answerWith } from "#app/_web/request.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { getInvitation } from "#lib/event/staff/queries.ts";
import { eventDate } from "#lib/locale/dates.ts";
import { invitationPath } from "#lib/urls.ts";
import { Answer } from "../answer.tsx";
import { keptUnder } from "../door.ts";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("staff.tab"), robots: { index: false } };
}

/** With which event somebody is asked to help, for whom that is, and the two buttons that answer: the link itself changes nothing. */
export default async function Invitation({ params, searchParams }: Props) {
  const [{ token }, { form }] = [await params, await searchParams];
  const { t, locale } = await getReader();
  const [found, who] = [await getInvitation(database(), token), await getSignedIn()];
  const answered = found?.acceptedAt && !who?.viewer.actorIds.some((id) => id === found.actorId);
  if (!found || answered) {
    answerWith(404);
    return (
      <div className="grid max-w-[40rem] gap-6 py-8">
        <h1>{t("staff.deadTitle")}</h1>
        <p>{t("staff.deadText")}</p>
      </div>
    );
  }
  const { event, role, actorId, handle, email, organizer, acceptedAt } = found;
  const { errors } = await formState(t, form, keptUnder(token));
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
      {acceptedAt ? (
        <Notice kind="ok" title={t("staff.accepted")}>
          <ButtonLink href={`/dashboard/events/${event.id}`} className="mt-2">
            {t("staff.openDesk")}
          </ButtonLink>
        </Notice>
      ) : (
        <Answer
          path={invitationPath(token)}
          invited={{ email, profileId: actorId, handle }}
          accept={t("staff.accept")}
          decline={t("staff.decline")}
        />
      )}
    </div>
  );
}
