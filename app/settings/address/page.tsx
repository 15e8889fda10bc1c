import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { EmailField } from "#app/_ui/field.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { getAccount } from "#lib/account/queries.ts";
import { Frame } from "../frame.tsx";
import { PresentPassword } from "../present-password.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.addressChange"), robots: { index: false } };
}

/** Another address, or the proof of the present one: the mail that goes there has the button. */
export default async function ChangeAddress({ searchParams }: Props) {
  const search = await searchParams;
  const { viewer } = await signedInAt("/settings/address", search.form);
  const { t } = await getReader();
  const account = (await getAccount(database(), viewer.accountId))!;
  const action = "/settings/address/request";
  const labels = { email: t("account.addressNew"), password: t("account.passwordPresent") };
  const { errors, error, value } = await formState(t, search.form, "/settings/address", labels);
  return (
    <Frame t={t} here="/settings/security" title={t("account.addressChange")}>
      <p>{t("account.addressChangeText", { address: account.email ?? "" })}</p>
      <ErrorSummary t={t} errors={errors} />
      <form method="post" action={action} className="grid gap-5">
        <FormGuard path={action} />
        <EmailField
          label={labels.email}
          defaultValue={value("email", account.confirmedAt ? "" : (account.email ?? ""))}
          error={error("email")}
        />
        <PresentPassword t={t} asked={account.hasPassword} error={error("password")} />
        <div>
          <Button look="filled">{t("account.addressAsk")}</Button>
        </div>
      </form>
    </Frame>
  );
}
