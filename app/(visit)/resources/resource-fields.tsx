import { TextArea, TextField } from "#app/_ui/field.tsx";
import type { FormState } from "#app/_web/form-state.ts";
import type { Translate } from "#lib/locale/index.ts";
import { longest, type ResourceType } from "#lib/resource/input.ts";

/** What the controls of a resource's forms are called. */
export const resourceLabels = (t: Translate) => ({
  url: t("resource.url"),
  name: t("resource.name"),
  summary: t("resource.summary"),
  folder: t("resource.where"),
});

type Props = {
  t: Translate;
  state: FormState;
  type: ResourceType;
  /** As it stands, where it is changed; a link that is new is called by its address if it has no name. */
  known?: { name: string; url: string | null; summary: string };
};

/** Where it leads, what it is called, and what it is good for. */
export function ResourceFields({ t, state: { value, error }, type, known }: Props) {
  const labels = resourceLabels(t);
  const unnamed = type === "link" && !known;
  return (
    <>
      {(known ? known.url : type === "link") && (
        <TextField
          name="url"
          inputMode="url"
          autoComplete="url"
          required
          maxLength={longest.url}
          dir="ltr"
          label={labels.url}
          hint={known ? undefined : t("resource.urlHint")}
          defaultValue={value("url", known?.url ?? "")}
          error={error("url")}
        />
      )}
      <TextField
        name="name"
        required={!unnamed}
        mark={unnamed ? t("resource.optional") : undefined}
        maxLength={longest.name}
        dir="auto"
        label={labels.name}
        hint={t(unnamed ? "resource.nameHintLink" : "resource.nameHint")}
        defaultValue={value("name", known?.name ?? "")}
        error={error("name")}
      />
      <TextArea
        name="summary"
        rows={2}
        mark={t("resource.optional")}
        maxLength={longest.summary}
        dir="auto"
        label={labels.summary}
        hint={t("resource.summaryHint")}
        defaultValue={value("summary", known?.summary ?? "")}
        error={error("summary")}
      />
    </>
  );
}
