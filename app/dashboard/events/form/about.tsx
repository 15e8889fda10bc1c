import { SelectField, TextField } from "#app/_ui/field.tsx";
import { MarkdownArea } from "#app/_ui/markdown-area.tsx";
import { tones } from "#lib/actor/input.ts";
import { categories } from "#lib/event/categories.ts";
import type { Locale } from "#lib/locale/index.ts";
import { CoverFields } from "./cover.tsx";
import { type Filled, Section } from "./section.tsx";

const languages = "ar br ca cs da de el en es eu fi fr it ja nl oc pl pt ru sv tr uk zh".split(" ");

/** What it is about: text, category, language, tags, contact. */
export function AboutPart({ t, locale, get, error, label, tags }: Filled & { locale: Locale; tags: string[] }) {
  const order = new Intl.Collator(locale);
  const names = new Intl.DisplayNames([locale], { type: "language" });
  const kinds = categories.map((one) => [one, t(`category.${one}`)] as const).sort((a, b) => order.compare(a[1], b[1]));
  const spoken = [...new Set([...languages, get("language")])]
    .filter((one) => one && one !== "und")
    .map((one) => [one, names.of(one) ?? one] as const)
    .sort((a, b) => order.compare(a[1], b[1]));
  return (
    <Section id="about" title={t("desk.partAbout")}>
      <CoverFields t={t} get={get} error={error} label={label} />
      <MarkdownArea
        t={t}
        name="content"
        rows={12}
        maxLength={64_000}
        label={label("content")}
        hint={t("desk.contentHint")}
        defaultValue={get("content")}
        error={error("content")}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField name="category" label={label("category")} defaultValue={get("category")} error={error("category")}>
          {kinds.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </SelectField>
        <SelectField name="language" label={label("language")} defaultValue={get("language")} error={error("language")}>
          <option value="und">{t("desk.languageNone")}</option>
          {spoken.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField
        name="tags"
        maxLength={1000}
        autoComplete="off"
        autoCapitalize="none"
        list="known-tags"
        label={label("tags")}
        mark={t("site.optional")}
        hint={t("desk.tagsHint")}
        defaultValue={get("tags")}
        error={error("tags")}
      />
      <datalist id="known-tags">
        {tags.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <TextField
        name="url"
        type="url"
        maxLength={2048}
        label={label("url")}
        mark={t("site.optional")}
        defaultValue={get("url")}
        error={error("url")}
      />
      <TextField
        name="contact"
        maxLength={300}
        dir="auto"
        autoComplete="off"
        label={label("contact")}
        mark={t("site.optional")}
        hint={t("desk.contactHint")}
        defaultValue={get("contact")}
        error={error("contact")}
      />
      <SelectField
        name="tone"
        label={label("tone")}
        hint={t("desk.toneHint")}
        defaultValue={get("tone")}
        error={error("tone")}
        className="sm:max-w-xs"
      >
        <option value="">{t("desk.toneOrganizer")}</option>
        {tones.map((tone) => (
          <option key={tone} value={tone}>
            {t(`account.tone_${tone}`)}
          </option>
        ))}
      </SelectField>
    </Section>
  );
}
