import type { ReactNode } from "react";
import { wayLook } from "#app/_ui/button.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import type { ListedComment } from "#lib/discussion/comment/queries.ts";
import { renderWords } from "#lib/discussion/mention/queries.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { commentPath } from "#lib/urls.ts";
import { SaidHead } from "../../../said-head.tsx";

type Props = {
  t: Translate;
  locale: Locale;
  timezone: string;
  comment: ListedComment;
  /** Whether its author organises the event. */
  organizer?: boolean;
  /** What the reader may do with it. */
  children?: ReactNode;
};

const place = {
  deleted: "discussion.placeDeleted",
  waiting: "discussion.placeWaiting",
  hidden: "discussion.placeHidden",
  published: "discussion.placeGone",
} as const;

const standing = {
  waiting: ["clock", "discussion.waits"],
  hidden: ["stop", "discussion.hidden"],
} as const;

/** One thing that somebody said: who, when, and the words; or the place where something was said that others replied to. */
export function Comment({ t, locale, timezone, comment, organizer = false, children }: Props) {
  const { id, author, url, uri } = comment;
  const anchor = { id: `comment-${id}`, className: "grid gap-1 px-4 py-3 target:bg-accent-tint" };
  if (!comment.visible)
    return (
      <article {...anchor}>
        <p className="text-muted">{t(place[comment.state as keyof typeof place])}</p>
      </article>
    );
  const when = dateFormat(locale, timezone, { dateStyle: "medium", timeStyle: "short" });
  const [icon, word] = standing[comment.state as keyof typeof standing] ?? [null, null];
  const there = url ?? uri;
  return (
    <article {...anchor}>
      <SaidHead
        level="h3"
        {...{ author, when }}
        at={comment.createdAt}
        href={commentPath(id)}
        title={t("discussion.permalink")}
        mark={
          organizer && (
            <span className="rounded-full bg-tone-tint px-2 text-sm font-semibold">{t("discussion.organizer")}</span>
          )
        }
      >
        {comment.editedAt && <> · {t("discussion.edited")}</>}
      </SaidHead>
      {icon && (
        <p className="flex items-start gap-1.5 text-sm font-semibold text-warn">
          <Icon name={icon} size={16} className="mt-0.5" />
          {t(word)}
        </p>
      )}
      <div
        className="prose"
        dir="auto"
        lang={comment.language === "und" ? undefined : comment.language}
        dangerouslySetInnerHTML={{ __html: renderWords(comment) }}
      />
      {(there || children) && (
        <div className="flex flex-wrap items-center gap-x-4">
          {there && (
            <a href={there} rel="nofollow noopener noreferrer" className={`gap-1 text-sm ${wayLook}`}>
              {t("federation.seeThere", { host: author.host ?? "" })}
              <Icon name="external" size={16} />
            </a>
          )}
          {children}
        </div>
      )}
    </article>
  );
}
