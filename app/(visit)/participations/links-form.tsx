import { Button } from "#app/_ui/button.tsx";
import { EmailField } from "#app/_ui/field.tsx";
import { Trap } from "#app/_ui/trap.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import type { Translate } from "#lib/locale/index.ts";

/** "Mail me all my links": for who has lost the mail. */
export function LinksForm({ t, state, look }: { t: Translate; state?: FormState; look?: "filled" }) {
  return (
    <form method="post" action="/participations" className="grid max-w-[40rem] gap-4">
      <FormGuard path="/participations" />
      <EmailField
        label={t("participation.email")}
        hint={t("participation.linksText")}
        defaultValue={state?.value("email")}
        error={state?.error("email") ?? state?.error("")}
      />
      <Trap t={t} />
      <div>
        <Button look={look}>{t("participation.linksButton")}</Button>
      </div>
    </form>
  );
}
