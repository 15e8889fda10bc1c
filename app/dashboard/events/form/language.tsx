import { SelectField } from "#app/_ui/field.tsx";
import type { Locale } from "#lib/locale/index.ts";
import type { Filled } from "./section.tsx";

const languages = "ar br ca cs da de el en es eu fi fr it ja nl oc pl pt ru sv tr uk zh".split(" ");

/** In which language something is written, by the names that the reader's language has for them. */
export function LanguageField({ t, get, error, label, locale }: Filled & { locale: Locale }) {
  const order = new Intl.Collator(locale);
  const names = new Intl.DisplayNames([locale], { type: "language" });
  const spoken = [...new Set([...languages, get("language")])]
    .filter((one) => one && one !== "und")
    .map((one) => [one, names.of(one) ?? one] as const)
    .sort((a, b) => order.compare(a[1], b[1]));
  return (
    <SelectField name="language" label={label("language")} defaultValue={get("language")} error={error("language")}>
      <option value="und">{t("desk.languageNone")}</option>
      {spoken.map(([value, word]) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
    </SelectField>
  );
}
