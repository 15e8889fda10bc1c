import { Button } from "#app/_ui/button.tsx";
import { SelectField } from "#app/_ui/field.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { Translate } from "#lib/locale/index.ts";
import { type Cadence, discussionCadences } from "#lib/notification/choice/matrix.ts";

type Props = { t: Translate; path: string; chosen: string | null; usual: Cadence };

/** How often a member wishes to hear of one discussion by mail. */
export function MailForm({ t, path, chosen, usual }: Props) {
  return (
    <form method="post" action={path} className="grid gap-1">
      <FormGuard path={path} />
      <div className="flex flex-wrap items-end gap-3">
        <SelectField
          name="cadence"
          label={t("talk.mail")}
          defaultValue={chosen ?? "as-all"}
          className="min-w-0 max-w-[26rem] flex-1 basis-64"
        >
          <option value="as-all">{t("talk.cadence_as-all", { cadence: t(`notice.${usual}`) })}</option>
          {discussionCadences.map((cadence) => (
            <option key={cadence} value={cadence}>
              {t(`notice.${cadence}`)}
            </option>
          ))}
        </SelectField>
        <Button>{t("talk.save")}</Button>
      </div>
      <p className="text-sm text-muted">{t("talk.mailHint")}</p>
    </form>
  );
}
