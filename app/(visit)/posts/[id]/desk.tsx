import { ButtonLink } from "#app/_ui/button.tsx";
import type { Translate } from "#lib/locale/index.ts";
import type { FullPost } from "#lib/post/queries.ts";
import { groupDeskPath } from "#lib/urls.ts";

/** For whoever writes the group's posts: the way to change it, or to take away what was written elsewhere. */
export function ToDesk({ t, post }: { t: Translate; post: FullPost["post"] }) {
  const path = `${groupDeskPath(post.groupId)}/posts/${post.id}`;
  return post.uri ? (
    <ButtonLink look="danger" href={`${path}/deletion`}>
      {t("post.delete")}
    </ButtonLink>
  ) : (
    <ButtonLink href={path}>{t("post.edit")}</ButtonLink>
  );
}
