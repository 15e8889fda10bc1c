import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { Frame } from "../../frame.tsx";
import { ProfileFields, profileLabels } from "../profile-fields.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.profileNew"), robots: { index: false } };
}

/** One more profile of the same account; its handle is for good. */
export default async function NewProfile({ searchParams }: Props) {
  const { form } = await searchParams;
  const page = "/settings/profiles/new";
  await signedInAt(page, form);
  const { t } = await getReader();
  const state = await formState(t, form, page, profileLabels(t));
  const action = `${page}/profile`;
  return (
    <Frame t={t} here="/settings/profiles" title={t("account.profileNew")}>
      <p>{t("account.profileNewText")}</p>
      <ErrorSummary t={t} errors={state.errors} />
      <form method="post" action={action} encType="multipart/form-data" className="grid gap-5">
        <FormGuard path={action} />
        <TextField
          name="handle"
          required
          maxLength={31}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          label={t("account.handle")}
          hint={t("account.handleHint")}
          defaultValue={state.value("handle")}
          error={state.error("handle")}
        />
        <ProfileFields t={t} state={state} />
        <div>
          <Button look="filled">{t("account.profileCreate")}</Button>
        </div>
      </form>
    </Frame>
  );
}
