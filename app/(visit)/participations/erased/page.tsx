import type { Metadata } from "next";
import { ButtonLink } from "#app/_ui/button.tsx";
import { getReader } from "#app/_web/reader.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("participation.erasedTitle"), robots: { index: false } };
}

export default async function Erased() {
  const { t } = await getReader();
  return (
    <div className="grid max-w-[40rem] justify-items-start gap-6 py-8">
      <h1>{t("participation.erasedTitle")}</h1>
      <p role="status">{t("participation.erasedText")}</p>
      <ButtonLink href="/">{t("participation.findMore")}</ButtonLink>
    </div>
  );
}
