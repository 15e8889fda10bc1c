import { ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { WordSearch } from "#app/_ui/word-search.tsx";
import { readerZone } from "#app/_web/clock.ts";
import { database } from "#app/_web/database.ts";
import { mostListed, renewRoster } from "#lib/group/roster/commands.ts";
import { getReading, listRoster } from "#lib/group/roster/queries.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";

type Props = {
  t: Translate;
  locale: Locale;
  group: { id: string; host: string };
  /** The path of the page. */
  path: string;
  words: string;
  after: string | undefined;
};

const pageSize = 60;

/** Who belongs to a group of another server, as that server told last, for its members here. Two queries. */
export async function MembersElsewhere({ t, locale, group: { id, host }, path, words, after }: Props) {
  const db = database();
  const [found, reading] = await Promise.all([
    listRoster(db, id, { state: "member", words, after, limit: pageSize + 1 }),
    getReading(db, id),
  ]);
  await renewRoster(db, id, reading);
  const people = found.slice(0, pageSize);
  const when = dateFormat(locale, await readerZone(), { dateStyle: "medium", timeStyle: "short" });
  const next = new URLSearchParams({ ...(words ? { q: words } : {}), after: people.at(-1)?.id ?? "" });
  return (
    <>
      <p className="text-muted">
        {reading ? t("group.rosterText", { host, date: when.format(reading.readAt) }) : t("group.rosterNone", { host })}
      </p>
      {reading && !reading.whole && <p>{t("group.rosterPart", { count: mostListed })}</p>}
      {(words || found.length > 12) && (
        <WordSearch path={path} words={words} label={t("group.searchMember")} button={t("group.search")} />
      )}
      {people.length === 0 && words && <p>{t("group.searchMemberNone")}</p>}
      <ul className="grid gap-x-6 sm:grid-cols-2 lg:grid-cols-3">
        {people.map(({ id: one, name, actorUri, role }) => (
          <li key={one} className="flex min-h-12 items-center border-b border-line py-2">
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <a href={actorUri} className={linkLook} rel="nofollow noopener noreferrer" dir="ltr">
                @{name}
              </a>
              {role !== "member" && <span className="block text-sm text-muted">{t(`group.role_${role}`)}</span>}
            </span>
          </li>
        ))}
      </ul>
      {found.length > pageSize && (
        <p>
          <ButtonLink href={`${path}?${next}`}>{t("group.more")}</ButtonLink>
        </p>
      )}
    </>
  );
}
