import { wayLook } from "../_ui/button.tsx";
import { Cover } from "../_ui/cover.tsx";
import { SearchRow } from "../(visit)/search-row.tsx";
import { getReader } from "./reader.ts";
import { answerWith } from "./request.ts";

/**
 * What a page returns for something that is not there: 404 and its page, whole without script. After Next's own way of
 * saying it, a page is blank there.
 */
export function absent() {
  answerWith(404);
  return <Absence />;
}

/** What happened, and the search. */
async function Absence() {
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
        <a href="/" className={wayLook}>
          {t("site.home")}
        </a>
      </p>
    </>
  );
}
