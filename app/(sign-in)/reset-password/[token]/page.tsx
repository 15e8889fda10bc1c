import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { getToken } from "#lib/account/token/queries.ts";
import { resetPath } from "#lib/urls.ts";
import { Column } from "../../column.tsx";
import { DeadLink } from "../../dead-link.tsx";
import { keptUnder } from "../../token-door.ts";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.resetTitle"), robots: { index: false } };
}

/** Choose a new password by a mailed link. */
export default async function NewPassword({ params, searchParams }: Props) {
  const [{ token }, { form }] = [await params, await searchParams];
  const { t } = await getReader();
  const found = await getToken(database(), token, ["reset"]);
  if (!found || found.usedAt) return <DeadLink />;
  const action = `${resetPath(token)}/password`;
  const labels = { password: t("account.newPassword") };
  const { errors, error } = await formState(t, form, keptUnder(token), labels);
  return (
    <Column title={t("account.resetTitle")}>
      <ErrorSummary t={t} errors={errors} />
      <form method="post" action={action} className="grid gap-4">
        <FormGuard path={action} />
        {/* So that password managers know which account it is for. */}
        <input type="hidden" name="username" autoComplete="username" value={found.email} />
        <TextField
          name="password"
          type="password"
          required
          minLength={10}
          maxLength={200}
          autoComplete="new-password"
          label={labels.password}
          hint={t("account.passwordHint")}
          error={error("password")}
        />
        <p className="text-sm text-muted">{t("account.resetEnds")}</p>
        <div>
          <Button look="filled">{t("account.resetSave")}</Button>
        </div>
      </form>
    </Column>
  );
}
