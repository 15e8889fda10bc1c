import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { SelectField, TextField } from "#app/_ui/field.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { getAccount } from "#lib/account/queries.ts";
import { asLocale, localeNames, locales } from "#lib/locale/index.ts";
import { Frame } from "./frame.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.preferences"), robots: { index: false } };
}

const zones = Intl.supportedValuesOf("timeZone");
const radii = [5, 10, 25, 50, 100, 200];

/** How one reads: language, zone, and what "near" means. */
export default async function Preferences({ searchParams }: Props) {
  const search = await searchParams;
  const { viewer } = await signedInAt("/settings", search.form);
  const { t } = await getReader();
  const account = (await getAccount(database(), viewer.accountId))!;
  const labels = {
    language: t("site.language"),
    timezone: t("account.timezone"),
    homeTown: t("account.homeTown"),
    homeRadius: t("account.homeRadius"),
  };
  const { errors, error, value } = await formState(t, search.form, "/settings", labels);
  const action = "/settings/preferences";
  const regions = Map.groupBy(["UTC", ...zones], (zone) => (zone.includes("/") ? zone.split("/")[0]! : "UTC"));
  return (
    <Frame t={t} here="/settings" title={t("account.preferences")} said={search.done}>
      <ErrorSummary t={t} errors={errors} />
      <form method="post" action={action} className="grid gap-5">
        <FormGuard path={action} />
        <SelectField
          name="language"
          label={labels.language}
          hint={t("account.languageHint")}
          defaultValue={value("language", asLocale(account.language))}
          error={error("language")}
        >
          {locales.map((one) => (
            <option key={one} value={one} lang={one}>
              {localeNames[one]}
            </option>
          ))}
        </SelectField>
        <SelectField
          name="timezone"
          label={labels.timezone}
          hint={t("account.timezoneHint")}
          defaultValue={value("timezone", account.timezone)}
          error={error("timezone")}
        >
          {[...regions].map(([region, names]) => (
            <optgroup key={region} label={region}>
              {names.map((zone) => (
                <option key={zone} value={zone}>
                  {zone.replaceAll("_", " ")}
                </option>
              ))}
            </optgroup>
          ))}
        </SelectField>
        <TextField
          name="homeTown"
          maxLength={200}
          autoComplete="address-level2"
          label={labels.homeTown}
          mark={t("site.optional")}
          hint={t("account.homeTownHint")}
          defaultValue={value("homeTown", account.homeTown ?? "")}
          error={error("homeTown")}
        />
        <SelectField
          name="homeRadius"
          label={labels.homeRadius}
          defaultValue={value("homeRadius", String(account.homeRadius))}
          error={error("homeRadius")}
        >
          {radii.map((radius) => (
            <option key={radius} value={radius}>
              {t("account.kilometres", { radius })}
            </option>
          ))}
        </SelectField>
        <div>
          <Button look="filled">{t("account.save")}</Button>
        </div>
      </form>
    </Frame>
  );
}
