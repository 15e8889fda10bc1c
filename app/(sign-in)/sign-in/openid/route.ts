import { signIn } from "#app/_web/auth.ts";
import { see } from "#app/_web/form-route.ts";
import { getConfig } from "#lib/config.ts";
import { ownPath } from "#lib/urls.ts";

/**
 * Leads to the OpenID Connect provider. A link, because a form may not lead to another host (`form-action`); it changes
 * nothing here, and only our own pages may start it.
 */
export async function GET(request: Request): Promise<Response> {
  const site = request.headers.get("sec-fetch-site");
  if (!getConfig().openid || request.method !== "GET" || (site && site !== "same-origin" && site !== "none"))
    return see("/sign-in");
  const next = ownPath(new URL(request.url).searchParams.get("next"));
  try {
    const location: string = await signIn("openid", { redirect: false, redirectTo: next });
    return see(location);
  } catch {
    return see("/sign-in?failed=openid");
  }
}
