import { ButtonLink, wayLook } from "#app/_ui/button.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { readerZone } from "#app/_web/clock.ts";
import { database } from "#app/_web/database.ts";
import type { SignedIn } from "#app/_web/viewer.ts";
import { type ActorRow, listActorsOf } from "#lib/actor/queries.ts";
import type { GroupFacts } from "#lib/group/queries.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { mayIn, takesNew } from "#lib/policy/group.ts";
import { actorPath } from "#lib/urls.ts";
import { Belonging } from "./belonging.tsx";
import { People } from "./people.tsx";
import { PostsPart } from "./posts-part.tsx";

const sentences = {
  joined: "group.doneJoined",
  asked: "group.doneAsked",
  left: "group.doneLeft",
  shown: "group.doneShown",
} as const;

type Props = {
  t: Translate;
  locale: Locale;
  group: ActorRow;
  facts: GroupFacts;
  who: SignedIn | null;
  search: Record<string, string | string[]>;
};

/** What became of a form about one's belonging. */
const Done = ({ t, said }: { t: Translate; said: unknown }) =>
  typeof said === "string" &&
  Object.hasOwn(sentences, said) && (
    <div className="basis-full">
      <Notice kind="ok" id="done" role="status" title={t(sentences[said as keyof typeof sentences])} />
    </div>
  );

const profilesOf = async (who: SignedIn | null) =>
  who && who.viewer.actorIds.length > 1 ? listActorsOf(database(), who.viewer.accountId) : [];

/** What somebody is to a group and how one comes to it, beside the ways to follow it. */
export const GroupPart = async ({ t, group, facts: { belonging }, who, search }: Omit<Props, "locale">) => (
  <>
    <Done t={t} said={search.done} />
    <Belonging {...{ t, group, belonging, who, profiles: await profilesOf(who) }} form={search.form} />
  </>
);

type BesideProps = Pick<Props, "t" | "locale" | "group" | "facts">;

/** What a group has besides its events, below them: what it writes, and those who belong to it; of another server's for its members alone. */
export async function BesideEvents({ t, locale, group, facts }: BesideProps) {
  const { members, people, belonging } = facts;
  const inside = belonging?.state === "member";
  return (
    <div className="grid gap-8 pt-10 empty:hidden">
      <PostsPart {...{ t, locale, group, facts }} timezone={await readerZone()} />
      {(group.host === null || inside) && (
        <section aria-labelledby="members-title" className="grid gap-2">
          <h2 id="members-title" className="text-xl">
            {group.host === null ? t("group.membersCount", { count: members }) : t("group.members")}
          </h2>
          {people.length > 0 && <People t={t} people={people} />}
          {(inside || people.length > 0) && (
            <p>
              <a href={`${actorPath(group.handle, group.host)}/members`} className={wayLook}>
                {t("group.membersAll")}
              </a>
            </p>
          )}
        </section>
      )}
    </div>
  );
}

/** What to do where nothing is planned: for whoever makes the group's events, to plan something. */
export function NothingPlanned({ t, group, facts }: Pick<Props, "t" | "group"> & { facts: GroupFacts | null }) {
  const role = facts?.belonging?.state === "member" ? facts.belonging.role : null;
  if (!takesNew(group) || !mayIn({ role, membersOrganise: group.membersOrganise }, "organise"))
    return <ButtonLink href="/">{t("event.moreEvents")}</ButtonLink>;
  return (
    <ButtonLink href={`/dashboard/events/new?as=${group.id}`}>
      <Icon name="plus" />
      {t("group.newEvent")}
    </ButtonLink>
  );
}
