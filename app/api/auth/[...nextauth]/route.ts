import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authConfig, type Vouched } from "#app/_web/auth.ts";
import { database } from "#app/_web/database.ts";
import { faultAnswer } from "#app/_web/fault-answer.ts";
import { see } from "#app/_web/form-route.ts";
import { doorstepOf, signInCookies } from "#app/_web/viewer.ts";
import { identityPath } from "#lib/account/identity/queries.ts";
import { signInByIdentity } from "#lib/account/sign-in/commands.ts";
import { getConfig } from "#lib/config.ts";
import { keepForm } from "#lib/form/commands.ts";
import { negotiate, translator } from "#lib/locale/index.ts";
import { Refusal } from "#lib/refusal.ts";
import { absolute, ownPath } from "#lib/urls.ts";

const path = "/api/auth/callback/openid";

/**
 * Where the OpenID Connect provider sends people back. Auth.js checks state, nonce, PKCE and the provider's answer; a
 * known identity is signed in, an unknown one leads to the sign-up, whatever address the provider names. The other
 * doors of Auth.js do not exist here.
 */
export async function GET(request: NextRequest): Promise<Response> {
  const locale = negotiate(request.headers.get("accept-language"));
  const url = new URL(request.url);
  if (url.pathname !== path || request.method !== "GET" || !getConfig().openid)
    return faultAnswer(404, locale, translator(locale)("refusals.not-found"));
  let vouched: Vouched | null = null;
  const { handlers } = NextAuth(
    authConfig((who) => {
      vouched = who;
    }),
  );
  const answer = await handlers.GET(new NextRequest(absolute(`${path}${url.search}`), request));
  const cookies = answer.headers.getSetCookie();
  if (!vouched) return see("/sign-in?failed=openid", cookies);
  try {
    return await welcome(request, vouched, cookies);
  } catch (error) {
    if (error instanceof Refusal)
      return faultAnswer(error.status, locale, translator(locale)(`refusals.${error.code}`));
    throw error;
  }
}

async function welcome(request: NextRequest, { email, name, ...identity }: Vouched, cookies: string[]) {
  const db = database();
  const session = await signInByIdentity(db, identity, doorstepOf(request));
  const kept = request.cookies.getAll().find((cookie) => cookie.name.endsWith("authjs.callback-url"))?.value ?? "";
  const { appUrl } = getConfig();
  const next = kept.startsWith(`${appUrl}/`) ? ownPath(kept.slice(appUrl.length)) : "/";
  if (session) return see(next, [...cookies, ...(await signInCookies(request, session))]);
  const values = { ...identity, email, name };
  const id = await keepForm(db, { path: identityPath, outcome: "vouched", values });
  return see(`/sign-up?identity=${id}`, cookies);
}
