import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { getAccount } from "#lib/account/queries.ts";
import { listActorsOf } from "#lib/actor/queries.ts";
import { Frame } from "../frame.tsx";
import { PresentPassword } from "../present-password.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.deleteTitle"), robots: { index: false } };
}

/** What goes, what stays and why; then the handle typed, and the password. */
export default async function Deletion({ searchParams }: Props) {
  const search = await searchParams;
  const { viewer } = await signedInAt("/settings/deletion", search.form);
  const { t } = await getReader();
  const db = database();
  const account = (await getAccount(db, viewer.accountId))!;
  const [profile] = await listActorsOf(db, viewer.accountId);
  const action = "/settings/deletion/request";
  const labels = { handle: t("account.handle"), password: t("account.passwordPresent") };
  const { errors, error, value } = await formState(t, search.form, "/settings/deletion", labels);
  const goes = [
    "account.goesAccount",
    "account.goesProfiles",
    "account.goesEvents",
    "account.goesPlaces",
    "account.goesComments",
  ] as const;
  const stays = ["account.staysHandle", "account.staysEvents"] as const;
  return (
    <Frame t={t} here="/settings/data" title={t("account.deleteTitle")}>
      <h2 className="text-xl">{t("account.goes")}</h2>
      <ul className="list-disc ps-6">
        {goes.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
      <h2 className="text-xl">{t("account.stays")}</h2>
      <ul className="list-disc ps-6">
        {stays.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
      <p className="font-semibold">{t("account.deleteFinal")}</p>
      <ErrorSummary t={t} errors={errors} />
      <form method="post" action={action} className="grid gap-5">
        <FormGuard path={action} />
        <TextField
          name="handle"
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={31}
          label={t("account.deleteType", { handle: `@${profile?.handle ?? ""}` })}
          defaultValue={value("handle")}
          error={error("handle")}
        />
        <PresentPassword t={t} asked={account.hasPassword} error={error("password")} />
        <div className="flex flex-wrap gap-3">
          <Button look="danger-filled">{t("account.deleteButton")}</Button>
          <ButtonLink href="/settings/data">{t("account.deleteNot")}</ButtonLink>
        </div>
      </form>
    </Frame>
  );
}
