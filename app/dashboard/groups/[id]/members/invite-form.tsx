import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import type { Translate } from "#lib/locale/index.ts";

type Props = { t: Translate; host: string | null; closed: boolean; state: FormState; label: string; action: string };

/**
 * Where somebody is asked into a group; into one of another server (`host`) by their handle alone, and by an address here
 * only who has an account where none is opened (`closed`).
 */
export const InviteForm = ({ t, host, closed, state, label, action }: Props) => (
  <>
    <ErrorSummary t={t} errors={state.errors} />
    <form method="post" action={action} className="flex flex-wrap items-start gap-3">
      <FormGuard path={action} />
      <TextField
        name="who"
        required
        maxLength={254}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        label={label}
        hint={host ? t("group.inviteHintThere", { host }) : t(closed ? "group.inviteHintClosed" : "group.inviteHint")}
        defaultValue={state.value("who")}
        error={state.error("who")}
        className="min-w-0 flex-1 basis-64"
      />
      <Button look="filled" className="sm:mt-7">
        {t("group.invite")}
      </Button>
    </form>
  </>
);
