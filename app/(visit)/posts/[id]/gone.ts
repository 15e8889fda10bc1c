import { gone } from "#app/_web/gone.tsx";
import type { Translate } from "#lib/locale/index.ts";
import type { FullPost } from "#lib/post/queries.ts";
import { actorPath } from "#lib/urls.ts";

/** What is left of a removed post: whose it was. */
export const postGone = (t: Translate, { post, group }: FullPost) =>
  gone({
    seed: post.id,
    title: t("post.goneTitle"),
    text: t("post.goneText", { group: group.name }),
    href: actorPath(group.handle, group.host),
    way: t("post.toGroup"),
  });
