import type { Metadata } from "next";
import { linkLook } from "#app/_ui/button.tsx";
import { Prose } from "#app/_ui/prose.tsx";
import { ownInstance } from "#app/_web/instance.ts";
import { getReader } from "#app/_web/reader.ts";
import project from "#package.json" with { type: "json" };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  const { name } = await ownInstance();
  return { title: t("about.title", { name }), alternates: { canonical: "/about" } };
}

const registrations = ["open", "approval", "closed"] as const;

/** What this place is, who runs it, how one uses it: from the host's settings. */
export default async function AboutPage() {
  const { t } = await getReader();
  const { name, description, contact, registration, demonstration } = await ownInstance();
  const known = registrations.find((one) => one === registration) ?? "closed";
  const [before, after] = t("about.contact", { address: "\0" }).split("\0");
  const reach = contact ? (
    <>
      {before}
      <a href={`mailto:${contact}`} className={linkLook}>
        {contact}
      </a>
      {after}
    </>
  ) : (
    t("about.noContact")
  );
  return (
    <Prose
      title={t("about.title", { name })}
      intro={demonstration ? t("find.demonstration") : description}
      sections={[
        {
          title: t("about.whatTitle"),
          paragraphs: [t("about.what", { name }), ...(demonstration ? [t("about.demonstration")] : [])],
        },
        { title: t("about.whoTitle"), paragraphs: [t("about.who", { name }), reach] },
        { title: t("about.joinTitle"), paragraphs: [t(`about.registration_${known}`)] },
        { title: t("about.helpTitle"), paragraphs: [t("about.helpFind"), t("about.helpJoin"), t("about.helpLeave")] },
        { title: t("about.softwareTitle"), paragraphs: [t("about.software", { version: project.version })] },
      ]}
    />
  );
}
