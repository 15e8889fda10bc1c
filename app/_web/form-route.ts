import type { z } from "zod";
import { isUnavailable } from "#db/unavailable.ts";
import { getSession } from "#lib/account/session/queries.ts";
import { sessionTokenOf } from "#lib/auth/cookie.ts";
import { getConfig } from "#lib/config.ts";
import { type FormValues, forgetForm, keepForm } from "#lib/form/commands.ts";
import { isId, newId } from "#lib/ids.ts";
import { asLocale, type Locale, negotiate, type Translate, translator } from "#lib/locale/index.ts";
import { log } from "#lib/log.ts";
import { Refusal, type RefusalCode, refusals } from "#lib/refusal.ts";
import { signInAt } from "#lib/urls.ts";
import { database } from "./database.ts";
import { faultAnswer } from "./fault-answer.ts";
import { formAge } from "./form-guard.tsx";
import { typedWords } from "./typed-words.ts";

const longestBody = 1024 * 1024;
const longestFile = 10 * 1024 * 1024;
const longestUpload = longestFile + longestBody;
const mostFields = 200;

export type FormContext<P> = {
  request: Request;
  params: P;
  /** The address that the launcher saw; in memory only. */
  client: string;
  locale: Locale;
  /** The form's id: unique in the table that the form makes a row in. */
  formId: string;
  /** Seconds between the form's page and its sending; null when it was sent without our token. */
  age: number | null;
};

/** Where a form leads; an answer of its own only for what a script asked. */
export type FormAnswer = string | { location: string; cookies: string[] } | Response;

export type Form<S extends z.ZodType, P> = {
  input: S;
  /** The page that a refused form goes back to, with `?form=…#errors`. */
  back: (params: P) => string;
  /** Where a refused form is kept, if not under `back`: a path with a token in it must not be stored. */
  keptAs?: (params: P) => string;
  /**
   * Controls of the form that hold a file, ten megabytes together at most, and what to make of one: the text that stands for it
   * from then on (under the control's name), so that a refused form need not be given the file again.
   */
  files?: Record<string, (bytes: Uint8Array, params: P) => Promise<string>>;
  /** What its controls are called, for who is shown what they typed without the form around it. */
  labels?: (t: Translate) => Record<string, string>;
  /** Fields that are never kept (passwords). */
  secret?: string[];
  act: (input: z.infer<S>, context: FormContext<P>) => Promise<FormAnswer>;
};

/**
 * The one way that a page changes something: limits while reading, media type, origin, token, Zod, command, 303.
 * What was typed is never lost: a refusal keeps it for an hour and shows it again beside the sentence, or, where the
 * form's page is not for them any more, at once and nowhere else. Whoever is not signed in any more signs in first.
 */
export function formRoute<S extends z.ZodType, P extends Record<string, string> = Record<never, string>>(
  form: Form<S, P>,
) {
  return async (request: Request, segment: { params: Promise<P> }): Promise<Response> => {
    const params = await segment.params;
    const locale = readLocale(request);
    let values: FormValues = {};
    let whole = false;
    // Its page still stands, with all that was typed: it wants to know what is wrong, and no other page.
    const byScript = request.headers.get("accept") === "application/json";
    const words = () => typedWords(values, form.labels?.(translator(locale)));
    const away = () => faultAnswer(503, locale, undefined, words());
    const refuse = async (errors: Record<string, string>) => {
      if (byScript) return answerScript(errors);
      const back = form.back(params);
      return refused(request, back, form.keptAs?.(params) ?? back, values, errors);
    };
    try {
      const { fields, unreadable, files } = await readFields(request, Object.keys(form.files ?? {}));
      whole = true;
      const formId = one(fields, "form_id");
      const age = formAge(formId, one(fields, "form_token"), new URL(request.url).pathname);
      checkOrigin(request, age !== null);
      values = kept(fields, form.secret ?? []);
      for (const [name, bytes] of files) {
        const text = await form.files![name]!(bytes, params);
        fields.set(name, [text]);
        values[name] = text;
      }
      if (JSON.stringify(values).length > longestBody) throw new Refusal("too-large");
      if (unreadable.length > 0)
        return await refuse(Object.fromEntries(unreadable.map((name) => [name, "text-invalid"])));
      const context = {
        request,
        params,
        locale,
        age,
        client: request.headers.get("x-parvis-client") ?? "",
        formId: isId(formId) ? formId : newId(),
      };
      const parsed = form.input.safeParse(nest(fields));
      if (!parsed.success) return await refuse(issues(parsed.error));
      const answer = await form.act(parsed.data, context);
      if (answer instanceof Response) return answer;
      // It is done, whether or not what it was filled in with is forgotten before its hour is over.
      const typed = one(fields, "form_typed");
      const path = form.keptAs?.(params) ?? form.back(params);
      if (isId(typed)) await forgetForm(database(), typed, path).catch(() => {});
      return typeof answer === "string" ? see(answer) : see(answer.location, answer.cookies);
    } catch (error) {
      if (error instanceof Refusal && showable(error.code)) {
        if (error.retryAfter) values = { ...values, retry_after: String(error.retryAfter) };
        const answer = await refuse({ [error.field]: error.code }).catch(away);
        if (error.retryAfter) answer.headers.set("Retry-After", String(error.retryAfter));
        return answer;
      }
      if (error instanceof Refusal) {
        return faultAnswer(error.status, locale, pageless(locale, error.code), words());
      }
      if (!isUnavailable(error)) throw error;
      // What ends before all of it came is its sender's doing.
      if (whole) log("web").error("What was sent could not be kept", { path: new URL(request.url).pathname, error });
      return away();
    }
  };
}

/** Refusals that the form's own page can show; the others get a page of their own with their status. */
const showable = (code: RefusalCode): boolean => {
  const status: number = refusals[code];
  return status === 400 || status === 409 || status === 429 || code === "form-stale";
};

/** The sentence for who cannot go back to the form: what was there when they opened it is gone, or not theirs any more. */
const pageless = (locale: Locale, code: RefusalCode): string =>
  translator(locale)(code === "not-found" ? "faults.formGone" : `refusals.${code}`);

async function refused(
  request: Request,
  back: string,
  path: string,
  values: FormValues,
  errors: Record<string, string>,
): Promise<Response> {
  const token = sessionTokenOf(request);
  const accountId = token ? ((await getSession(database(), token))?.accountId ?? null) : null;
  const signsIn = errors[""] === "sign-in-first";
  // Whoever signs in first may come back from another network, and shows who they are in any case.
  const visitor = signsIn ? null : { client: request.headers.get("x-parvis-client") ?? "" };
  const by = accountId ? { accountId } : visitor;
  const id = await keepForm(database(), { path, outcome: "refused", values, errors, by });
  const page = `${back}?form=${id}#errors`;
  return see(signsIn ? `${signInAt(page)}&done=kept#done` : page);
}

/** What is wrong with which field, under the status of the first. */
function answerScript(errors: Record<string, string>): Response {
  const [code = "bad-form"] = Object.values(errors);
  const status = refusals[code as RefusalCode] ?? 400;
  return Response.json({ errors }, { status, headers: { "Cache-Control": "no-store" } });
}

/** Post/Redirect/Get, with a relative Location. */
export function see(location: string, cookies: string[] = []): Response {
  const headers = new Headers({ Location: location, "Cache-Control": "no-store" });
  for (const cookie of cookies) headers.append("Set-Cookie", cookie);
  return new Response(null, { status: 303, headers });
}

function readLocale(request: Request): Locale {
  const chosen = /(?:^|;\s*)locale=([a-z-]+)/.exec(request.headers.get("cookie") ?? "")?.[1];
  return chosen ? asLocale(chosen) : negotiate(request.headers.get("accept-language"));
}

/** Same-origin only (Origin, Sec-Fetch-Site); without either, or with `Origin: null`, our token is what proves it. */
function checkOrigin(request: Request, tokenValid: boolean): void {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (site && site !== "same-origin") throw new Refusal("cross-origin");
  if (origin && origin !== "null" && origin !== getConfig().appUrl) throw new Refusal("cross-origin");
  if ((!origin || origin === "null") && !tokenValid) throw new Refusal("form-stale");
  if (origin === "null" && site !== "same-origin") throw new Refusal("cross-origin");
}

type Fields = Map<string, string[]>;

/** Every field by its name, cleaned, and the names of those that hold what cannot be kept. Odd names are dropped. */
async function readFields(
  request: Request,
  fileNames: string[],
): Promise<{ fields: Fields; unreadable: string[]; files: Map<string, Uint8Array> }> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded" && type !== "multipart/form-data")
    throw new Refusal("wrong-media-type");
  const body = await readBody(request, fileNames.length > 0 ? longestUpload : longestBody);
  const fields: Fields = new Map();
  const unreadable = new Set<string>();
  const files = new Map<string, Uint8Array>();
  let data: FormData;
  try {
    data = await new Response(body as BodyInit, {
      headers: { "content-type": request.headers.get("content-type")! },
    }).formData();
  } catch {
    throw new Refusal("bad-form");
  }
  let count = 0;
  for (const [name, value] of data) {
    if (++count > mostFields) throw new Refusal("too-large");
    if (typeof value !== "string") {
      if (!fileNames.includes(name) || files.has(name)) throw new Refusal("bad-form");
      if (value.size > longestFile) throw new Refusal("too-large");
      // A control without a file is sent as an empty one.
      if (value.size > 0) files.set(name, new Uint8Array(await value.arrayBuffer()));
      continue;
    }
    if (!/^[\w[\].-]{1,100}$/.test(name)) continue;
    if (!isText(value)) unreadable.add(name);
    fields.set(name, [...(fields.get(name) ?? []), cleanText(value)]);
  }
  return { fields, unreadable: [...unreadable], files };
}

/** Whether a text can be kept as it is: no NUL, no half of a surrogate pair. */
export const isText = (value: string): boolean => !value.includes("\0") && value.isWellFormed();

/** NFC, well-formed; control characters go, but newline and tab, and so do those that turn the direction of writing. */
export function cleanText(value: string): string {
  return value
    .toWellFormed()
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (char) => (char === "\n" || char === "\t" ? char : ""));
}

/** What was sent, whether or not its length was said before. @throws Refusal too-large, beyond `longest` bytes. */
export async function readBody(request: Request, longest: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > longest) throw new Refusal("too-large");
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (request.body)
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      length += chunk.byteLength;
      if (length > longest) throw new Refusal("too-large");
      chunks.push(chunk);
    }
  return Buffer.concat(chunks);
}

const one = (fields: Fields, name: string): string => fields.get(name)?.[0] ?? "";

/** What `FormGuard` puts into each form. */
const guards = ["form_id", "form_token", "form_typed"];

function kept(fields: Fields, secret: string[]): FormValues {
  const values: FormValues = {};
  for (const [name, all] of fields)
    if (!secret.includes(name) && !guards.includes(name)) values[name] = all.length === 1 ? all[0]! : all;
  return values;
}

/** `answers[id]` becomes `{ answers: { id } }`; a name that comes twice becomes a list. No other nesting exists. */
function nest(fields: Fields): Record<string, unknown> {
  const result: Record<string, unknown> = Object.create(null);
  for (const [name, all] of fields) {
    const value = all.length === 1 ? all[0] : all;
    const inner = /^([a-z_]+)\[([\w-]{1,64})\]$/i.exec(name);
    if (!inner) result[name] = value;
    else {
      result[inner[1]!] ??= Object.create(null);
      const group = result[inner[1]!];
      if (typeof group === "object" && group !== null) (group as Record<string, unknown>)[inner[2]!] = value;
    }
  }
  return { ...result };
}

/** Field to refusal code. Schemas name a code as the issue's message; anything else is a field in the wrong shape. */
function issues(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of error.issues) {
    const [field = "", inner] = issue.path.map(String);
    errors[inner ? `${field}[${inner}]` : field] ??= issue.message in refusals ? issue.message : "bad-form";
  }
  return errors;
}
