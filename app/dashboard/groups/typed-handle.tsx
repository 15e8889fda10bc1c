import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import type { Translate } from "#lib/locale/index.ts";

type Props = {
  t: Translate;
  action: string;
  handle: string;
  state: FormState;
  /** What the field is called, what the button does, and the way out. */
  label: string;
  button: string;
  stay: { href: string; label: string };
};

/** The end of a page that tells what follows for a whole group: only who types its handle means it. */
export const TypedHandle = ({ t, action, handle, state, label, button, stay }: Props) => (
  <form method="post" action={action} className="grid gap-5">
    <FormGuard path={action} />
    <TextField
      name="handle"
      maxLength={100}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      label={label}
      hint={t("group.closeType", { handle: `@${handle}` })}
      defaultValue={state.value("handle")}
      error={state.error("handle")}
    />
    <div className="flex flex-wrap gap-3">
      <Button look="danger-filled">{button}</Button>
      <ButtonLink href={stay.href}>{stay.label}</ButtonLink>
    </div>
  </form>
);
