import type { Metadata } from "next";
import { Prose } from "#app/_ui/prose.tsx";
import { ownInstance } from "#app/_web/instance.ts";
import { getReader } from "#app/_web/reader.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("about.termsTitle"), alternates: { canonical: "/about/terms" } };
}

/** On what terms this server is used. */
export default async function TermsPage() {
  const { t } = await getReader();
  const { name } = await ownInstance();
  return (
    <Prose
      title={t("about.termsTitle")}
      sections={[
        { paragraphs: [t("about.terms1", { name }), t("about.terms2"), t("about.terms3"), t("about.terms4")] },
      ]}
    />
  );
}
