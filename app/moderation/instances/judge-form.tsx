import { Button } from "#app/_ui/button.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { RadioField } from "#app/_ui/radio-field.tsx";
import type { Translate } from "#lib/locale/index.ts";

/** Leads to the page that says what a judgement about a server would do. Nothing is done by this. */
export function JudgeForm({ t, host }: { t: Translate; host?: string }) {
  const ways = (["limited", "silenced", "suspended"] as const).map((one) => ({
    value: one,
    label: t(`moderation.${one}`),
    hint: t(`moderation.${one}Text`),
  }));
  return (
    <section aria-labelledby="judge-title" className="grid max-w-[40rem] gap-3 border-t border-line pt-5">
      <h2 id="judge-title" className="text-xl">
        {t("moderation.judgeTitle")}
      </h2>
      <form method="get" action="/moderation/instances/judgement" className="grid gap-4">
        {host ? (
          <input type="hidden" name="host" value={host} />
        ) : (
          <TextField
            name="host"
            label={t("moderation.judgeHost")}
            hint={t("moderation.judgeHint")}
            maxLength={300}
            autoCapitalize="none"
            spellCheck={false}
            required
          />
        )}
        <RadioField name="standing" legend={t("moderation.judgeWhat")} value="silenced" choices={ways} />
        <p>
          <Button look="danger">{t("moderation.judgeLook")}</Button>
        </p>
      </form>
    </section>
  );
}
