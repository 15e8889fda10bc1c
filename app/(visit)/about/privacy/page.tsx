import type { Metadata } from "next";
import { Prose } from "#app/_ui/prose.tsx";
import { ownInstance } from "#app/_web/instance.ts";
import { getReader } from "#app/_web/reader.ts";
import { geocoderHost } from "#lib/place/geocoding/queries.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("about.privacyTitle"), alternates: { canonical: "/about/privacy" } };
}

/** What is kept and how long: from the settings and the purges of this very server. */
export default async function PrivacyPage() {
  const { t } = await getReader();
  const { addressRetentionDays, contact } = await ownInstance();
  const geocoder = geocoderHost();
  return (
    <Prose
      title={t("about.privacyTitle")}
      intro={t("about.privacyIntro")}
      sections={[
        {
          title: t("about.readTitle"),
          paragraphs: [t("about.read1"), t("about.read2"), t("about.read3"), t("about.read4")],
        },
        {
          title: t("about.takeTitle"),
          paragraphs: [
            t("about.take1"),
            t("about.take2"),
            t("about.take3", { days: addressRetentionDays }),
            t("about.take4"),
          ],
        },
        { title: t("about.commentTitle"), paragraphs: [t("about.comment1"), t("about.comment2")] },
        { title: t("about.discussTitle"), paragraphs: [t("about.discuss1"), t("about.discuss2")] },
        { title: t("about.shareTitle"), paragraphs: [t("about.share1"), t("about.share2")] },
        ...(geocoder
          ? [{ title: t("about.organiseTitle"), paragraphs: [t("about.organiseLookup", { host: geocoder })] }]
          : []),
        {
          title: t("about.rightsTitle"),
          paragraphs: [t("about.rights"), contact ? t("about.contact", { address: contact }) : t("about.noContact")],
        },
      ]}
    />
  );
}
