import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { getToken } from "#lib/account/token/queries.ts";
import { addressPath } from "#lib/urls.ts";
import { Column } from "../../column.tsx";
import { DeadLink } from "../../dead-link.tsx";
import { keptUnder } from "../../token-door.ts";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.addressTitle"), robots: { index: false } };
}

/** A mailed link that makes an address the account's, or gives the account its former one back. */
export default async function Address({ params, searchParams }: Props) {
  const [{ token }, { form }] = [await params, await searchParams];
  const { t } = await getReader();
  const found = await getToken(database(), token, ["address", "address-undo"]);
  if (!found || found.usedAt) return <DeadLink />;
  const undo = found.purpose === "address-undo";
  const same = found.email === found.current;
  const action = `${addressPath(token)}/confirmation`;
  const { errors } = await formState(t, form, keptUnder(token));
  const text = undo ? "account.undoText" : same ? "account.provenText" : "account.addressText";
  return (
    <Column title={t(undo ? "account.undoTitle" : "account.addressTitle")}>
      <ErrorSummary t={t} errors={errors} />
      <p>{t(text, { address: found.email })}</p>
      <form method="post" action={action}>
        <FormGuard path={action} />
        <input type="hidden" name="undo" value={undo ? "yes" : ""} />
        <Button look="filled" className="min-h-14 px-8 text-lg">
          {t(undo ? "account.undoButton" : "account.addressButton")}
        </Button>
      </form>
    </Column>
  );
}
