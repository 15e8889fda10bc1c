import type { Metadata } from "next";
import { ButtonLink } from "#app/_ui/button.tsx";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { Frame, Part } from "../frame.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("account.data"), robots: { index: false } };
}

/** All that is kept about one, to take away; and the way out. */
export default async function Data() {
  await signedInAt("/settings/data");
  const { t } = await getReader();
  return (
    <Frame t={t} here="/settings/data" title={t("account.data")}>
      <Part title={t("account.exportTitle")}>
        <p>{t("account.exportText")}</p>
        <p>
          <ButtonLink href="/settings/data/export.zip" download>
            {t("account.exportButton")}
          </ButtonLink>
        </p>
      </Part>
      <Part title={t("account.deleteTitle")}>
        <p>{t("account.deleteShort")}</p>
        <p>
          <ButtonLink href="/settings/deletion" look="danger">
            {t("account.deleteLink")}
          </ButtonLink>
        </p>
      </Part>
    </Frame>
  );
}
