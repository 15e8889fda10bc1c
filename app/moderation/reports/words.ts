import { excerpt } from "#lib/html.ts";
import type { Translate } from "#lib/locale/index.ts";
import type { Report } from "#lib/moderation/flag/queries.ts";
import { actorPath, commentPath, eventPath, postPath } from "#lib/urls.ts";

/** What was reported: what it is, its name, and where it stands; what was said for some alone has only its group, or its event. */
export function thingOf(
  t: Translate,
  { comment, event, post, message, group, actor, quote }: Report,
): { kind: string; name: string; path: string } {
  if (comment)
    return {
      kind: t("moderation.reportedComment"),
      name:
        quote === null
          ? excerpt(comment.content, comment.mediaType, 100) || t("moderation.gone")
          : t("moderation.commentUnder", { event: event?.name ?? "" }),
      path: commentPath(comment.id),
    };
  if (post)
    return {
      kind: t("moderation.reportedPost"),
      name: post.name || t("moderation.gone"),
      path: postPath(post.id),
    };
  if (message)
    return {
      kind: t("moderation.reportedMessage"),
      name: t("moderation.messageIn", { group: group?.name ?? "" }),
      path: group?.handle ? actorPath(group.handle, group.host) : "/",
    };
  if (event) return { kind: t("moderation.reportedEvent"), name: event.name, path: eventPath(event.id) };
  return {
    kind: t("moderation.reportedActor"),
    name: actor?.name ?? t("moderation.gone"),
    path: actor ? actorPath(actor.handle, actor.host) : "/",
  };
}

export const reporterOf = (t: Translate, { reporter, reporterHost }: Report): string =>
  reporterHost ? t("moderation.byServer", { host: reporterHost }) : (reporter ?? t("moderation.byVisitor"));
