import { getReader } from "#app/_web/reader.ts";
import { answerWith } from "#app/_web/request.ts";
import { LinksForm } from "./links-form.tsx";

/** The one page (404) for links that are unknown, expired, replaced or cut off, with the way to fresh ones. */
export async function UnknownLink() {
  const { t } = await getReader();
  answerWith(404);
  return (
    <div className="grid max-w-[40rem] gap-6 py-8">
      <h1>{t("participation.unknownTitle")}</h1>
      <p>{t("participation.unknownText")}</p>
      <h2 className="text-xl">{t("participation.linksTitle")}</h2>
      <LinksForm t={t} look="filled" />
    </div>
  );
}
