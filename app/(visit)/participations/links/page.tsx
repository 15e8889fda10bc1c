import type { Metadata } from "next";
import { linkLook } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { getReader } from "#app/_web/reader.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { maskAddress } from "#lib/participation/address.ts";
import { LinksForm } from "../links-form.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("participation.linksTitle"), robots: { index: false } };
}

export default async function Links({ searchParams }: Props) {
  const { form } = await searchParams;
  const { t } = await getReader();
  const kept = await typedBefore(form, "/participations/links");
  return (
    <div className="grid max-w-[40rem] gap-6 py-8">
      <h1>{t("participation.linksTitle")}</h1>
      {kept?.outcome === "sent" ? (
        <>
          <Notice kind="ok" icon="mail" id="sent" role="status" title={t("participation.sentTitle")}>
            <p>{t("participation.linksSent", { address: maskAddress(String(kept.values.email ?? "")) })}</p>
          </Notice>
          <p>
            <a href="/participations/links" className={linkLook}>
              {t("participation.linksAgain")}
            </a>
          </p>
        </>
      ) : (
        <LinksForm t={t} kept={kept} look="filled" />
      )}
    </div>
  );
}
