import type { KeptForm } from "#lib/form/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { type RefusalCode, refusals } from "#lib/refusal.ts";

/** What a kept form was refused for at a field (`""`: as a whole), in words; null when nothing is wrong there. */
export function refusalSentence(t: Translate, kept: KeptForm | null, field: string): string | null {
  const code = kept?.errors[field];
  if (!code || !(code in refusals)) return null;
  const wait = Number(kept.values.retry_after);
  if (code === "too-many-requests" && wait > 0)
    return t("participation.tooMany", { minutes: Math.max(1, Math.ceil(wait / 60)) });
  return t(`refusals.${code as RefusalCode}`);
}
