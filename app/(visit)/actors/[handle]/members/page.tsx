import type { Metadata } from "next";
import { ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { WordSearch } from "#app/_ui/word-search.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { asTitle } from "#app/_web/page-title.ts";
import { getReader } from "#app/_web/reader.ts";
import { getViewer } from "#app/_web/viewer.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { listMembers } from "#lib/group/membership/queries.ts";
import { getGroupFacts } from "#lib/group/queries.ts";
import { isId } from "#lib/ids.ts";
import { actorPath } from "#lib/urls.ts";
import { People } from "../people.tsx";
import { actorOfPage } from "../told.ts";

type Props = {
  params: Promise<{ handle: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const pageSize = 60;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ t }, actor] = [await getReader(), await actorOfPage((await params).handle)];
  return {
    title: actor ? asTitle(`${t("group.members")}: ${actor.name}`) : t("group.members"),
    robots: { index: false },
  };
}

/** Who belongs to a group: for its members all, for others those who chose to be shown, if the group shows any. Three queries. */
export default async function Members({ params, searchParams }: Props) {
  const [{ handle }, { t }, search] = [await params, await getReader(), await searchParams];
  const group = await actorOfPage(handle);
  if (group?.type !== "Group" || group.host || group.gone) return absent();
  const facts = await getGroupFacts(database(), await getViewer(), group);
  const inside = facts.belonging?.state === "member";
  const words = typeof search.q === "string" && !search.q.includes("\0") ? search.q.trim().slice(0, 100) : "";
  const after = isId(search.after) ? search.after : undefined;
  const found =
    inside || group.membersShown
      ? await listMembers(database(), group.id, { words, shown: !inside, after, limit: pageSize + 1 })
      : [];
  const people = found.slice(0, pageSize);
  const path = `${actorPath(group.handle)}/members`;
  const text = inside
    ? t("group.membersForYou")
    : group.membersShown
      ? t("group.membersShown", { count: facts.members })
      : t("group.membersHidden");
  return (
    <div className="tone grid gap-5 py-8" data-tone={toneOf({ tone: null, organizer: group })}>
      <div>
        <p>
          <a href={actorPath(group.handle)} className={`inline-flex min-h-11 items-center ${linkLook}`} dir="auto">
            {group.name || group.handle}
          </a>
        </p>
        <h1>{t("group.membersCount", { count: facts.members })}</h1>
        <p className="mt-1 text-muted">{text}</p>
      </div>
      {(words || found.length > 12) && (
        <WordSearch path={path} words={words} label={t("group.searchMember")} button={t("group.search")} />
      )}
      {people.length > 0 ? (
        <People t={t} people={people} />
      ) : (
        (inside || group.membersShown) && <p>{t(words ? "group.searchMemberNone" : "group.membersNone")}</p>
      )}
      {found.length > pageSize && (
        <p>
          <ButtonLink
            href={`${path}?${new URLSearchParams({ ...(words ? { q: words } : {}), after: people.at(-1)!.id })}`}
          >
            {t("group.more")}
          </ButtonLink>
        </p>
      )}
    </div>
  );
}
