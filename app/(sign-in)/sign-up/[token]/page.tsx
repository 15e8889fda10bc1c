import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { getSignUp } from "#lib/account/sign-up/queries.ts";
import { signUpPath } from "#lib/urls.ts";
import { Column } from "../../column.tsx";
import { DeadLink } from "../../dead-link.tsx";
import { keptUnder } from "../../token-door.ts";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.confirmTitle"), robots: { index: false } };
}

/** What is about to be opened, and one button. A handle that was taken meanwhile can be replaced here. */
export default async function ConfirmSignUp({ params, searchParams }: Props) {
  const [{ token }, { form }] = [await params, await searchParams];
  const { t } = await getReader();
  const found = await getSignUp(database(), token);
  if (!found) return <DeadLink />;
  if (found.usedAt)
    return (
      <Column title={t("account.confirmTitle")}>
        <Notice kind="ok" role="status" title={t("account.confirmedAlready")} />
      </Column>
    );
  const action = `${signUpPath(token)}/confirmation`;
  const labels = { handle: t("account.handle") };
  const { errors, error, value } = await formState(t, form, keptUnder(token), labels);
  const facts = [
    [t("account.email"), found.email],
    [t("account.handle"), `@${found.handle}`],
    [t("account.name"), found.name],
    [t("account.password"), t(found.password ? "account.passwordChosen" : "account.passwordNotChosen")],
  ];
  return (
    <Column title={t("account.confirmTitle")}>
      <ErrorSummary t={t} errors={errors} />
      <dl className="grid gap-x-6 gap-y-1 rounded-card border border-line bg-surface p-4 sm:grid-cols-[auto_1fr]">
        {facts.map(([label, fact]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="font-semibold" dir="auto">
              {fact}
            </dd>
          </div>
        ))}
      </dl>
      <p>{t("account.confirmText")}</p>
      <form method="post" action={action} className="grid justify-items-start gap-4">
        <FormGuard path={action} />
        {found.taken && (
          <TextField
            name="handle"
            required
            maxLength={31}
            autoComplete="off"
            autoCapitalize="none"
            label={labels.handle}
            hint={t("account.handleTakenMeanwhile", { handle: `@${found.handle}` })}
            defaultValue={value("handle")}
            error={error("handle")}
          />
        )}
        <Button look="filled" className="min-h-14 px-8 text-lg">
          {t("account.confirmButton")}
        </Button>
      </form>
    </Column>
  );
}
