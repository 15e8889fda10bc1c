import type { ReactNode } from "react";
import { linkLook, wayLook } from "#app/_ui/button.tsx";
import { ReportLink } from "#app/report/link.tsx";
import type { ListedComment } from "#lib/discussion/comment/queries.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { canChangeComment } from "#lib/policy/comment.ts";
import { type EventRole, may } from "#lib/policy/staff.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { commentPath } from "#lib/urls.ts";
import { Comment } from "./comment.tsx";
import { DecisionForm } from "./decision-form.tsx";

type ThreadOfPage = {
  /** Of the comment that began it. */
  id: string;
  said: ListedComment[];
  /** False where its beginning stands on an earlier page. */
  whole: boolean;
  /** What a reply answers; null where nobody can reply. */
  open: { id: string; name: string } | null;
};

/** The threads on a page of comments, in its order. */
export function threadsOf(rows: ListedComment[]): ThreadOfPage[] {
  const threads: ThreadOfPage[] = [];
  for (const row of rows) {
    const last = threads.at(-1);
    if (last?.id === row.threadId) last.said.push(row);
    else {
      const whole = row.id === row.threadId;
      const open = row.state === "published" && row.visible ? { id: row.threadId, name: row.author.name } : null;
      threads.push({ id: row.threadId, said: [row], whole, open });
    }
  }
  return threads;
}

type Props = {
  t: Translate;
  locale: Locale;
  timezone: string;
  thread: ThreadOfPage;
  viewer: Viewer;
  role: EventRole | null;
  organizer: { id: string; type: string; host: string | null };
  organizes: (author: ListedComment["author"]) => boolean;
  /** Where the thread begins. */
  beginning: string;
  form: ReactNode;
  /** Whether a reply that was refused stands in its form. */
  typed: boolean;
};

/** A comment with the replies to it, and the form for one more. */
export function Thread({
  t,
  locale,
  timezone,
  thread,
  viewer,
  role,
  organizer,
  organizes,
  beginning,
  form,
  typed,
}: Props) {
  const one = (comment: ListedComment) => {
    const own = canChangeComment(viewer, comment, { role, organizer });
    const decides = may(role, "moderate") && !own;
    return (
      <Comment {...{ t, locale, timezone, comment }} organizer={organizes(comment.author)}>
        {own && (
          <a
            href={`${commentPath(comment.id)}/edit`}
            className={`text-sm ${wayLook}`}
            aria-label={t("discussion.editOwn")}
          >
            {t("discussion.edit")}
          </a>
        )}
        {decides && <DecisionForm t={t} comment={comment} />}
        {!own && comment.state === "published" && (
          <ReportLink
            t={t}
            path={commentPath(comment.id)}
            label={t("moderation.reportTitle", { name: comment.author.name })}
          />
        )}
      </Comment>
    );
  };
  const [first, ...rest] = thread.whole ? thread.said : [null, ...thread.said];
  return (
    <div className="rounded-card border border-line bg-surface">
      {first ? (
        one(first)
      ) : (
        <p className="p-4">
          <a className={linkLook} href={beginning}>
            {t("discussion.continues")}
          </a>
        </p>
      )}
      {rest.length > 0 && (
        <ol className="mx-4 mb-4 border-s-2 border-line">
          {rest.map((comment) => comment && <li key={comment.id}>{one(comment)}</li>)}
        </ol>
      )}
      {form && (
        <details className="border-t border-line px-4 py-1" open={typed}>
          <summary className="inline-flex min-h-11 items-center text-sm font-semibold text-accent">
            {t("discussion.reply")}
          </summary>
          <div className="pb-3">{form}</div>
        </details>
      )}
    </div>
  );
}
