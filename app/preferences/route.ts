import { z } from "zod";
import { formRoute } from "#app/_web/form-route.ts";
import { choice, localeCookie, themeCookie } from "#app/_web/reader.ts";
import { getConfig } from "#lib/config.ts";
import { locales, negotiate } from "#lib/locale/index.ts";
import { ownPath } from "#lib/urls.ts";

/** The page that the form stood on: what the browser says, if it is one of ours. */
function origin(request: Request): string {
  const referer = request.headers.get("referer") ?? "";
  const { appUrl } = getConfig();
  return referer.startsWith(`${appUrl}/`) ? ownPath(referer.slice(appUrl.length)) : "/";
}

/** Language and theme, in cookies only as far as they differ from what the browser asks for by itself. */
export const POST = formRoute({
  input: z.object({
    locale: z.enum(locales as [string, ...string[]], "choice-invalid").optional(),
    theme: z.enum(["system", "light", "dark"], "choice-invalid").optional(),
  }),
  back: () => "/",
  act: async ({ locale, theme }, { request }) => {
    const cookies: string[] = [];
    const usual = negotiate(request.headers.get("accept-language"));
    if (locale) cookies.push(choice(localeCookie, locale === usual ? null : locale));
    if (theme) cookies.push(choice(themeCookie, theme === "system" ? null : theme));
    return { location: origin(request), cookies };
  },
});
