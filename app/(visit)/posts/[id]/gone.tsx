import { ButtonLink } from "#app/_ui/button.tsx";
import { answerWith } from "#app/_web/request.ts";
import type { Translate } from "#lib/locale/index.ts";
import type { FullPost } from "#lib/post/queries.ts";
import { actorPath } from "#lib/urls.ts";

/** What is left of a removed post: whose it was, status 410, and one way on. */
export function PostGone({ t, group }: { t: Translate; group: FullPost["group"] }) {
  answerWith(410);
  return (
    <div className="grid max-w-[40rem] gap-5 py-16">
      <h1>{t("post.goneTitle")}</h1>
      <p dir="auto">{t("post.goneText", { group: group.name })}</p>
      <p>
        <ButtonLink href={actorPath(group.handle, group.host)}>{t("post.toGroup")}</ButtonLink>
      </p>
    </div>
  );
}
