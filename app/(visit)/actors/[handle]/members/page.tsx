import type { Metadata } from "next";
import { ButtonLink, wayLook } from "#app/_ui/button.tsx";
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
import type { Translate } from "#lib/locale/index.ts";
import { actorPath } from "#lib/urls.ts";
import { People } from "../people.tsx";
import { actorOfPage } from "../told.ts";
import { MembersElsewhere } from "./elsewhere.tsx";

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

/**
 * Who belongs to a group: for its members all, for others those who chose to be shown, if the group shows any; of another
 * server's for its members alone. Three queries, four of a group elsewhere.
 */
export default async function Members({ params, searchParams }: Props) {
  const [{ handle }, { t, locale }, search] = [await params, await getReader(), await searchParams];
  const group = await actorOfPage(handle);
  if (group?.type !== "Group" || group.gone) return absent();
  const facts = await getGroupFacts(database(), await getViewer(), group);
  const inside = facts.belonging?.state === "member";
  const { id, host } = group;
  if (host !== null && !inside) return absent();
  const words = typeof search.q === "string" && !search.q.includes("\0") ? search.q.trim().slice(0, 100) : "";
  const after = isId(search.after) ? search.after : undefined;
  const home = actorPath(group.handle, host);
  const path = `${home}/members`;
  return (
    <div className="tone grid gap-5 py-8" data-tone={toneOf({ tone: null, organizer: group })}>
      <div>
        <p>
          <a href={home} className={wayLook} dir="auto">
            {group.name || group.handle}
          </a>
        </p>
        <h1>{host === null ? t("group.membersCount", { count: facts.members }) : t("group.members")}</h1>
        {host === null && <p className="mt-1 text-muted">{whoIsShown(t, group, inside, facts.members)}</p>}
      </div>
      {host === null ? (
        <MembersHere {...{ t, group, inside, path, words, after }} />
      ) : (
        <MembersElsewhere {...{ t, locale, path, words, after }} group={{ id, host }} />
      )}
    </div>
  );
}

type Group = { id: string; membersShown: boolean };

function whoIsShown(t: Translate, { membersShown }: Group, inside: boolean, count: number): string {
  if (inside) return t("group.membersForYou");
  return membersShown ? t("group.membersShown", { count }) : t("group.membersHidden");
}

type HereProps = {
  t: Translate;
  group: Group;
  inside: boolean;
  path: string;
  words: string;
  after: string | undefined;
};

async function MembersHere({ t, group, inside, path, words, after }: HereProps) {
  const found =
    inside || group.membersShown
      ? await listMembers(database(), group.id, { words, shown: !inside, after, limit: pageSize + 1 })
      : [];
  const people = found.slice(0, pageSize);
  return (
    <>
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
    </>
  );
}
