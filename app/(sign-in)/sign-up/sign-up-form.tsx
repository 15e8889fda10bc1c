import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { EmailField, TextArea, TextField } from "#app/_ui/field.tsx";
import { Trap } from "#app/_ui/trap.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import type { NewIdentity } from "#lib/account/identity/queries.ts";
import type { Translate } from "#lib/locale/index.ts";

type Props = { t: Translate; state: FormState; approval: boolean; identity: NewIdentity | null; id: string };

/** Address, handle, name; a password or none; where the host decides, why. */
export function SignUpForm({ t, state, approval, identity, id }: Props) {
  const { errors, error, value } = state;
  const action = "/sign-up/request";
  const optional = t("site.optional");
  return (
    <>
      <ErrorSummary t={t} errors={errors} />
      <form method="post" action={action} className="grid gap-5">
        <FormGuard path={action} />
        {identity && <input type="hidden" name="identity" value={id} />}
        <EmailField
          label={t("account.email")}
          hint={t("account.emailHint")}
          defaultValue={value("email", identity?.email)}
          error={error("email")}
        />
        <TextField
          name="handle"
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={31}
          label={t("account.handle")}
          hint={t("account.handleHint")}
          defaultValue={value("handle")}
          error={error("handle")}
        />
        <TextField
          name="name"
          autoComplete="name"
          maxLength={100}
          label={t("account.name")}
          mark={optional}
          hint={t("account.nameHint")}
          defaultValue={value("name", identity?.name)}
          error={error("name")}
        />
        {!identity && (
          <TextField
            name="password"
            type="password"
            autoComplete="new-password"
            minLength={10}
            maxLength={200}
            label={t("account.passwordOptional")}
            mark={optional}
            hint={t("account.passwordNone")}
            error={error("password")}
          />
        )}
        {approval && (
          <TextArea
            name="application"
            maxLength={1000}
            label={t("account.application")}
            mark={optional}
            hint={t("account.applicationHint")}
            defaultValue={value("application")}
            error={error("application")}
          />
        )}
        <Trap t={t} />
        <p className="text-sm text-muted">{t("account.signUpKept")}</p>
        <div>
          <Button look="filled">{t(approval ? "account.signUpAsk" : "account.signUpButton")}</Button>
        </div>
      </form>
    </>
  );
}
