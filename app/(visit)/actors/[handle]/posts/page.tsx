import type { Metadata } from "next";
import { ButtonLink, wayLook } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { absent } from "#app/_web/absent.tsx";
import { readerZone } from "#app/_web/clock.ts";
import { database } from "#app/_web/database.ts";
import { asTitle } from "#app/_web/page-title.ts";
import { getReader } from "#app/_web/reader.ts";
import { getViewer } from "#app/_web/viewer.ts";
import { drawnFrom } from "#lib/actor/queries.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { getDeskGroup } from "#lib/group/queries.ts";
import { isId } from "#lib/ids.ts";
import { takesNew } from "#lib/policy/group.ts";
import { listPosts } from "#lib/post/queries.ts";
import { absolute, actorPath, groupDeskPath } from "#lib/urls.ts";
import { PostRow } from "../../../posts/row.tsx";
import { actorGone } from "../gone.ts";
import { actorOfPage } from "../told.ts";

type Props = {
  params: Promise<{ handle: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const pageSize = 20;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ t }, group] = [await getReader(), await actorOfPage((await params).handle)];
  if (group?.type !== "Group" || group.gone) return { title: t("post.title"), robots: { index: false } };
  const path = `${actorPath(group.handle, group.host)}/posts`;
  const name = group.name || group.handle;
  const types = { "application/atom+xml": `${path}.atom` };
  const title = asTitle(t("post.titleOf", { group: name }));
  if (group.host) return { title, robots: { index: false }, alternates: { types } };
  return {
    title,
    description: t("post.lead", { group: name }),
    alternates: { canonical: absolute(path), types },
  };
}

/** What a group has to say, the latest first: for members also what is for them alone. Three queries. */
export default async function Posts({ params, searchParams }: Props) {
  const [{ handle }, search, { t, locale }] = [await params, await searchParams, await getReader()];
  const group = await actorOfPage(handle);
  if (group?.type !== "Group") return absent();
  if (group.gone) return actorGone(t, group);
  const viewer = await getViewer();
  const after = isId(search.after) ? search.after : undefined;
  const [found, desk, timezone] = await Promise.all([
    listPosts(database(), viewer, { groupId: group.id, after, limit: pageSize + 1 }),
    viewer.kind === "visitor" ? null : getDeskGroup(database(), viewer, group.id, "publish", { anywhere: true }),
    readerZone(),
  ]);
  const rows = found.slice(0, pageSize);
  const profile = actorPath(group.handle, group.host);
  const path = `${profile}/posts`;
  const name = group.name || group.handle;
  const write = desk && takesNew(desk) && (
    <ButtonLink look="filled" href={`${groupDeskPath(group.id)}/posts/new`}>
      <Icon name="plus" />
      {t("post.write")}
    </ButtonLink>
  );
  return (
    <div className="tone grid max-w-[52rem] gap-5 py-8" data-tone={toneOf({ tone: null, organizer: group })}>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <p>
            <a href={profile} className={wayLook} dir="auto">
              {name}
            </a>
          </p>
          <h1>{t("post.title")}</h1>
          <p className="mt-1 text-muted">{t("post.lead", { group: name })}</p>
        </div>
        <div className="flex flex-wrap gap-2 print:hidden">
          <ButtonLink href={`${path}.atom`}>
            <Icon name="feed" size={16} />
            {t("post.atom")}
          </ButtonLink>
          {group.host && group.url && (
            <ButtonLink href={group.url} rel="nofollow noopener noreferrer">
              {t("federation.seeProfileThere", { host: group.host })}
              <Icon name="external" size={16} />
            </ButtonLink>
          )}
          {rows.length > 0 && write}
        </div>
      </div>
      {rows.length === 0 ? (
        <EmptyState seed={drawnFrom(group)} title={t("post.none")}>
          <p className="max-w-[40rem]">
            {t(desk ? "post.noneWrite" : group.host ? "post.noneElsewhere" : "post.noneText", {
              host: group.host ?? "",
            })}
          </p>
          {write && <p>{write}</p>}
        </EmptyState>
      ) : (
        <ul className="grid border-t border-line">
          {rows.map((post) => (
            <li key={post.id}>
              <PostRow {...{ t, locale, timezone, post }} />
            </li>
          ))}
        </ul>
      )}
      {found.length > pageSize && (
        <p>
          <ButtonLink href={`${path}?after=${rows.at(-1)!.id}`}>{t("post.more")}</ButtonLink>
        </p>
      )}
    </div>
  );
}
