import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { getToken } from "#lib/account/token/queries.ts";
import { signInPath } from "#lib/urls.ts";
import { Column } from "../../column.tsx";
import { DeadLink } from "../../dead-link.tsx";
import { keptUnder } from "../../token-door.ts";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.signIn"), robots: { index: false } };
}

/** A mailed link to sign in: one button. Reading the page changes nothing, however often a mail scanner does. */
export default async function SignInByLink({ params, searchParams }: Props) {
  const [{ token }, { form }] = [await params, await searchParams];
  const { t } = await getReader();
  const found = await getToken(database(), token, ["sign-in"]);
  if (!found || found.usedAt) return <DeadLink />;
  const action = `${signInPath(token)}/session`;
  const { errors } = await formState(t, form, keptUnder(token));
  return (
    <Column title={t("account.signIn")}>
      <ErrorSummary t={t} errors={errors} />
      <p>{t("account.linkText", { address: found.email })}</p>
      <form method="post" action={action}>
        <FormGuard path={action} />
        <Button look="filled" className="min-h-14 px-8 text-lg">
          {t("account.signIn")}
        </Button>
      </form>
    </Column>
  );
}
