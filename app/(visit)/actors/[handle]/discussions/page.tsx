import type { Metadata } from "next";
import { ButtonLink, wayLook } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { MovedNotice } from "#app/_ui/moved-notice.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { WordSearch } from "#app/_ui/word-search.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { drawnFrom } from "#lib/actor/queries.ts";
import { listDiscussions } from "#lib/discussion/thread/queries.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { isId } from "#lib/ids.ts";
import { takesNew } from "#lib/policy/group.ts";
import { actorPath } from "#lib/urls.ts";
import { amongMembers, discussionsPath } from "./among.ts";
import { DiscussionRow } from "./row.tsx";

type Props = {
  params: Promise<{ handle: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const pageSize = 30;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("talk.title"), robots: { index: false } };
}

/** What the members of a group discuss, where something was said last first. Three queries. */
export default async function Discussions({ params, searchParams }: Props) {
  const [{ handle }, search] = [await params, await searchParams];
  const path = discussionsPath(handle);
  const { group, viewer, timezone } = await amongMembers(handle, path);
  if (!group) return absent();
  const { t, locale } = await getReader();
  const words = typeof search.q === "string" && !search.q.includes("\0") ? search.q.trim().slice(0, 100) : "";
  const after = isId(search.after) ? search.after : undefined;
  const limit = pageSize + 1;
  const found = await listDiscussions(database(), viewer, { groupId: group.id, words, after, limit });
  const rows = found.slice(0, pageSize);
  const name = group.name || group.handle;
  const more = new URLSearchParams({ ...(words ? { q: words } : {}), after: rows.at(-1)?.id ?? "" });
  return (
    <div className="tone grid max-w-[52rem] gap-5 py-8" data-tone={toneOf({ tone: null, organizer: group })}>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <p>
            <a href={actorPath(group.handle, group.host)} className={wayLook} dir="auto">
              {name}
            </a>
          </p>
          <h1>{t("talk.title")}</h1>
          <p className="mt-1 text-muted">{t("talk.lead", { group: name })}</p>
          {group.host && <p className="text-muted">{t("talk.there", { host: group.host })}</p>}
        </div>
        {takesNew(group) && (
          <ButtonLink look="filled" href={`${path}/new`}>
            <Icon name="plus" />
            {t("talk.start")}
          </ButtonLink>
        )}
      </div>
      <MovedNotice t={t} group={group} />
      {search.done === "deleted" && <Notice kind="ok" id="done" role="status" title={t("talk.doneDeleted")} />}
      {(found.length > 0 || words || after) && (
        <WordSearch path={path} words={words} label={t("talk.searchWords")} button={t("talk.search")} />
      )}
      {rows.length === 0 && words && (
        <p role="status" className="flex flex-wrap items-center gap-x-4">
          {t("talk.nothing")}
          <a href={path} className={wayLook}>
            {t("talk.all")}
          </a>
        </p>
      )}
      {rows.length === 0 && !words && (
        <EmptyState seed={drawnFrom(group)} title={t("talk.none")}>
          <p className="max-w-[40rem]">{t("talk.noneText")}</p>
        </EmptyState>
      )}
      {rows.length > 0 && (
        <ul className="grid border-t border-line">
          {rows.map((discussion) => (
            <li key={discussion.id}>
              <DiscussionRow {...{ t, locale, timezone, discussion }} found={words !== ""} />
            </li>
          ))}
        </ul>
      )}
      {found.length > pageSize && (
        <p>
          <ButtonLink href={`${path}?${more}`}>{t("talk.more")}</ButtonLink>
        </p>
      )}
    </div>
  );
}
