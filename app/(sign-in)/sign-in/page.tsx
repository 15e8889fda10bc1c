import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Button, ButtonLink, linkLook, wayLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { EmailField, TextField } from "#app/_ui/field.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { Trap } from "#app/_ui/trap.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { getConfig } from "#lib/config.ts";
import { maskAddress } from "#lib/participation/address.ts";
import { ownPath, signInAt } from "#lib/urls.ts";
import { Column } from "../column.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.signIn"), robots: { index: false } };
}

const said = {
  "signed-out": "account.doneSignedOut",
  deleted: "account.doneDeleted",
  awaiting: "account.doneAwaiting",
  kept: "account.doneKept",
} as const;

/** By password, by a mailed link, or by the host's OpenID Connect provider; whoever is signed in is led on. */
export default async function SignIn({ searchParams }: Props) {
  const search = await searchParams;
  const { t } = await getReader();
  const action = "/sign-in/session";
  const labels = { email: t("account.email"), password: t("account.password") };
  const { kept, errors, error, value } = await formState(t, search.form, "/sign-in", labels);
  const next = ownPath(value("next") || search.next, "");
  if (!kept && (await getSignedIn())) redirect(next || "/");
  if (kept?.outcome === "sent")
    return (
      <Column title={t("account.signIn")}>
        <Notice kind="ok" icon="mail" id="sent" role="status" title={t("participation.sentTitle")}>
          <p>{t("account.linkSent", { address: maskAddress(value("email")) })}</p>
        </Notice>
        <p>
          <a href={next ? signInAt(next) : "/sign-in"} className={linkLook}>
            {t("account.linkAgain")}
          </a>
        </p>
      </Column>
    );
  const done = Object.hasOwn(said, String(search.done)) ? said[search.done as keyof typeof said] : null;
  const { openid } = getConfig();
  return (
    <Column title={t("account.signIn")}>
      {done && <Notice kind={search.done === "kept" ? "info" : "ok"} id="done" role="status" title={t(done)} />}
      {search.failed === "openid" && <Notice kind="warn" role="status" title={t("account.openidFailed")} />}
      <ErrorSummary t={t} errors={errors} />
      <form method="post" action={action} className="grid gap-4">
        <FormGuard path={action} />
        <input type="hidden" name="next" value={next} />
        <EmailField autoComplete="username" label={labels.email} defaultValue={value("email")} error={error("email")} />
        <TextField
          name="password"
          type="password"
          required
          autoComplete="current-password"
          maxLength={200}
          label={labels.password}
          error={error("password")}
        />
        <Trap t={t} />
        <div className="flex flex-wrap items-center gap-3">
          <Button look="filled" name="way" value="password">
            {t("account.signIn")}
          </Button>
          <Button name="way" value="mail" formNoValidate>
            {t("account.mailLink")}
          </Button>
        </div>
      </form>
      {openid && (
        <p>
          <ButtonLink href={`/sign-in/openid${next ? `?next=${encodeURIComponent(next)}` : ""}`}>
            {t("account.openidButton", { name: openid.name })}
          </ButtonLink>
        </p>
      )}
      <p className="flex flex-wrap gap-x-6 border-t border-line pt-2">
        <a href="/reset-password" className={wayLook}>
          {t("account.forgotten")}
        </a>
        <a href="/sign-up" className={wayLook}>
          {t("account.noAccount")}
        </a>
      </p>
    </Column>
  );
}
