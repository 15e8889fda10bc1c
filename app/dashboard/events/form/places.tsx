import { Button } from "#app/_ui/button.tsx";
import { fieldId } from "#app/_ui/field.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { placeLine } from "#lib/place/address.ts";
import { foundNames, readPlace } from "./found.ts";
import type { Filled } from "./section.tsx";

/** The address typed above, looked up where the host chose to; whoever wrote it says which one is meant. */
export function LookUp({ t, get, error, geocoder }: Filled & { geocoder: string }) {
  const wrong = error("lookup");
  const found = foundNames.flatMap((name, at) => {
    const place = readPlace(get(name));
    return place ? [{ name, at: at + 1, place }] : [];
  });
  return (
    <div className="grid gap-3">
      {wrong && (
        <p id={`${fieldId("lookup")}-error`} className="flex items-start gap-1.5 text-sm font-semibold text-warn">
          <Icon name="info" size={16} className="mt-0.5" />
          {wrong}
        </p>
      )}
      <div>
        <Button
          id={fieldId("lookup")}
          name="intent"
          value="lookup"
          formNoValidate
          aria-describedby={`${fieldId("lookup")}-hint`}
        >
          <Icon name="search" size={16} />
          {t("desk.field_lookup")}
        </Button>
        <p id={`${fieldId("lookup")}-hint`} className="mt-1 text-sm text-muted">
          {t("desk.lookupHint", { host: geocoder })}
        </p>
      </div>
      {found.length > 0 && (
        <fieldset id="places" tabIndex={-1} className="grid gap-2 rounded-card border border-accent bg-accent-tint p-4">
          <legend className="float-start mb-2 font-semibold">{t("desk.placesTitle", { count: found.length })}</legend>
          <ul className="grid gap-2">
            {found.map(({ name, at, place }) => (
              <li key={name}>
                <input type="hidden" name={name} value={JSON.stringify(place)} />
                <Button
                  name="intent"
                  value={`choose${at}`}
                  formNoValidate
                  className="w-full justify-start text-start font-normal"
                >
                  <Icon name="pin" size={16} />
                  <span dir="auto">{placeLine(place)}</span>
                </Button>
              </li>
            ))}
          </ul>
          <p className="text-sm text-muted">{t("desk.placesFrom", { host: geocoder })}</p>
        </fieldset>
      )}
    </div>
  );
}
