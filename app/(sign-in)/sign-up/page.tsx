import type { Metadata } from "next";
import { linkLook, wayLook } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { formState } from "#app/_web/form-state.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { getReader } from "#app/_web/reader.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { getNewIdentity } from "#lib/account/identity/queries.ts";
import { getConfig } from "#lib/config.ts";
import { maskAddress } from "#lib/participation/address.ts";
import { signInAt } from "#lib/urls.ts";
import { Column } from "../column.tsx";
import { ConnectForm } from "./connect-form.tsx";
import { SignUpForm } from "./sign-up-form.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.signUp"), robots: { index: false } };
}

/** Asks for an account. Who runs the place, and its rules, stand first; taking part needs none. */
export default async function SignUp({ searchParams }: Props) {
  const search = await searchParams;
  const { t } = await getReader();
  const { name, registration } = await ownInstance();
  const state = await formState(t, search.form, "/sign-up", {
    email: t("account.email"),
    handle: t("account.handle"),
    name: t("account.name"),
    password: t("account.passwordOptional"),
    application: t("account.application"),
  });
  const identityId = state.value("identity") || String(search.identity ?? "");
  const identity = identityId ? await getNewIdentity(database(), identityId) : null;
  const provider = getConfig().openid?.name ?? "";
  if (state.kept?.outcome === "sent")
    return (
      <Column title={t("account.signUp")}>
        <Notice kind="ok" icon="mail" id="sent" role="status" title={t("participation.sentTitle")}>
          <p>{t("account.signUpSent", { address: maskAddress(state.value("email")) })}</p>
        </Notice>
        <p>
          <a href="/sign-up" className={linkLook}>
            {t("account.linkAgain")}
          </a>
        </p>
      </Column>
    );
  if (identity && (await getSignedIn()))
    return <ConnectForm t={t} id={identityId} provider={provider} name={identity.name || identity.email} />;
  return (
    <Column title={t("account.signUp")}>
      {identity && (
        <Notice kind="info" title={t("account.identityTitle", { provider })}>
          <p>{t("account.identityText")}</p>
          <p>
            <a href={signInAt(`/sign-up?identity=${identityId}`)} className={wayLook}>
              {t("account.identityConnect")}
            </a>
          </p>
        </Notice>
      )}
      <p>
        {t("account.signUpIntro", { name })}{" "}
        <a href="/about/rules" className={linkLook}>
          {t("site.rules")}
        </a>
        {", "}
        <a href="/about/privacy" className={linkLook}>
          {t("site.privacy")}
        </a>
      </p>
      {registration === "closed" ? (
        <Notice kind="info" title={t("refusals.sign-up-closed")}>
          <p>{t("account.closedText")}</p>
        </Notice>
      ) : (
        <SignUpForm t={t} state={state} approval={registration === "approval"} identity={identity} id={identityId} />
      )}
      <p className="border-t border-line pt-2">
        <a href="/sign-in" className={wayLook}>
          {t("account.haveAccount")}
        </a>
      </p>
    </Column>
  );
}
