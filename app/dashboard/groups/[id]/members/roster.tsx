import type { ReactNode } from "react";
import { Button, ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { WordSearch } from "#app/_ui/word-search.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { AskedOfPeople } from "#app/(visit)/groups/asked.tsx";
import { listAsksOfPeople } from "#lib/group/ask/queries.ts";
import type { DeskGroup } from "#lib/group/queries.ts";
import { mostListed, renewRoster } from "#lib/group/roster/commands.ts";
import { getReading, listRoster, type RosterRow } from "#lib/group/roster/queries.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { mayIn, outranks } from "#lib/policy/group.ts";
import { RoleForm } from "./role-form.tsx";

type Props = {
  t: Translate;
  locale: Locale;
  timezone: string;
  host: string;
  group: DeskGroup;
  /** The path of the page. */
  page: string;
  words: string;
  after: string | undefined;
  form: ReactNode;
};

const pageSize = 50;

/** Who belongs to a group of another server, and who is invited, as that server told last; what it was asked; and the form that invites. */
export async function Roster({ t, locale, timezone, host, group, page, words, after, form }: Props) {
  const db = database();
  const [found, invited, asks, reading] = await Promise.all([
    listRoster(db, group.id, { state: "member", words, after, limit: pageSize + 1 }),
    listRoster(db, group.id, { state: "invited", limit: 200 }),
    listAsksOfPeople(db, group.id),
    getReading(db, group.id),
  ]);
  await renewRoster(db, group.id, reading);
  const members = found.slice(0, pageSize);
  const next = new URLSearchParams({ ...(words ? { q: words } : {}), after: members.at(-1)?.id ?? "" });
  const when = dateFormat(locale, timezone, { dateStyle: "medium", timeStyle: "short" });
  return (
    <div className="grid max-w-[52rem] gap-6">
      {form}
      {asks.length > 0 && <AskedOfPeople {...{ t, asks, host }} />}
      {invited.length > 0 && (
        <section className="grid gap-2">
          <h2 className="text-lg">{t("group.invitedTitle")}</h2>
          <ul className="grid">
            {invited.map(({ id, name }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-3 border-b border-line py-2">
                <bdi className="min-w-0 [overflow-wrap:anywhere]">@{name}</bdi>
                <form method="post" action={`${page}/withdrawal`}>
                  <FormGuard path={`${page}/withdrawal`} />
                  <input type="hidden" name="person" value={id} />
                  <Button aria-label={t("group.withdrawOf", { name: `@${name}` })}>{t("group.withdraw")}</Button>
                </form>
              </li>
            ))}
          </ul>
        </section>
      )}
      {(words || found.length > 9) && (
        <WordSearch path={page} words={words} label={t("group.searchMember")} button={t("group.search")} />
      )}
      <p className="text-muted">
        {reading ? t("group.rosterText", { host, date: when.format(reading.readAt) }) : t("group.rosterNone", { host })}
      </p>
      {reading && !reading.whole && <p>{t("group.rosterPart", { count: mostListed })}</p>}
      {members.length === 0 && words && <p>{t("group.searchMemberNone")}</p>}
      <ul className="grid gap-3">
        {members.map((member) => (
          <li key={member.id}>
            <Listed {...{ t, group, member, page }} />
          </li>
        ))}
      </ul>
      {found.length > pageSize && (
        <p>
          <ButtonLink href={`${page}?${next}`}>{t("group.more")}</ButtonLink>
        </p>
      )}
    </div>
  );
}

type ListedProps = { t: Translate; group: DeskGroup; member: RosterRow; page: string };

/** A member of the list: who, as what, and what this viewer may ask of it. */
function Listed({ t, group, member, page }: ListedProps) {
  const { id, name, actorUri, role } = member;
  const called = `@${name}`;
  return (
    <article className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-card border border-line bg-surface p-4">
      <div className="min-w-0">
        <p className="font-semibold [overflow-wrap:anywhere]" dir="ltr">
          <a href={actorUri} className={linkLook} rel="nofollow noopener noreferrer">
            {called}
          </a>
        </p>
        <p className="text-sm text-muted">{t(`group.role_${role}`)}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        {mayIn(group, "promote") && <RoleForm {...{ t, id, role }} name={called} action={`${page}/role`} />}
        {mayIn(group, "remove") && outranks(group.role, role) && (
          <form method="post" action={`${page}/removal`}>
            <FormGuard path={`${page}/removal`} />
            <input type="hidden" name="person" value={id} />
            <Button look="danger" aria-label={t("group.removeOf", { name: called })}>
              {t("group.remove")}
            </Button>
          </form>
        )}
      </div>
    </article>
  );
}
