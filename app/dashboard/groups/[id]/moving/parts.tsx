import { Button } from "#app/_ui/button.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { MovedTo } from "#app/_ui/moved-notice.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import type { DeskGroup } from "#lib/group/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { ownHost } from "#lib/urls.ts";

type Props = { t: Translate; page: string; group: DeskGroup; state: FormState; label: string };

/** Where a group of another server is named, and the button that sends it. */
function AddressForm({ t, action, name, state, label, button, filled = false }: AddressProps) {
  return (
    <form method="post" action={action} className="flex flex-wrap items-start gap-3">
      <FormGuard path={action} />
      <TextField
        name={name}
        required
        maxLength={2048}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        label={label}
        hint={t("moving.addressHint")}
        defaultValue={state.value(name)}
        error={state.error(name)}
        className="min-w-0 flex-1 basis-64"
      />
      <Button look={filled ? "filled" : "outlined"} className="sm:mt-7">
        {button}
      </Button>
    </form>
  );
}
type AddressProps = Pick<Props, "t" | "state" | "label"> & {
  action: string;
  name: string;
  button: string;
  filled?: boolean;
};

/** What leads a group to another server: what is done there, then what is done here. */
export function AwayPart({ t, page, group, state, label }: Props) {
  return (
    <section aria-labelledby="away-title" className="grid gap-3">
      <h2 id="away-title" className="text-xl">
        {t("moving.awayTitle")}
      </h2>
      <ol className="grid list-decimal gap-1 ps-6">
        <li>{t("moving.awayFound")}</li>
        <li>
          {t("moving.awayName", { title: t("moving.title") })}{" "}
          <bdi className="font-semibold [overflow-wrap:anywhere]">
            @{group.handle}@{ownHost()}
          </bdi>
        </li>
        <li>{t("moving.awayHere")}</li>
      </ol>
      <AddressForm
        {...{ t, state, label, action: `${page}/destination`, name: "to", button: t("moving.awayButton") }}
        filled
      />
    </section>
  );
}

/** What a group was on other servers, and the form that says so. */
export function HerePart({ t, page, group, state, label }: Props) {
  const removal = `${page}/former/removal`;
  return (
    <section aria-labelledby="here-title" className="grid gap-3 border-t border-line pt-6">
      <h2 id="here-title" className="text-xl">
        {t("moving.hereTitle")}
      </h2>
      <p>{t("moving.hereText")}</p>
      <p className="text-muted">
        {t(group.openness === "open" ? "moving.hereRuleOpen" : "moving.hereRule", {
          openness: t(`group.${group.openness as "open" | "moderated" | "invite_only"}`),
        })}
      </p>
      {group.alsoKnownAs.length > 0 && (
        <>
          <p>{t("moving.hereList")}</p>
          <ul className="grid gap-2">
            {group.alsoKnownAs.map((uri) => (
              <li key={uri}>
                <form method="post" action={removal} className="flex flex-wrap items-center gap-x-4 gap-y-1">
                  <FormGuard path={removal} />
                  <input type="hidden" name="uri" value={uri} />
                  <MovedTo url={uri} />
                  <Button aria-label={t("moving.removeOf", { address: uri })}>{t("moving.remove")}</Button>
                </form>
              </li>
            ))}
          </ul>
        </>
      )}
      <AddressForm {...{ t, state, label, action: `${page}/former`, name: "former", button: t("moving.hereButton") }} />
    </section>
  );
}
