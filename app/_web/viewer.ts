import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Doorstep } from "#lib/account/session/commands.ts";
import { deviceOf } from "#lib/account/session/device.ts";
import { getSession } from "#lib/account/session/queries.ts";
import { sessionCookie, sessionCookieName, sessionTokenOf } from "#lib/auth/cookie.ts";
import { asLocale, negotiate } from "#lib/locale/index.ts";
import { type AccountViewer, type Viewer, visitor } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { signInAt } from "#lib/urls.ts";
import { auth } from "./auth.ts";
import { database } from "./database.ts";
import { choice, localeCookie } from "./reader.ts";

/** Who is signed in: as whom they act, by which session, and how they read. */
export type SignedIn = {
  viewer: AccountViewer;
  sessionId: string;
  email: string;
  language: string;
  timezone: string;
  /** Where they live, as far as they said. */
  home: { town: string; radius: number } | null;
};

type User = Omit<SignedIn, "viewer" | "home"> &
  Omit<AccountViewer, "kind"> & { homeTown: string | null; homeRadius: number };

/** Whoever holds the session of this request's cookie; null for visitors, who cost no query. Once a request. */
export const getSignedIn = cache(async (): Promise<SignedIn | null> => {
  if (!(await cookies()).has(sessionCookieName())) return null;
  const user = (await auth())?.user as User | undefined;
  if (!user) return null;
  const { accountId, role, actorIds, sessionId, email, language, timezone, homeTown, homeRadius } = user;
  const viewer = { kind: "account", accountId, role, actorIds } as const;
  const home = homeTown ? { town: homeTown, radius: homeRadius } : null;
  return { viewer, sessionId, email, language, timezone, home };
});

/** Who asks, for pages and doors alike. */
export const getViewer = async (): Promise<Viewer> => (await getSignedIn())?.viewer ?? visitor;

/** Where somebody stands who signs in by this request: which browser, and the session that it had. */
export const doorstepOf = (request: Request): Doorstep => ({
  device: deviceOf(request.headers.get("user-agent")),
  previous: sessionTokenOf(request),
});

/**
 * Whoever is signed in; others are led to the sign-in, and from there back to `path`, with the form that came back to it.
 * For pages alone.
 */
export async function signedInAt(path: string, form?: unknown): Promise<SignedIn> {
  const query = typeof form === "string" ? `?form=${encodeURIComponent(form)}` : "";
  return (await getSignedIn()) ?? redirect(signInAt(path + query));
}

/** Whoever is signed in, for forms. @throws Refusal `sign-in-first`, with which what was typed waits behind the sign-in. */
export async function expectSignedIn(): Promise<SignedIn> {
  const who = await getSignedIn();
  if (!who) throw new Refusal("sign-in-first");
  return who;
}

/** What a browser keeps after signing in: the session, and the account's language where that is not what it asks for. */
export async function signInCookies(request: Request, token: string): Promise<string[]> {
  const language = (await getSession(database(), token))?.language;
  const usual = negotiate(request.headers.get("accept-language"));
  const own = language ? asLocale(language, usual) : usual;
  return [sessionCookie(token), ...(own === usual ? [] : [choice(localeCookie, own)])];
}
