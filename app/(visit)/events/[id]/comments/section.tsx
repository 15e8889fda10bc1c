import { wayLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import type { FullEvent } from "#lib/event/queries.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import type { NamedPerson } from "#lib/notification/board/queries.ts";
import { isAmongUs, mustAwait, speaksAs } from "#lib/policy/comment.ts";
import { absolute, commentPath, eventPath, signInAt } from "#lib/urls.ts";
import { CommentForm } from "./comment-form.tsx";
import type { Said } from "./said.ts";
import { Thread, threadsOf } from "./thread.tsx";

type Props = {
  t: Translate;
  locale: Locale;
  full: FullEvent;
  others: NamedPerson[];
  said: Said;
};

/** What is said under an event, thread after thread, and the form: for still markup. */
export function Comments({ t, locale, full, others, said }: Props) {
  const { event, organizer, role } = full;
  const { obstacle, viewer, typed, repliedTo, after, shown, more, all } = said;
  // Whose event it is speaks as who they are there; others as the profile that acts.
  const first = speaksAs(viewer, organizer.id, full)
    ? organizer.id
    : viewer.kind === "account"
      ? viewer.actorIds[0]
      : undefined;
  const own = all.filter(({ id, suspendedAt }) => suspendedAt === null && id !== organizer.id);
  const profiles = all.length > 0 && first === organizer.id ? [organizer, ...own] : own;
  profiles.sort((a, b) => Number(b.id === first) - Number(a.id === first));
  const threads = threadsOf(shown);
  const path = eventPath(event.id);
  const organizes = (actor: { handle: string; host: string | null }) =>
    [organizer, ...others].some(({ handle, host }) => handle === actor.handle && host === actor.host);
  const among = isAmongUs(event) ? (event.visibility as "members" | "followers") : null;
  const form = {
    t,
    eventId: event.id,
    profiles,
    moderated: mustAwait(event, role),
    away: (full.author ?? organizer).host,
    among,
  };
  const answered = threads.some(({ id, open }) => open && id === repliedTo);
  const errors = typed.errors.map(({ sentence }) => ({ field: "", sentence }));
  return (
    <section id="comments" aria-labelledby="comments-title" className="grid gap-4 print:hidden">
      <h2 id="comments-title" className="text-xl">
        {t("discussion.title")}
      </h2>
      {after && (
        <p>
          <a className={wayLook} href={`${path}#comments`}>
            {t("discussion.fromStart")}
          </a>
        </p>
      )}
      {threads.length > 0 && (
        <ol className="grid gap-4">
          {threads.map((thread) => (
            <li key={thread.id}>
              <Thread
                {...{ t, locale, timezone: event.timezone, thread, viewer, role, organizer, organizes }}
                beginning={commentPath(thread.id)}
                form={
                  thread.open && profiles.length > 0 ? (
                    <CommentForm
                      {...form}
                      thread={thread.open}
                      state={answered && thread.id === repliedTo ? typed : null}
                    />
                  ) : null
                }
                typed={answered && thread.id === repliedTo}
              />
            </li>
          ))}
        </ol>
      )}
      {more && (
        <p>
          <a className={wayLook} href={`${path}?comments=${shown.at(-1)!.id}#comments`} rel="next">
            {t("event.showMore")}
          </a>
        </p>
      )}
      {obstacle && <p className="text-muted">{t("refusals.comments-closed")}</p>}
      {(obstacle || profiles.length === 0) && <ErrorSummary t={t} errors={errors} />}
      {profiles.length > 0 && <CommentForm {...form} thread={null} state={answered ? null : typed} />}
      {viewer.kind !== "account" && !obstacle && <Visitor t={t} next={`${path}#comments`} address={absolute(path)} />}
    </section>
  );
}

/** For who has no account here, or is not signed in: the two ways to say something. */
const Visitor = ({ t, next, address }: { t: Translate; next: string; address: string }) => (
  <div>
    <p>
      <a className={wayLook} href={signInAt(next)}>
        {t("discussion.signIn")}
      </a>
    </p>
    <details>
      <summary className="inline-flex min-h-11 items-center">{t("discussion.ownServer")}</summary>
      <label className="grid gap-1">
        {t("discussion.ownServerText")}
        <input readOnly value={address} className="min-h-11 rounded-control border border-control bg-sunken px-3" />
      </label>
    </details>
  </div>
);
