import { sessionDays } from "#lib/account/session/queries.ts";
import { getConfig } from "#lib/config.ts";

/**
 * The session cookie's name. `__Host-` binds it to this very host over https; browsers refuse that name over plain http,
 * which only demonstrations and tests on loopback use.
 */
export const sessionCookieName = (): string => (isSecure() ? "__Host-session" : "session");

const isSecure = () => getConfig().appUrl.startsWith("https:");

const attributes = () => `Path=/; HttpOnly; SameSite=Lax${isSecure() ? "; Secure" : ""}`;

/** `Set-Cookie` for a new session. It lives as long as the longest session; the row in the database decides. */
export const sessionCookie = (token: string): string =>
  `${sessionCookieName()}=${token}; Max-Age=${sessionDays.whole * 86_400}; ${attributes()}`;

/** `Set-Cookie` that forgets it. */
export const noSessionCookie = (): string => `${sessionCookieName()}=; Max-Age=0; ${attributes()}`;

/** The token in a request's Cookie header; null when there is none. */
export function sessionTokenOf(request: Request): string | null {
  const pairs = (request.headers.get("cookie") ?? "").split(/;\s*/).map((pair) => pair.split("="));
  return pairs.find(([name]) => name === sessionCookieName())?.[1] || null;
}
