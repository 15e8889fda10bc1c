import type { Metadata } from "next";
import { linkLook } from "./_ui/button.tsx";
import { Cover } from "./_ui/cover.tsx";
import { getReader } from "./_web/reader.ts";
import { SearchRow } from "./(visit)/search-row.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("find.noPageTitle"), robots: { index: false } };
}

/** 404 for every address that leads nowhere: what happened, and the search. */
export default async function NotFound() {
  const { t } = await getReader();
  return (
    <>
      <div data-tone="slate" className="tone mt-8 overflow-hidden rounded-card">
        <Cover seed="404" rows={1} columns={9} className="h-20 sm:h-28" />
      </div>
      <h1 className="mt-8">{t("find.noPageTitle")}</h1>
      <p className="mt-3 mb-6 max-w-[40rem] text-lg text-muted">{t("find.noPageText")}</p>
      <SearchRow t={t} params={{}} />
      <p className="mt-6">
        <a href="/" className={`inline-flex min-h-11 items-center ${linkLook}`}>
          {t("site.home")}
        </a>
      </p>
    </>
  );
}
