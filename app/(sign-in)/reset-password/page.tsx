import type { Metadata } from "next";
import { Button, linkLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { EmailField } from "#app/_ui/field.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { Trap } from "#app/_ui/trap.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { maskAddress } from "#lib/participation/address.ts";
import { Column } from "../column.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.resetTitle"), robots: { index: false } };
}

/** Asks where the link to choose a new password is to go. The answer is the same for every address. */
export default async function ResetPassword({ searchParams }: Props) {
  const { form } = await searchParams;
  const { t } = await getReader();
  const page = "/reset-password";
  const action = `${page}/request`;
  const labels = { email: t("account.email") };
  const { kept, errors, error, value } = await formState(t, form, page, labels);
  if (kept?.outcome === "sent")
    return (
      <Column title={t("account.resetTitle")}>
        <Notice kind="ok" icon="mail" id="sent" role="status" title={t("participation.sentTitle")}>
          <p>{t("account.resetSent", { address: maskAddress(value("email")) })}</p>
        </Notice>
        <p>
          <a href={page} className={linkLook}>
            {t("account.linkAgain")}
          </a>
        </p>
      </Column>
    );
  return (
    <Column title={t("account.resetTitle")}>
      <ErrorSummary t={t} errors={errors} />
      <form method="post" action={action} className="grid gap-4">
        <FormGuard path={action} />
        <EmailField
          autoComplete="username"
          label={labels.email}
          hint={t("account.resetHint")}
          defaultValue={value("email")}
          error={error("email")}
        />
        <Trap t={t} />
        <div>
          <Button look="filled">{t("account.resetButton")}</Button>
        </div>
      </form>
    </Column>
  );
}
