import type { Metadata } from "next";
import { wayLook } from "#app/_ui/button.tsx";
import { MovedNotice } from "#app/_ui/moved-notice.tsx";
import { WordSearch } from "#app/_ui/word-search.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { pieceOf } from "#app/_web/request.ts";
import { ResourceDone } from "#app/(visit)/resources/done.tsx";
import { AddLinks, Shelf, shelfSize } from "#app/(visit)/resources/shelf.tsx";
import { Trail } from "#app/(visit)/resources/trail.tsx";
import { drawnFrom } from "#lib/actor/queries.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { isId } from "#lib/ids.ts";
import { takesNew } from "#lib/policy/group.ts";
import { listResources } from "#lib/resource/queries.ts";
import { pageOf } from "../../../groups/door.ts";
import { amongMembers } from "../discussions/among.ts";

type Props = {
  params: Promise<{ handle: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("resource.title"), robots: { index: false } };
}

/** What the members of a group keep together: what lies in no folder, or what was searched for. Three queries. */
export default async function Resources({ params, searchParams }: Props) {
  const [{ handle }, search] = [await params, await searchParams];
  const path = `${pageOf(pieceOf(handle))}/resources`;
  const { group, timezone } = await amongMembers(handle, path);
  if (!group) return absent();
  const { t, locale } = await getReader();
  const words = typeof search.q === "string" && !search.q.includes("\0") ? search.q.trim().slice(0, 100) : "";
  const after = isId(search.after) ? search.after : undefined;
  const found = await listResources(database(), { groupId: group.id, words, after, limit: shelfSize + 1 });
  const name = group.name || group.handle;
  const none = { seed: drawnFrom(group), title: t("resource.none"), text: t("resource.noneText") };
  return (
    <div className="tone grid max-w-[52rem] gap-5 py-8" data-tone={toneOf({ tone: null, organizer: group })}>
      <div>
        <Trail t={t} group={{ ...group, name }} top />
        <h1>{t("resource.title")}</h1>
        <p className="mt-1 text-muted">{t("resource.lead", { group: name })}</p>
        {group.host && <p className="text-muted">{t("resource.there", { host: group.host })}</p>}
      </div>
      <ResourceDone t={t} said={search.done} />
      {takesNew(group) ? <AddLinks t={t} list={path} /> : <MovedNotice t={t} group={group} />}
      {(found.length > 0 || words || after) && (
        <WordSearch path={path} words={words} label={t("resource.searchWords")} button={t("resource.search")} />
      )}
      {words && (
        <p role="status" className="flex flex-wrap items-center gap-x-4">
          {found.length === 0 && t("resource.nothing")}
          <a href={path} className={wayLook}>
            {t("resource.all")}
          </a>
        </p>
      )}
      <Shelf
        {...{ t, locale, timezone, found }}
        host={group.host}
        path={words ? `${path}?${new URLSearchParams({ q: words })}` : path}
        empty={words ? null : none}
      />
    </div>
  );
}
