import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextField } from "#app/_ui/field.tsx";
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
  return { title: t("account.passwordChange"), robots: { index: false } };
}

/** Another password, or the first one. */
export default async function ChangePassword({ searchParams }: Props) {
  const search = await searchParams;
  const { viewer } = await signedInAt("/settings/password", search.form);
  const { t } = await getReader();
  const account = (await getAccount(database(), viewer.accountId))!;
  const action = "/settings/password/change";
  const labels = { password: t("account.passwordPresent"), new_password: t("account.newPassword") };
  const { errors, error } = await formState(t, search.form, "/settings/password", labels);
  const title = t(account.hasPassword ? "account.passwordChange" : "account.passwordChoose");
  return (
    <Frame t={t} here="/settings/security" title={title}>
      <ErrorSummary t={t} errors={errors} />
      <form method="post" action={action} className="grid gap-5">
        <FormGuard path={action} />
        <input type="hidden" name="username" autoComplete="username" value={account.email ?? ""} />
        <PresentPassword t={t} asked={account.hasPassword} error={error("password")} />
        <TextField
          name="new_password"
          type="password"
          required
          minLength={10}
          maxLength={200}
          autoComplete="new-password"
          label={labels.new_password}
          hint={t("account.passwordHint")}
          error={error("new_password")}
        />
        <p className="text-sm text-muted">{t("account.resetEnds")}</p>
        <div>
          <Button look="filled">{t("account.resetSave")}</Button>
        </div>
      </form>
    </Frame>
  );
}
