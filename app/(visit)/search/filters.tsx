import { SelectField, TextField } from "#app/_ui/field.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { categories } from "#lib/event/categories.ts";
import { defaultRadius, type SearchParams } from "#lib/event/search/input.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";

const languages = [
  "ar",
  "br",
  "ca",
  "cs",
  "da",
  "de",
  "el",
  "en",
  "es",
  "eu",
  "fi",
  "fr",
  "it",
  "ja",
  "nl",
  "oc",
  "pl",
  "pt",
  "ru",
  "sv",
  "tr",
  "uk",
  "zh",
];
const radii = [5, 10, 25, 50, 100, 200, 500];
const folded = ["from", "to", "radius", "category", "language", "mode", "status", "scope", "tag"] as const;

type Props = { t: Translate; locale: Locale; params: SearchParams };

/** The other filters, folded away; its summary says how many are in use. Part of the search row's form. */
export function Filters({ t, locale, params }: Props) {
  const active = folded.filter((name) => params[name] && params[name] !== String(defaultRadius)).length;
  const names = new Intl.DisplayNames([locale], { type: "language" });
  const order = new Intl.Collator(locale);
  const kinds = [...categories]
    .map((one) => [one, t(`category.${one}`)] as const)
    .sort((a, b) => order.compare(a[1], b[1]));
  const spoken = [...new Set([...languages, ...(params.language ? [params.language] : [])])]
    .map((one) => [one, names.of(one) ?? one] as const)
    .sort((a, b) => order.compare(a[1], b[1]));
  return (
    <details className="mt-3">
      <summary className="inline-flex min-h-11 items-center gap-2 rounded-control font-semibold text-accent hover:underline">
        <Icon name="filter" />
        {t("find.filters", { count: active })}
      </summary>
      <div className="grid grid-cols-2 gap-x-3 gap-y-4 pt-2 lg:grid-cols-4">
        <TextField
          name="from"
          type="date"
          label={t("find.from")}
          defaultValue={params.from}
          className="max-sm:col-span-2"
        />
        <TextField name="to" type="date" label={t("find.to")} defaultValue={params.to} className="max-sm:col-span-2" />
        <SelectField name="radius" label={t("find.radius")} defaultValue={params.radius ?? String(defaultRadius)}>
          {[...new Set([...radii, Number(params.radius ?? defaultRadius)])]
            .sort((a, b) => a - b)
            .map((one) => (
              <option key={one} value={one}>
                {t("find.kilometres", { count: one })}
              </option>
            ))}
        </SelectField>
        <SelectField name="mode" label={t("find.mode")} defaultValue={params.mode ?? ""}>
          <option value="">{t("find.any")}</option>
          <option value="offline">{t("find.inPerson")}</option>
          <option value="online">{t("find.onlineEvents")}</option>
        </SelectField>
        <SelectField name="category" label={t("find.category")} defaultValue={params.category ?? ""}>
          <option value="">{t("find.any")}</option>
          {kinds.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </SelectField>
        <SelectField name="language" label={t("find.language")} defaultValue={params.language ?? ""}>
          <option value="">{t("find.any")}</option>
          {spoken.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </SelectField>
        <SelectField name="status" label={t("find.status")} defaultValue={params.status ?? ""}>
          <option value="">{t("find.any")}</option>
          <option value="confirmed">{t("find.confirmed")}</option>
          <option value="tentative">{t("find.tentative")}</option>
          <option value="cancelled">{t("find.cancelled")}</option>
        </SelectField>
        <SelectField name="scope" label={t("find.scope")} defaultValue={params.scope === "local" ? "local" : ""}>
          <option value="">{t("find.wholeNetwork")}</option>
          <option value="local">{t("find.thisServer")}</option>
        </SelectField>
        <TextField name="tag" label={t("find.tag")} defaultValue={params.tag} maxLength={50} autoCapitalize="none" />
      </div>
    </details>
  );
}
