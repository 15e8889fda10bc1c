import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { listIdentities } from "#lib/account/identity/queries.ts";
import { getAccount } from "#lib/account/queries.ts";
import { listSessions } from "#lib/account/session/queries.ts";
import { getPendingAddress } from "#lib/account/token/queries.ts";
import { getConfig } from "#lib/config.ts";
import { Frame, Part } from "../frame.tsx";
import { Sessions } from "./sessions.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.security"), robots: { index: false } };
}

/** What opens the account: address, password, the provider's identity; and where it is open. */
export default async function Security({ searchParams }: Props) {
  const search = await searchParams;
  const { viewer, sessionId, timezone } = await signedInAt("/settings/security", search.form);
  const { t, locale } = await getReader();
  const db = database();
  const account = (await getAccount(db, viewer.accountId))!;
  const pending = await getPendingAddress(db, viewer.accountId);
  const sessions = await listSessions(db, viewer.accountId);
  const identities = await listIdentities(db, viewer.accountId);
  const { openid } = getConfig();
  const { errors } = await formState(t, search.form, "/settings/security");
  return (
    <Frame t={t} here="/settings/security" title={t("account.security")} said={search.done}>
      <ErrorSummary t={t} errors={errors} />
      <Part title={t("account.email")}>
        <p className="font-semibold">{account.email}</p>
        {!account.confirmedAt && <Notice kind="warn" title={t("account.unproven")} />}
        {pending && pending !== account.email && (
          <Notice kind="info" icon="mail" title={t("account.addressPending", { address: pending })} />
        )}
        <p>
          <ButtonLink href="/settings/address">
            {t(account.confirmedAt ? "account.addressChange" : "account.addressProve")}
          </ButtonLink>
        </p>
      </Part>
      <Part title={t("account.password")}>
        <p>{t(account.hasPassword ? "account.passwordSet" : "account.passwordUnset")}</p>
        <p>
          <ButtonLink href="/settings/password">
            {t(account.hasPassword ? "account.passwordChange" : "account.passwordChoose")}
          </ButtonLink>
        </p>
      </Part>
      {(openid || identities.length > 0) && (
        <Part title={openid?.name ?? t("account.identities")}>
          {identities.length === 0 && <p>{t("account.identityNone", { provider: openid?.name ?? "" })}</p>}
          {identities.map(({ id, issuer }) => {
            const action = `/settings/security/identities/${id}/disconnection`;
            return (
              <form key={id} method="post" action={action} className="flex flex-wrap items-center gap-3">
                <FormGuard path={action} />
                <span>{t("account.identityConnected", { issuer: new URL(issuer).host })}</span>
                <Button>{t("account.identityDisconnect")}</Button>
              </form>
            );
          })}
          {openid && identities.length === 0 && (
            <p>
              <ButtonLink href="/sign-in/openid?next=/settings/security">
                {t("account.identityAdd", { provider: openid.name })}
              </ButtonLink>
            </p>
          )}
        </Part>
      )}
      <Part title={t("account.sessions")}>
        <Sessions t={t} locale={locale} timezone={timezone} sessions={sessions} current={sessionId} />
      </Part>
    </Frame>
  );
}
