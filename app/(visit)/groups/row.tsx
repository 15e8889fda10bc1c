import { Avatar } from "#app/_ui/avatar.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { toneOf } from "#lib/formats/tone.ts";
import type { GroupListed } from "#lib/group/queries.ts";
import { excerpt } from "#lib/html.ts";
import { shortDate } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { actorPath, mediaPath } from "#lib/urls.ts";

/** A group in the list: its colour, name, town, what it is about, and what is next. */
export function GroupRow({ t, locale, group }: { t: Translate; locale: Locale; group: GroupListed }) {
  const { next } = group;
  const about = excerpt(group.summary, "text/markdown", 160);
  return (
    <article
      data-tone={toneOf({ tone: null, organizer: group })}
      className="tone group relative flex gap-4 rounded-card border border-line border-s-4 border-s-tone bg-surface p-4"
    >
      {group.iconId && <Avatar src={mediaPath(group.iconId)} size="head" />}
      <div className="min-w-0 flex-1">
        <h2 className="text-lg/tight" dir="auto">
          <a
            href={actorPath(group.handle)}
            className="after:absolute after:inset-0 after:rounded-card group-hover:underline focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:-outline-offset-3 focus-visible:after:outline-focus"
          >
            {group.name}
          </a>
        </h2>
        {group.locality && (
          <p className="mt-0.5 flex items-center gap-1 text-sm text-muted">
            <Icon name="pin" size={16} className="text-tone" />
            <span dir="auto">{group.locality}</span>
          </p>
        )}
        {about && (
          <p className="mt-1 line-clamp-2" dir="auto">
            {about}
          </p>
        )}
        <p className="mt-1 flex items-start gap-1.5 text-sm text-muted">
          <Icon name="calendar" size={16} className="mt-0.5 text-tone" />
          <span>
            {next
              ? t("group.next", {
                  name: next.name,
                  date: shortDate(locale, { ...next, startTime: new Date(next.startTime) }),
                })
              : t("group.nextNone")}
          </span>
        </p>
      </div>
    </article>
  );
}
