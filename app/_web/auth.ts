import NextAuth, { customFetch, type NextAuthConfig } from "next-auth";
import { sessionAdapter } from "#lib/auth/adapter.ts";
import { sessionCookieName } from "#lib/auth/cookie.ts";
import { getConfig } from "#lib/config.ts";
import { log } from "#lib/log.ts";
import { providerFetch } from "#lib/outbound/provider.ts";
import { mac } from "#lib/secrets.ts";
import { database } from "./database.ts";

/** What a provider vouches for: who, and (as a hint) under which address and name. */
export type Vouched = { issuer: string; subject: string; email: string; name: string };

const day = 86_400;

/**
 * Auth.js for this server: it reads sessions, and carries the exchange with the OpenID Connect provider. Whom the
 * provider vouches for is handed to `vouched`; what follows from that is ours, so Auth.js signs nobody in itself.
 */
export function authConfig(vouched?: (who: Vouched) => void): NextAuthConfig {
  const { appUrl, openid } = getConfig();
  const secure = appUrl.startsWith("https:");
  return {
    adapter: sessionAdapter(database),
    session: { strategy: "database", maxAge: 30 * day, updateAge: day },
    secret: mac("openid", "auth.js").toString("base64url"),
    basePath: "/api/auth",
    trustHost: true,
    useSecureCookies: secure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure },
      },
    },
    pages: { signIn: "/sign-in", error: "/sign-in", newUser: "/sign-in" },
    providers: openid
      ? [
          {
            id: "openid",
            type: "oidc",
            name: openid.name,
            issuer: openid.issuer,
            clientId: openid.clientId,
            clientSecret: openid.clientSecret,
            checks: ["pkce", "state", "nonce"],
            [customFetch]: providerFetch(openid.issuer),
          },
        ]
      : [],
    callbacks: {
      signIn({ account, profile }) {
        if (account && openid)
          vouched?.({
            issuer: openid.issuer,
            subject: account.providerAccountId,
            email: String(profile?.email ?? "").slice(0, 254),
            name: String(profile?.name ?? profile?.preferred_username ?? "").slice(0, 100),
          });
        return "/sign-in";
      },
      session: ({ session, user }) => ({ expires: session.expires, user }) as never,
    },
    logger: {
      error: (error) => log("sign-in").warn("The OpenID Connect exchange failed", { error }),
      warn: () => {},
      debug: () => {},
    },
  };
}

/** Auth.js with that configuration, which is known only once the process has started. */
export const { auth, signIn } = NextAuth(() => authConfig());
