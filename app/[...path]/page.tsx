import type { Metadata } from "next";
import { absent } from "#app/_web/absent.tsx";
import { getReader } from "#app/_web/reader.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("find.noPageTitle"), robots: { index: false } };
}

/** Every address that leads nowhere. */
export default function NowherePage() {
  return absent();
}
