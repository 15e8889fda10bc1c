import { Button } from "#app/_ui/button.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { Translate } from "#lib/locale/index.ts";

/** Whether a mail comes the day before, and the button that changes it. */
export function ReminderForm({ t, path, on }: { t: Translate; path: string; on: boolean }) {
  const action = `${path}/reminder`;
  return (
    <form method="post" action={action} className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <FormGuard path={action} />
      <input type="hidden" name="wanted" value={on ? "no" : "yes"} />
      <span>{t(on ? "participation.reminderOn" : "participation.reminderOff")}</span>
      <Button look="quiet" className="px-0!">
        {t(on ? "participation.reminderStop" : "participation.reminderStart")}
      </Button>
    </form>
  );
}
