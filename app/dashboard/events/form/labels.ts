import type { Translate } from "#lib/locale/index.ts";
import type { AutosaveWords } from "./autosave-island.tsx";
import { type FieldName, fieldNames } from "./fields.ts";
import { foundNames } from "./found.ts";

const numbered = /^(own|question)(\d)_(\w+)$/;

/** What a control of the form is called. */
export function labelOf(t: Translate, field: FieldName): string {
  const many = numbered.exec(field);
  if (many) return t(`desk.${many[1] as "own"}_${many[3] as "name"}`, { at: Number(many[2]) });
  return t(`desk.field_${field as "name"}`);
}

const unlabelled: readonly FieldName[] = [
  "intent",
  "seen",
  "coverKept",
  "pictureKept",
  "timezoneProposed",
  ...foundNames,
];

/** The same for all, for the summary of errors. */
export const labelsOf = (t: Translate): Record<string, string> =>
  Object.fromEntries(fieldNames.filter((name) => !unlabelled.includes(name)).map((name) => [name, labelOf(t, name)]));

/** What a form says of its saving itself. */
export const autosaveWords = (t: Translate): AutosaveWords => ({
  saved: t("desk.autosaved", { time: "{time}" }),
  wrong: t("desk.autosaveWrong"),
  conflict: t("desk.autosaveConflict"),
  "signed-out": t("desk.autosaveSignedOut"),
  away: t("desk.autosaveAway"),
  found: t("desk.autosaveFound"),
  bringBack: t("desk.autosaveBringBack"),
  forget: t("desk.autosaveForget"),
});
