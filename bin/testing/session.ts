import type { BrowserContext } from "playwright-core";
import { sessionCookieName } from "#lib/auth/cookie.ts";

/** Gives a browser the session of somebody who is signed in already. */
export const asSessionOf = (context: BrowserContext, url: string, session: string): Promise<void> =>
  context.addCookies([{ name: sessionCookieName(), value: session, url, httpOnly: true, sameSite: "Lax" }]);
