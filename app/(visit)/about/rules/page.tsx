import type { Metadata } from "next";
import { Prose } from "#app/_ui/prose.tsx";
import { getReader } from "#app/_web/reader.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("about.rulesTitle"), alternates: { canonical: "/about/rules" } };
}

/** What holds for everybody who publishes here. */
export default async function RulesPage() {
  const { t } = await getReader();
  return (
    <Prose
      title={t("about.rulesTitle")}
      intro={t("about.rulesIntro")}
      sections={[
        {
          list: true,
          paragraphs: [t("about.rule1"), t("about.rule2"), t("about.rule3"), t("about.rule4"), t("about.rule5")],
        },
      ]}
    />
  );
}
