import type { Metadata } from "next";
import { ButtonLink } from "#app/_ui/button.tsx";
import { WordSearch } from "#app/_ui/word-search.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { formState } from "#app/_web/form-state.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { listInvited } from "#lib/group/invitation/queries.ts";
import { listMembers } from "#lib/group/membership/queries.ts";
import { getDeskGroup } from "#lib/group/queries.ts";
import { isId } from "#lib/ids.ts";
import { takesNew } from "#lib/policy/group.ts";
import { groupDeskPath } from "#lib/urls.ts";
import { GroupFrame } from "../../frame.tsx";
import { InviteForm } from "./invite-form.tsx";
import { Invited } from "./invited.tsx";
import { Member } from "./member.tsx";
import { Roster } from "./roster.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const pageSize = 50;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("group.tabMembers"), robots: { index: false } };
}

/**
 * Who belongs to a group, with their roles, who is invited, and the form that invites; of a group elsewhere as its server
 * tells. Three queries.
 */
export default async function GroupMembers({ params, searchParams }: Props) {
  const [{ id }, search] = [await params, await searchParams];
  const page = `${groupDeskPath(encodeURIComponent(id))}/members`;
  const { viewer, timezone } = await signedInAt(page, search.form);
  const { t, locale } = await getReader();
  const db = database();
  const group = await getDeskGroup(db, viewer, id, "decide", { anywhere: true });
  if (!group) return absent();
  const words = typeof search.q === "string" && !search.q.includes("\0") ? search.q.trim().slice(0, 100) : "";
  const after = isId(search.after) ? search.after : undefined;
  const { host } = group;
  const labels = { who: t(host ? "group.inviteWhoThere" : "group.inviteWho"), role: t("group.role") };
  const state = await formState(t, search.form, page, labels);
  const closed = (await ownInstance()).registration === "closed";
  const form = <InviteForm {...{ t, host, closed, state }} label={labels.who} action={`${page}/invitation`} />;
  if (host)
    return (
      <GroupFrame t={t} group={group} here="members" title={t("group.tabMembers")} said={search.done}>
        <Roster {...{ t, locale, timezone, host, group, page, words, after, form }} />
      </GroupFrame>
    );
  const [found, invited] = await Promise.all([
    listMembers(db, id, { words, after, limit: pageSize + 1 }),
    listInvited(db, id),
  ]);
  const members = found.slice(0, pageSize);
  const next = new URLSearchParams({ ...(words ? { q: words } : {}), after: members.at(-1)?.id ?? "" });
  return (
    <GroupFrame t={t} group={group} here="members" title={t("group.tabMembers")} said={search.done}>
      <div className="grid max-w-[52rem] gap-6">
        {takesNew(group) && form}
        {invited.length > 0 && <Invited {...{ t, locale, timezone, invited }} action={`${page}/withdrawal`} />}
        {(words || found.length > 9) && (
          <WordSearch path={page} words={words} label={t("group.searchMember")} button={t("group.search")} />
        )}
        {members.length === 0 && <p>{t("group.searchMemberNone")}</p>}
        <ul className="grid gap-3">
          {members.map((member) => (
            <li key={member.id}>
              <Member {...{ t, locale, timezone, group, member, page }} />
            </li>
          ))}
        </ul>
        {found.length > pageSize && (
          <p>
            <ButtonLink href={`${page}?${next}`}>{t("group.more")}</ButtonLink>
          </p>
        )}
      </div>
    </GroupFrame>
  );
}
