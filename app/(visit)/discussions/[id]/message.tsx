import { wayLook } from "#app/_ui/button.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { ReportLink } from "#app/report/link.tsx";
import { renderWords } from "#lib/discussion/mention/queries.ts";
import type { ListedMessage } from "#lib/discussion/message/queries.ts";
import type { Discussion } from "#lib/discussion/thread/queries.ts";
import { excerpt } from "#lib/html.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { canDelete, canRevise, canWrite } from "#lib/policy/discussion.ts";
import { mayIn } from "#lib/policy/group.ts";
import { type AccountViewer, isViewer } from "#lib/policy/viewer.ts";
import { commentPath, discussionPath, messagePath } from "#lib/urls.ts";
import { SaidHead } from "../../said-head.tsx";

type Props = {
  t: Translate;
  locale: Locale;
  timezone: string;
  viewer: AccountViewer;
  discussion: Discussion;
  message: ListedMessage;
};

/** One message: who, when, what it answers, the words, and what this reader may do with it; or the place where it stood. */
export function Message({ t, locale, timezone, viewer, discussion, message }: Props) {
  const { id, author, quoted, createdAt, editedAt, deletedAt } = message;
  const anchor = {
    id: `message-${id}`,
    className: "grid gap-1 px-4 py-4 first:rounded-t-card last:rounded-b-card target:bg-accent-tint",
  };
  if (deletedAt)
    return (
      <article {...anchor}>
        <p className="text-muted">{t("talk.deleted")}</p>
      </article>
    );
  const when = dateFormat(locale, timezone, { dateStyle: "medium", timeStyle: "short" });
  const { group } = discussion;
  const link = `text-sm ${wayLook}`;
  const revises = canRevise(viewer, group, discussion, message);
  return (
    <article {...anchor}>
      <SaidHead
        level="h2"
        {...{ author, when }}
        at={createdAt}
        href={messagePath(discussion.id, id)}
        title={t("talk.permalink")}
      >
        {editedAt && <> · {t("talk.edited", { date: when.format(editedAt) })}</>}
        {message.awaiting && !message.refused && group.host && <> · {t("talk.awaiting", { host: group.host })}</>}
      </SaidHead>
      {message.refused && group.host && (
        <p className="flex items-start gap-1.5 text-sm font-semibold text-warn">
          <Icon name="stop" size={16} className="mt-0.5" />
          {t("talk.refused", { host: group.host })}
        </p>
      )}
      {message.ask && group.host && mayIn(group, "moderate") && (
        <p className="text-sm text-muted">
          {t(message.ask.refused ? "talk.removalRefused" : "talk.removalSent", { host: group.host })}
        </p>
      )}
      {quoted && (
        <blockquote className="mt-1 mb-2 border-s-4 border-line ps-3 text-sm text-muted" dir="auto">
          {quoted.deletedAt ? (
            t("talk.quotedGone")
          ) : (
            <>
              <a href={messagePath(discussion.id, quoted.id)} className="inline-flex min-h-6 items-center underline">
                {t("talk.quoted", { name: quoted.name })}
              </a>{" "}
              {excerpt(quoted.content, quoted.mediaType, 200)}
            </>
          )}
        </blockquote>
      )}
      <div
        className="prose"
        dir="auto"
        lang={message.language === "und" ? undefined : message.language}
        dangerouslySetInnerHTML={{ __html: renderWords(message, { pictures: true }) }}
      />
      <p className="flex flex-wrap gap-x-4 print:hidden">
        {canWrite(group, discussion) && (
          <a href={`${discussionPath(discussion.id)}?at=${id}&quote=${id}#write`} className={link} rel="nofollow">
            {t("talk.quote")}
          </a>
        )}
        {canDelete(viewer, group, message) && (
          <a href={`/messages/${id}/edit`} className={link}>
            {t(revises ? "talk.change" : "talk.remove")}
          </a>
        )}
        {!isViewer(viewer, author.id) && (
          <ReportLink t={t} path={commentPath(id)} label={t("moderation.reportTitle", { name: author.name })} />
        )}
      </p>
    </article>
  );
}
