import type { ReactNode } from "react";
import { Button } from "#app/_ui/button.tsx";
import { SelectField, TextField } from "#app/_ui/field.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { presets, type SearchParams } from "#lib/event/search/input.ts";
import type { Translate } from "#lib/locale/index.ts";

type Props = { t: Translate; params: SearchParams; nearError?: string | null; children?: ReactNode };

/** Words, place, when: one GET form, the same on the front page, among results and where nothing was found. */
export function SearchRow({ t, params, nearError, children }: Props) {
  return (
    <search>
      <form action="/search" method="get" className="rounded-card border border-line bg-surface p-4">
        <div className="grid grid-cols-2 items-end gap-3 sm:gap-4 lg:grid-cols-[2fr_1.6fr_1.2fr_auto]">
          <TextField
            name="q"
            type="search"
            label={t("find.words")}
            defaultValue={params.q}
            maxLength={200}
            enterKeyHint="search"
            className="col-span-2 lg:col-span-1"
          />
          <TextField
            name="near"
            label={t("find.near")}
            defaultValue={params.near}
            error={nearError}
            maxLength={120}
            autoComplete="address-level2"
          />
          <SelectField name="when" label={t("find.when")} defaultValue={params.when ?? ""}>
            <option value="">{t("find.anyTime")}</option>
            {presets.map((one) => (
              <option key={one} value={one}>
                {t(`find.${one}`)}
              </option>
            ))}
          </SelectField>
          <Button look="filled" className="col-span-2 lg:col-span-1">
            <Icon name="search" />
            {t("find.search")}
          </Button>
        </div>
        {children}
      </form>
    </search>
  );
}
