import type { FieldError } from "#app/_ui/error-summary.tsx";
import type { KeptForm } from "#lib/form/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { type RefusalCode, refusals } from "#lib/refusal.ts";
import { typedBefore } from "./typed-before.ts";

/** What a page knows of a form that came back: values typed before, a sentence a field, all sentences for the summary. */
export type FormState = {
  kept: KeptForm | null;
  errors: FieldError[];
  /** What is wrong at a field (`""`: as a whole), in words. */
  error: (field: string) => string | null;
  value: (field: string, fallback?: string) => string;
};

/** The state of the form kept at `path` under the id that the page's address holds. `labels`: what its fields are called. */
export async function formState(
  t: Translate,
  id: unknown,
  path: string,
  labels: Record<string, string> = {},
): Promise<FormState> {
  const kept = await typedBefore(id, path);
  const error = (field: string) => sentenceOf(t, kept, field);
  return {
    kept,
    error,
    errors: Object.keys(kept?.errors ?? {}).map((field) => {
      const known = field in labels;
      return { field: known ? field : "", label: labels[field], sentence: error(field) ?? t("refusals.bad-form") };
    }),
    value: (field, fallback = "") => {
      const typed = kept?.values[field];
      return typeof typed === "string" ? typed : fallback;
    },
  };
}

function sentenceOf(t: Translate, kept: KeptForm | null, field: string): string | null {
  const code = kept?.errors[field];
  if (!code || !(code in refusals)) return null;
  const wait = Number(kept.values.retry_after);
  if (code === "too-many-requests" && wait > 0)
    return t("participation.tooMany", { minutes: Math.max(1, Math.ceil(wait / 60)) });
  return t(`refusals.${code as RefusalCode}`);
}
