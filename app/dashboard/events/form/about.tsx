import { SelectField, TextField } from "#app/_ui/field.tsx";
import { MarkdownArea } from "#app/_ui/markdown-area.tsx";
import { tones } from "#lib/actor/input.ts";
import { categories } from "#lib/event/categories.ts";
import type { Locale } from "#lib/locale/index.ts";
import { CoverFields } from "./cover.tsx";
import { LanguageField } from "./language.tsx";
import { PictureFields } from "./picture-fields.tsx";
import { type Filled, Section } from "./section.tsx";

/** What it is about: text, category, language, tags, contact. */
export function AboutPart({ locale, tags, ...filled }: Filled & { locale: Locale; tags: string[] }) {
  const { t, get, error, label } = filled;
  const order = new Intl.Collator(locale);
  const kinds = categories.map((one) => [one, t(`category.${one}`)] as const).sort((a, b) => order.compare(a[1], b[1]));
  return (
    <Section id="about" title={t("desk.partAbout")}>
      <CoverFields {...filled} hint={t("desk.coverHint")} />
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
      <PictureFields {...filled} />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField name="category" label={label("category")} defaultValue={get("category")} error={error("category")}>
          {kinds.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </SelectField>
        <LanguageField {...filled} locale={locale} />
      </div>
      <TextField
        name="tags"
        maxLength={1000}
        autoComplete="off"
        autoCapitalize="none"
        label={label("tags")}
        mark={t("site.optional")}
        hint={t("desk.tagsHint")}
        defaultValue={get("tags")}
        error={error("tags")}
      />
      <TagChoice {...filled} tags={tags} />
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

const listOf = (text: string) =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

/** Tags that were used before, to be ticked: what stands in the field above is not offered again. */
function TagChoice({ t, get, tags }: Filled & { tags: string[] }) {
  const [written, chosen] = [listOf(get("tags")), listOf(get("tagsChosen"))];
  const offered = [...new Set([...chosen, ...tags])].filter((tag) => !written.includes(tag));
  if (offered.length === 0) return null;
  return (
    <fieldset>
      <legend className="mb-2 text-sm text-muted">{t("desk.field_tagsChosen")}</legend>
      <ul className="flex flex-wrap gap-2">
        {offered.map((tag) => (
          <li key={tag}>
            <label className="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-full border border-control px-4 has-checked:border-accent has-checked:bg-accent-tint">
              <input
                type="checkbox"
                name="tagsChosen"
                value={tag}
                defaultChecked={chosen.includes(tag)}
                className="size-4 accent-accent"
              />
              <span dir="auto">{tag}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
