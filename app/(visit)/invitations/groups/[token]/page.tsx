import type { Metadata } from "next";
import { Button, ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { CheckField } from "#app/_ui/field.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { getReader } from "#app/_web/reader.ts";
import { answerWith } from "#app/_web/request.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { getGroupInvitation, isInvited } from "#lib/group/invitation/queries.ts";
import { renderContent } from "#lib/html.ts";
import { maskAddress } from "#lib/participation/address.ts";
import { actorPath, groupInvitationPath, signInAt } from "#lib/urls.ts";
import { keptUnder } from "../../door.ts";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("group.invitationTab"), robots: { index: false } };
}

const signInTexts = { open: "signInText", approval: "signInApproval", closed: "signInClosed" } as const;

/**
 * Into which group somebody is asked, for whom that is, and the two buttons that answer: the link itself changes nothing.
 * Of the address that was invited no more is shown than its owner needs: the link may have been passed on.
 */
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
  const [{ group, inviter, handle, email }, who] = [found, await getSignedIn()];
  const registration = (await ownInstance()).registration as keyof typeof signInTexts;
  const path = groupInvitationPath(token);
  const { errors } = await formState(t, form, keptUnder(token));
  const big = "min-h-14 px-8 text-lg";
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
      {handle && <p>{t("group.invitationFor", { handle: `@${handle}` })}</p>}
      {email && <p>{t("group.invitationForAddress", { address: maskAddress(email) })}</p>}
      <div className="grid gap-3">
        {who && email && !isInvited(email, who.email) ? (
          <Notice kind="warn" title={t("group.invitationOther", { own: who.email })} />
        ) : who ? (
          <form method="post" action={`${path}/acceptance`} className="grid gap-3">
            <FormGuard path={`${path}/acceptance`} />
            {group.membersShown && <CheckField name="shown" label={t("group.show")} hint={t("group.showHint")} />}
            <p>
              <Button look="filled" className={big}>
                {t("group.invitationAccept")}
              </Button>
            </p>
          </form>
        ) : (
          <>
            <p>
              <ButtonLink look="filled" href={signInAt(path)} className={big}>
                {t("account.signIn")}
              </ButtonLink>
            </p>
            <p>{t(`group.${email ? signInTexts[registration] : "signInText"}`)}</p>
            {registration !== "closed" && (
              <p>
                <ButtonLink href="/sign-up">{t("account.signUp")}</ButtonLink>
              </p>
            )}
          </>
        )}
        <form method="post" action={`${path}/refusal`}>
          <FormGuard path={`${path}/refusal`} />
          <Button>{t("group.invitationDecline")}</Button>
        </form>
      </div>
    </div>
  );
}
