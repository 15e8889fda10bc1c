import type { Metadata } from "next";
import { getReader } from "#app/_web/reader.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("staff.declinedTitle"), robots: { index: false } };
}

/** After an invitation was declined; its own page is gone. */
export default async function Declined() {
  const { t } = await getReader();
  return (
    <div className="grid max-w-[40rem] gap-6 py-8">
      <h1>{t("staff.declinedTitle")}</h1>
      <p>{t("staff.declinedText")}</p>
    </div>
  );
}
