import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { EmailField, TextField } from "#app/_ui/field.tsx";
import { absent } from "#app/_web/absent.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { setupPath } from "#lib/urls.ts";
import { Column } from "../../../column.tsx";
import { keptUnder } from "../../../token-door.ts";
import { isSetup } from "../setup-door.ts";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.setupAdministratorTitle"), robots: { index: false } };
}

/** First run, step 2 of 2: the first administrator, who gets a mail to confirm the address. */
export default async function SetupAdministrator({ params, searchParams }: Props) {
  const [{ token }, { form }] = [await params, await searchParams];
  if (!(await isSetup(token))) return absent();
  const { t } = await getReader();
  const action = `${setupPath(token)}/administrator/account`;
  const labels = {
    email: t("account.email"),
    password: t("account.password"),
    handle: t("account.handle"),
    name: t("account.name"),
  };
  const { errors, error, value } = await formState(t, form, keptUnder(token), labels);
  return (
    <Column title={t("account.setupAdministratorTitle")}>
      <p>{t("account.setupAdministratorText")}</p>
      <ErrorSummary t={t} errors={errors} />
      <form method="post" action={action} className="grid gap-5">
        <FormGuard path={action} />
        <EmailField
          autoComplete="username"
          label={labels.email}
          hint={t("account.setupEmailHint")}
          defaultValue={value("email")}
          error={error("email")}
        />
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
        <TextField
          name="handle"
          required
          maxLength={31}
          autoComplete="off"
          autoCapitalize="none"
          label={labels.handle}
          hint={t("account.handleHint")}
          defaultValue={value("handle")}
          error={error("handle")}
        />
        <TextField
          name="name"
          maxLength={100}
          autoComplete="name"
          label={labels.name}
          mark={t("site.optional")}
          hint={t("account.nameHint")}
          defaultValue={value("name")}
          error={error("name")}
        />
        <div className="flex flex-wrap gap-3">
          <Button look="filled">{t("account.setupFinish")}</Button>
          <ButtonLink href={setupPath(token)}>{t("account.setupBack")}</ButtonLink>
        </div>
      </form>
    </Column>
  );
}
