import type { Metadata } from "next";
import { absent } from "#app/_web/absent.tsx";
import { getReader } from "#app/_web/reader.ts";
import { isForAll } from "#lib/policy/post.ts";
import { postPath } from "#lib/urls.ts";
import { SharePart } from "../../../share-part.tsx";
import { postGone } from "../gone.ts";
import { sharedAs } from "../head.ts";
import { postOfPage } from "../told.ts";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("event.shareTitle"), robots: { index: false } };
}

/** A post on somebody's own server. One query. */
export default async function SharePage({ params, searchParams }: Props) {
  const [{ id }, { server }, { t }] = await Promise.all([params, searchParams, getReader()]);
  const full = await postOfPage(id);
  if (full?.post.state === "deleted") return postGone(t, full);
  if (!full || !isForAll(full.post)) return absent();
  return <SharePart {...{ t, server }} shared={sharedAs(full)} path={postPath(id)} />;
}
