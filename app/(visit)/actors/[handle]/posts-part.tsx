import { ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import type { ActorRow } from "#lib/actor/queries.ts";
import type { GroupFacts } from "#lib/group/queries.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { mayIn, takesNew } from "#lib/policy/group.ts";
import { actorPath, groupDeskPath } from "#lib/urls.ts";
import { PostCard } from "../../posts/card.tsx";

type Props = { t: Translate; locale: Locale; timezone: string; group: ActorRow; facts: GroupFacts };

/** The latest of what a group has to say. Where there is nothing yet, only those who could write hear of it. */
export function PostsPart({ t, locale, timezone, group, facts: { posts, belonging } }: Props) {
  const role = belonging?.state === "member" ? belonging.role : null;
  const writes =
    group.host === null && takesNew(group) && mayIn({ role, membersOrganise: group.membersOrganise }, "publish");
  if (posts.length === 0 && !writes) return null;
  const path = `${actorPath(group.handle, group.host)}/posts`;
  return (
    <section aria-labelledby="posts-title" className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 id="posts-title" className="text-xl">
          <a href={path} className={linkLook}>
            {t("post.title")}
          </a>
        </h2>
        {writes && (
          <ButtonLink href={`${groupDeskPath(group.id)}/posts/new`} className="print:hidden">
            <Icon name="plus" size={16} />
            {t("post.write")}
          </ButtonLink>
        )}
      </div>
      {posts.length === 0 ? (
        <p className="max-w-[40rem] border-s-4 border-tone ps-4 text-muted">{t("post.noneWrite")}</p>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {posts.map((post) => (
            <li key={post.id}>
              <PostCard {...{ t, locale, timezone, post }} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
