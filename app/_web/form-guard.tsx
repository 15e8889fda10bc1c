import { newId } from "#lib/ids.ts";
import { mac, sameBytes } from "#lib/secrets.ts";
import { requestNotes } from "./request.ts";

/** Milliseconds. */
const lifetime = 48 * 3_600_000;

const sign = (form: string, path: string, issued: number) => mac("form", form, path, issued).toString("base64url");

/** The token of a form that was shown at `issued` (milliseconds), good for one id and one path. */
export const formToken = (form: string, path: string, issued: number): string =>
  `${issued}.${sign(form, path, issued)}`;

/**
 * What the hidden fields of a form hold that is shown now: an id that makes a double click one act, a signed token, and
 * the kept form that the page shows again, if it does.
 */
function guardOf(path: string): [name: string, value: string][] {
  const form = newId();
  const typed = requestNotes().getStore()?.typed;
  return [
    ["form_id", form],
    ["form_token", formToken(form, path, Date.now())],
    ...(typed ? [["form_typed", typed] satisfies [string, string]] : []),
  ];
}

/** The hidden fields of every form that POSTs to `path`. */
export const FormGuard = ({ path }: { path: string }) =>
  guardOf(path).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);

/** The same as text, for a form within still markup. */
export const formGuard = (path: string): string =>
  guardOf(path)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${value}"/>`)
    .join("");

/** Seconds since the form was shown, or null when the token is not ours, not for this path, or older than 48 h. */
export function formAge(form: string, token: string, path: string, now = Date.now()): number | null {
  const [issued, signature, ...rest] = token.split(".");
  const at = Number(issued);
  if (!signature || rest.length > 0 || !Number.isSafeInteger(at)) return null;
  if (!sameBytes(Buffer.from(sign(form, path, at)), Buffer.from(signature))) return null;
  const age = now - at;
  return age >= -5_000 && age <= lifetime ? Math.max(0, age) / 1000 : null;
}
