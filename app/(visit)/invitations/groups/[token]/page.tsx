import type { Metadata } from "next";
import { linkLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { CheckField } from "#app/_ui/field.tsx";
import { database } from "#app/_web/database.ts";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { answerWith } from "#app/_web/request.ts";
import { getGroupInvitation } from "#lib/group/invitation/queries.ts";
import { renderContent } from "#lib/html.ts";
import { actorPath, groupInvitationPath } from "#lib/urls.ts";
import { Answer } from "../../answer.tsx";
import { keptUnder } from "../../door.ts";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("group.invitationTab"), robots: { index: false } };
}

/** Into which group somebody is asked, for whom that is, and the two buttons that answer: the link itself changes nothing. */
export default async function GroupInvitation({ params, searchParams }: Props) {
  const [{ token }, { form }] = [await params, await searchParams];
  const { t } = await getReader();
  const found = await getGroupInvitation(database(), token);
  if (!found) {
    answerWith(404);
    return (
      <div className="grid max-w-[40rem] gap-6 py-8">
        <h1>{t("group.deadTitle")}</h1>
        <p>{t("group.deadText")}</p>
      </div>
    );
  }
  const { group, inviter, memberId, handle, email } = found;
  const { errors } = await formState(t, form, keptUnder(token));
  return (
    <div className="grid max-w-[40rem] gap-6 py-8">
      <h1 dir="auto">{t("group.invitationTitle", { name: group.name })}</h1>
      <ErrorSummary t={t} errors={errors} />
      {inviter && <p>{t("group.invitationText", { name: inviter })}</p>}
      {group.summary && (
        <div
          className="prose"
          dir="auto"
          dangerouslySetInnerHTML={{ __html: renderContent(group.summary, group.host ? "text/html" : "text/markdown") }}
        />
      )}
      {group.host && (
        <p>
          {t("group.thereText", { host: group.host })}{" "}
          <a href={actorPath(group.handle, group.host)} className={linkLook}>
            @{group.handle}@{group.host}
          </a>
        </p>
      )}
      <Answer
        path={groupInvitationPath(token)}
        invited={{ email, profileId: memberId, handle }}
        accept={t("group.invitationAccept")}
        decline={t("group.invitationDecline")}
        elsewhere={t("group.invitationElsewhere")}
      >
        {group.membersShown && <CheckField name="shown" label={t("group.show")} hint={t("group.showHint")} />}
      </Answer>
    </div>
  );
}
