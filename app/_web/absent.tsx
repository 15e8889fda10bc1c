import { wayLook } from "../_ui/button.tsx";
import { Strip } from "../_ui/strip.tsx";
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
      <div className="pt-8">
        <Strip seed="404" />
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
