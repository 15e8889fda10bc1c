import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import "./globals.css";
import { getConfig } from "#lib/config.ts";
import { canModerate } from "#lib/policy/moderation.ts";
import { SiteFooter } from "./_ui/site-footer.tsx";
import { SiteHeader } from "./_ui/site-header.tsx";
import { extDisplay, extText, latinDisplay, latinText } from "./_web/fonts.ts";
import { FormGuard } from "./_web/form-guard.tsx";
import { ownInstance } from "./_web/instance.ts";
import { getReader } from "./_web/reader.ts";
import { requestNotes } from "./_web/request.ts";
import { formNamed } from "./_web/typed-before.ts";
import { getSignedIn } from "./_web/viewer.ts";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const [{ name, description }, { t }] = [await ownInstance(), await getReader()];
  const form = requestNotes().getStore()?.form;
  const refused = form ? (await formNamed(form))?.outcome === "refused" : false;
  const title = `%s · ${name}`;
  return {
    metadataBase: new URL(getConfig().appUrl),
    // Whoever hears a page's title first hears that something is wrong with what they sent.
    title: { default: name, template: refused ? t("site.errorTitle", { title }) : title },
    description,
    applicationName: name,
    manifest: "/manifest.webmanifest",
    icons: { icon: { url: "/icon.svg", type: "image/svg+xml" } },
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbf9f4" },
    { media: "(prefers-color-scheme: dark)", color: "#0d1418" },
  ],
};

export default async function Layout({ children }: { children: ReactNode }) {
  const { locale, t, theme } = await getReader();
  const { name, contact } = await ownInstance();
  const who = await getSignedIn();
  const fonts = [latinDisplay, latinText, extDisplay, extText].map((font) => font.variable).join(" ");
  return (
    <html lang={locale} dir="ltr" data-theme={theme === "system" ? undefined : theme} className={fonts}>
      <head>
        <link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml" title={name} />
      </head>
      <body className="tone flex min-h-dvh flex-col">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-control focus:bg-surface focus:p-3"
        >
          {t("site.skip")}
        </a>
        <SiteHeader
          t={t}
          name={name}
          mailbox={getConfig().mail.transport === "outbox"}
          signedIn={who !== null}
          moderates={who !== null && canModerate(who.viewer)}
        />
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[72rem] flex-1 px-4 pb-16 focus:outline-none">
          {children}
        </main>
        <SiteFooter
          t={t}
          locale={locale}
          theme={theme}
          name={name}
          contact={contact}
          guard={<FormGuard path="/preferences" />}
        />
      </body>
    </html>
  );
}
