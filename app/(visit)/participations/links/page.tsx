import type { Metadata } from "next";
import { linkLook } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
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
  const state = await formState(t, form, "/participations/links");
  return (
    <div className="grid max-w-[40rem] gap-6 py-8">
      <h1>{t("participation.linksTitle")}</h1>
      {state.kept?.outcome === "sent" ? (
        <>
          <Notice kind="ok" icon="mail" id="sent" role="status" title={t("participation.sentTitle")}>
            <p>{t("participation.linksSent", { address: maskAddress(state.value("email")) })}</p>
          </Notice>
          <p>
            <a href="/participations/links" className={linkLook}>
              {t("participation.linksAgain")}
            </a>
          </p>
        </>
      ) : (
        <LinksForm t={t} state={state} look="filled" />
      )}
    </div>
  );
}
