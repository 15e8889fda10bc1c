import { getReader } from "./_web/reader.ts";

/**
 * Next draws this into every page, in case that the page says so; ours say it with `absent` instead, and addresses that
 * lead nowhere with `[...path]`. So it is one line.
 */
export default async function NotFound() {
  const { t } = await getReader();
  return <h1>{t("find.noPageTitle")}</h1>;
}
