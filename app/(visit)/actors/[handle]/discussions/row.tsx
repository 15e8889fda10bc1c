import { Icon, type IconName } from "#app/_ui/icon.tsx";
import type { ListedDiscussion } from "#lib/discussion/thread/queries.ts";
import { excerpt } from "#lib/html.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { discussionPath, messagePath } from "#lib/urls.ts";

type Props = {
  t: Translate;
  locale: Locale;
  timezone: string;
  discussion: ListedDiscussion;
  /** Found by words: it leads to the message that holds them. */
  found: boolean;
};

/** One discussion in the list of a group: its title, its state in words, and what was said last. */
export function DiscussionRow({ t, locale, timezone, discussion, found }: Props) {
  const { id, name, pinned, locked, unread, said, messageAt } = discussion;
  const when = dateFormat(locale, timezone, { dateStyle: "medium", timeStyle: "short" });
  const states: [boolean, IconName, string][] = [
    [pinned, "pin", t("talk.pinned")],
    [locked, "stop", t("talk.locked")],
  ];
  return (
    <article className="group relative grid gap-1 border-b border-line py-4">
      <h2 className={`text-lg/tight ${unread ? "" : "font-normal"}`} dir="auto">
        <a
          href={found && said ? messagePath(id, said.id) : unread ? `${discussionPath(id)}#unread` : discussionPath(id)}
          className="[overflow-wrap:anywhere] after:absolute after:inset-0 group-hover:underline focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:-outline-offset-3 focus-visible:after:outline-focus"
        >
          {name}
        </a>
      </h2>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
        {unread && <span className="rounded-full bg-accent-tint px-2 font-semibold text-ink">{t("talk.unread")}</span>}
        {states.map(
          ([holds, icon, word]) =>
            holds && (
              <span key={icon} className="inline-flex items-center gap-1">
                <Icon name={icon} size={16} />
                {word}
              </span>
            ),
        )}
        <time dateTime={messageAt.toISOString()} className="tabular-nums">
          {t("talk.last", { name: said?.name ?? discussion.openedBy, date: when.format(messageAt) })}
        </time>
      </p>
      {said && (
        <p className="line-clamp-2 [overflow-wrap:anywhere]" dir="auto">
          {excerpt(said.content, said.mediaType, 200)}
        </p>
      )}
    </article>
  );
}
