import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { SelectField, TextArea, TextField } from "#app/_ui/field.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { getInstance } from "#lib/instance/queries.ts";
import { localeNames, locales } from "#lib/locale/index.ts";
import { setupPath } from "#lib/urls.ts";
import { Column } from "../../column.tsx";
import { keptUnder } from "../../token-door.ts";
import { isSetup } from "./setup-door.ts";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.setupServerTitle"), robots: { index: false } };
}

/** First run, step 1 of 2: what this server is called, who runs it, who may open an account. */
export default async function SetupServer({ params, searchParams }: Props) {
  const [{ token }, { form }] = [await params, await searchParams];
  if (!(await isSetup(token))) return absent();
  const { t, locale } = await getReader();
  const { name, description, contact, registration } = await getInstance(database());
  const action = `${setupPath(token)}/server`;
  const labels = {
    name: t("account.setupName"),
    description: t("account.setupDescription"),
    contact: t("account.setupContact"),
    language: t("site.language"),
    registration: t("account.setupRegistration"),
  };
  const { errors, error, value } = await formState(t, form, keptUnder(token), labels);
  return (
    <Column title={t("account.setupServerTitle")}>
      <p>{t("account.setupServerText")}</p>
      <ErrorSummary t={t} errors={errors} />
      <form method="post" action={action} className="grid gap-5">
        <FormGuard path={action} />
        <TextField
          name="name"
          required
          maxLength={100}
          label={labels.name}
          hint={t("account.setupNameHint")}
          defaultValue={value("name", name)}
          error={error("name")}
        />
        <TextArea
          name="description"
          maxLength={500}
          label={labels.description}
          mark={t("site.optional")}
          hint={t("account.setupDescriptionHint")}
          defaultValue={value("description", description)}
          error={error("description")}
        />
        <TextField
          name="contact"
          type="email"
          maxLength={254}
          label={labels.contact}
          mark={t("site.optional")}
          hint={t("account.setupContactHint")}
          defaultValue={value("contact", contact)}
          error={error("contact")}
        />
        <SelectField name="language" label={labels.language} defaultValue={value("language", locale)}>
          {locales.map((one) => (
            <option key={one} value={one} lang={one}>
              {localeNames[one]}
            </option>
          ))}
        </SelectField>
        <SelectField
          name="registration"
          label={labels.registration}
          defaultValue={value("registration", registration)}
          hint={t("account.setupRegistrationHint")}
        >
          <option value="open">{t("account.registrationOpen")}</option>
          <option value="approval">{t("account.registrationApproval")}</option>
          <option value="closed">{t("account.registrationClosed")}</option>
        </SelectField>
        <div>
          <Button look="filled">{t("account.setupNext")}</Button>
        </div>
      </form>
    </Column>
  );
}
