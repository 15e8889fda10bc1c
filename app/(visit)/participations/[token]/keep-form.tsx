import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { Translate } from "#lib/locale/index.ts";

/** "Keep / Give back": a place that fell free is held for who waited; keeping it is one button. */
export function KeepForm({ t, path }: { t: Translate; path: string }) {
  const action = `${path}/confirmation`;
  return (
    <form method="post" action={action} className="flex flex-wrap items-center gap-3">
      <FormGuard path={action} />
      <Button look="filled" className="min-h-14 px-8 text-lg">
        {t("participation.offeredKeep")}
      </Button>
      <ButtonLink href={`${path}/leave`} className="min-h-14">
        {t("participation.offeredGive")}
      </ButtonLink>
    </form>
  );
}
