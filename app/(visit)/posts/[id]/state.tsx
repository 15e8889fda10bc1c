import { Notice } from "#app/_ui/notice.tsx";
import type { Translate } from "#lib/locale/index.ts";
import type { FullPost } from "#lib/post/queries.ts";

/** Who else can read a post, where that is not everybody: the gravest that holds. */
export function PostState({ t, post, group }: Pick<FullPost, "post" | "group"> & { t: Translate }) {
  if (post.hiddenAt)
    return (
      <Notice kind="danger" title={t("post.hidden")}>
        {t("post.hiddenText")}
      </Notice>
    );
  if (post.awaiting && group.host)
    return (
      <Notice
        kind={post.refused ? "warn" : "info"}
        title={t(post.refused ? "post.refused" : "post.awaiting", { host: group.host })}
      >
        {t(post.refused ? "post.refusedText" : "post.awaitingText", { host: group.host })}
      </Notice>
    );
  if (post.state === "draft")
    return (
      <Notice kind="warn" title={t("post.draft")}>
        {t("post.draftText")}
      </Notice>
    );
  if (post.visibility === "members")
    return (
      <Notice kind="info" icon="people" title={t("post.forMembers")}>
        {t("post.forMembersText", { group: group.name })}
      </Notice>
    );
  if (post.visibility === "unlisted")
    return (
      <Notice kind="info" icon="link" title={t("post.unlisted")}>
        {t("post.unlistedText")}
      </Notice>
    );
  return null;
}
