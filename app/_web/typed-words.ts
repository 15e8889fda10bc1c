import type { FormValues } from "#lib/form/commands.ts";

/** What controls and hidden fields send: choices, ids, numbers, moments, zones. */
const code = /^(?:[a-z0-9_-]*|[\d:.,TZ+ -]+|UTC|[A-Z]\w+\/[\w/+-]+)$/;

/** The texts among a form's values that somebody wrote, as they stand in the form. */
export const typedWords = (values: FormValues): string[] =>
  Object.values(values)
    .flat()
    .map((value) => value.trim())
    .filter((value) => !code.test(value));
