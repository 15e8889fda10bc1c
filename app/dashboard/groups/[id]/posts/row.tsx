import { Icon } from "#app/_ui/icon.tsx";
import { Audience } from "#app/(visit)/posts/audience.tsx";
import { PostTitle } from "#app/(visit)/posts/title.tsx";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import type { DeskPost } from "#lib/post/queries.ts";

type Props = { t: Translate; locale: Locale; timezone: string; host: string | null; post: DeskPost; href: string };

/** A post at its group's desk: its title, who wrote it, when, and for whom. */
export function DeskPostRow({ t, locale, timezone, host, post, href }: Props) {
  const { publishedAt, updatedAt, writer, awaiting, refused, ask } = post;
  const date = dateFormat(locale, timezone, { dateStyle: "medium", timeStyle: "short" });
  return (
    <article className="group relative grid gap-1 border-b border-line py-4">
      <h3 className="text-lg/tight">
        <PostTitle name={post.name} href={href} language={post.language} />
      </h3>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
        <time dateTime={(publishedAt ?? updatedAt).toISOString()} className="tabular-nums">
          {publishedAt ? date.format(publishedAt) : t("post.changedAt", { date: date.format(updatedAt) })}
        </time>
        {writer && <span dir="auto">{writer}</span>}
        <Audience t={t} visibility={post.visibility} />
        {host && awaiting && !refused && <span>{t("post.awaiting", { host })}</span>}
        {host && refused && (
          <span className="inline-flex items-center gap-1 font-semibold text-warn">
            <Icon name="stop" size={16} />
            {t("post.refused", { host })}
          </span>
        )}
        {host && ask && <span>{t(ask.refused ? "post.removalRefused" : "post.removalSent", { host })}</span>}
        {post.hiddenAt && (
          <span className="inline-flex items-center gap-1 font-semibold text-danger">
            <Icon name="stop" size={16} />
            {t("post.hidden")}
          </span>
        )}
      </p>
    </article>
  );
}
