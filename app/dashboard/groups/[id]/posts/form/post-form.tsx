import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { MarkdownArea } from "#app/_ui/markdown-area.tsx";
import { RadioField } from "#app/_ui/radio-field.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import { CoverFields } from "#app/dashboard/events/form/cover.tsx";
import { LanguageField } from "#app/dashboard/events/form/language.tsx";
import { PictureFields } from "#app/dashboard/events/form/picture-fields.tsx";
import { SaveRow } from "#app/dashboard/events/form/save-row.tsx";
import { type Filled, Section } from "#app/dashboard/events/form/section.tsx";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { postVisibilities } from "#lib/post/input.ts";
import { type FieldName, type Fields, labelOf } from "./fields.ts";

type Props = {
  t: Translate;
  locale: Locale;
  action: string;
  state: FormState;
  /** What stands in the form when nothing was typed. */
  known: Partial<Fields>;
  /** Nobody but those who write the group's posts has seen it. */
  draft: boolean;
  /** It saves itself while it is written, where scripts run. */
  savesItself: boolean;
  /** The version that was seen when it was typed, if that is not the one that is known. */
  seen?: string;
};

/** What a group may say, on one page: title and words first, for whom last. */
export function PostForm({ t, locale, action, state, known, draft, savesItself, seen }: Props) {
  const { kept } = state;
  const filled = {
    t,
    get: (field: string) => (kept ? state.value(field) : (known[field as FieldName] ?? "")),
    error: state.error,
    label: (field: string) => labelOf(t, field as FieldName),
  } satisfies Filled;
  const { get, error, label } = filled;
  return (
    <form method="post" action={action} encType="multipart/form-data" className="grid max-w-[44rem] gap-6">
      <FormGuard path={action} />
      <input type="hidden" name="seen" value={seen ?? known.seen ?? ""} />
      {/* What Enter in a field presses: never the first button that happens to stand in the page. */}
      <button type="submit" name="intent" value={draft ? "keep" : "save"} tabIndex={-1} aria-hidden className="sr-only">
        {t(draft ? "desk.saveDraft" : "desk.save")}
      </button>
      <ErrorSummary t={t} errors={state.errors} />
      <Section id="text" title={t("post.partText")}>
        <TextField
          name="name"
          required
          maxLength={200}
          dir="auto"
          autoComplete="off"
          label={label("name")}
          defaultValue={get("name")}
          error={error("name")}
        />
        <MarkdownArea
          t={t}
          name="content"
          rows={16}
          maxLength={64_000}
          label={label("content")}
          hint={t("post.contentHint")}
          defaultValue={get("content")}
          error={error("content")}
        />
        <PictureFields {...filled} />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <TextField
            name="tags"
            maxLength={1000}
            autoComplete="off"
            autoCapitalize="none"
            label={label("tags")}
            mark={t("site.optional")}
            hint={t("post.tagsHint")}
            defaultValue={get("tags")}
            error={error("tags")}
          />
          <LanguageField {...filled} locale={locale} />
        </div>
      </Section>
      <Section id="cover" title={t("post.partPicture")} text={t("post.partPictureText")}>
        <CoverFields {...filled} hint={t("post.coverHint")} />
      </Section>
      <Section id="audience" title={t("post.partWho")}>
        <RadioField
          name="visibility"
          legend={label("visibility")}
          value={get("visibility") || "public"}
          error={error("visibility")}
          choices={postVisibilities.map((value) => ({
            value,
            label: t(`post.visibility_${value}`),
            hint: t(`post.visibility_${value}Hint`),
          }))}
        />
      </Section>
      <SaveRow {...{ t, locale, draft, savesItself }} />
    </form>
  );
}
