import { cookies, headers } from "next/headers";
import { cache } from "react";
import { getConfig } from "#lib/config.ts";
import { asLocale, type Locale, negotiate, type Translate, translator } from "#lib/locale/index.ts";

export type Theme = "system" | "light" | "dark";
type Reader = { locale: Locale; t: Translate; theme: Theme };

export const localeCookie = "locale";
export const themeCookie = "theme";

const year = 365 * 24 * 3600;

/** A cookie that remembers a choice for a year; null forgets it. */
export function choice(name: string, value: string | null): string {
  const secure = getConfig().appUrl.startsWith("https:") ? "; Secure" : "";
  return `${name}=${value ?? ""}; Path=/; Max-Age=${value ? year : 0}; HttpOnly; SameSite=Lax${secure}`;
}

/** In which language and theme to answer: what was chosen (cookie), else what the browser asks for. Once a request. */
export const getReader = cache(async (): Promise<Reader> => {
  const jar = await cookies();
  const chosen = jar.get(localeCookie)?.value;
  const locale = chosen ? asLocale(chosen) : negotiate((await headers()).get("accept-language"));
  const theme = jar.get(themeCookie)?.value;
  return { locale, t: translator(locale), theme: theme === "light" || theme === "dark" ? theme : "system" };
});
