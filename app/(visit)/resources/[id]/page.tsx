import type { Metadata } from "next";
import { cache } from "react";
import { wayLook } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { gone } from "#app/_web/gone.tsx";
import { asTitle } from "#app/_web/page-title.ts";
import { getReader } from "#app/_web/reader.ts";
import { getSignedIn, signedInAt } from "#app/_web/viewer.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { isId } from "#lib/ids.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import { mayIn, takesNew } from "#lib/policy/group.ts";
import { canRemove } from "#lib/policy/resource.ts";
import { getResource, listResources } from "#lib/resource/queries.ts";
import { resourcePath, resourcesPath } from "#lib/urls.ts";
import { Asked } from "../../groups/asked.tsx";
import { ResourceDone } from "../done.tsx";
import { KindMark, kindWords } from "../kind.tsx";
import { AddLinks, Shelf, shelfSize } from "../shelf.tsx";
import { Trail } from "../trail.tsx";
import { LinkCard } from "./link-card.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The resource of this page as whoever is signed in sees it, asked once a request. */
const resourceOfPage = cache(async (id: string) => {
  const who = await getSignedIn();
  return who && getResource(database(), who.viewer, id);
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ t }, resource] = [await getReader(), await resourceOfPage((await params).id)];
  return { title: asTitle(resource?.name || t("resource.title")), robots: { index: false } };
}

/** A folder with what lies in it, or what a link is good for, as the group's members find them. Two queries. */
export default async function ResourcePage({ params, searchParams }: Props) {
  const [{ id }, search] = [await params, await searchParams];
  const path = resourcePath(encodeURIComponent(id));
  const { viewer, timezone } = await signedInAt(path);
  const { t, locale } = await getReader();
  const resource = await resourceOfPage(id);
  if (!resource) return absent();
  const { group, type, name, summary, way, by, createdAt } = resource;
  if (resource.deletedAt) {
    const href = resourcesPath(group.handle, group.host);
    return gone({ seed: id, title: t("resource.gone"), text: t("resource.goneText"), href, way: t("resource.title") });
  }
  const folder = type === "folder";
  const after = isId(search.after) ? search.after : undefined;
  const found = folder
    ? await listResources(database(), { groupId: group.id, folderId: id, after, limit: shelfSize + 1 })
    : [];
  const none = { seed: id, title: t("resource.folderNone"), text: t("resource.folderNoneText") };
  const date = dateFormat(locale, timezone, { dateStyle: "long" }).format(createdAt);
  return (
    <div className="tone grid max-w-[52rem] gap-5 py-8" data-tone={toneOf({ tone: null, organizer: group })}>
      <div className="grid gap-2">
        <Trail t={t} group={group} way={way} />
        <div className="flex items-start gap-4">
          <KindMark type={type} />
          <div className="min-w-0 flex-1">
            <h1 dir="auto" className="[overflow-wrap:anywhere]">
              {name}
            </h1>
            <p className="mt-1 text-muted [overflow-wrap:anywhere]">{kindWords(t, resource)}</p>
          </div>
        </div>
        {summary && (
          <p dir="auto" className="max-w-[40rem] text-lg whitespace-pre-line [overflow-wrap:anywhere]">
            {summary}
          </p>
        )}
        <p className="flex flex-wrap items-center gap-x-4 text-muted">
          {t("resource.shared", { name: by ?? t("resource.somebody"), date })}
          {resource.awaiting && !resource.refused && group.host && (
            <span>{t("resource.awaiting", { host: group.host })}</span>
          )}
          {canRemove(viewer, group, resource) && (
            <a href={`${path}/manage`} className={wayLook}>
              {t("resource.manage")}
            </a>
          )}
        </p>
      </div>
      <ResourceDone t={t} said={search.done} />
      {mayIn(group, "moderate") && <Asked t={t} ask={resource.ask} host={group.host} />}
      {resource.refused && group.host && <Notice kind="warn" title={t("talk.refused", { host: group.host })} />}
      {folder ? (
        <>
          {takesNew(group) && (
            <AddLinks
              t={t}
              list={resourcesPath(group.handle, group.host)}
              folderId={id}
              deepest={resource.depth >= 4}
            />
          )}
          <Shelf {...{ t, locale, timezone, found, path }} host={group.host} empty={none} />
        </>
      ) : (
        <LinkCard t={t} resource={resource} />
      )}
    </div>
  );
}
