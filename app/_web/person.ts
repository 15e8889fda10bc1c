import { Refusal } from "#lib/refusal.ts";

/** Seconds below which a form was not filled in by anybody. */
const fastest = 0.5;

/**
 * Forms that send mail take no form without our token, nor one that comes back at once: that one is asked to be sent
 * again, so that a person whose browser fills everything in loses nothing.
 * @throws Refusal `form-stale` or `form-too-fast`, with which the form comes back filled in.
 */
export function expectPerson(age: number | null): void {
  if (age === null) throw new Refusal("form-stale");
  if (age < fastest) throw new Refusal("form-too-fast");
}
