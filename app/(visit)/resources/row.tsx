import { wayLook } from "#app/_ui/button.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import type { ListedResource } from "#lib/resource/queries.ts";
import { resourcePath } from "#lib/urls.ts";
import { KindMark, kindWords } from "./kind.tsx";

type Props = { t: Translate; locale: Locale; timezone: string; host: string | null; resource: ListedResource };

/** A folder or link in a list: its name leads into the folder, or away to where the link leads. */
export function ResourceRow({ t, locale, timezone, host, resource }: Props) {
  const { id, type, name, url, summary, title, description, way, by, createdAt } = resource;
  const page = resourcePath(id);
  const date = dateFormat(locale, timezone, { dateStyle: "medium" }).format(createdAt);
  const about = summary || (title !== name ? title : description);
  return (
    <article className="relative flex gap-4 border-b border-line py-4">
      <KindMark type={type} />
      <div className="grid min-w-0 flex-1 gap-1">
        <h2 className="text-lg/tight" dir="auto">
          <a
            {...(url ? { href: url, rel: "noopener noreferrer nofollow" } : { href: page })}
            className={`[overflow-wrap:anywhere] hover:underline ${url ? "" : "after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:-outline-offset-3 focus-visible:after:outline-focus"}`}
          >
            {name}
            {url && <Icon name="external" size={16} className="ms-1.5 inline-block align-baseline text-muted" />}
          </a>
        </h2>
        {about && (
          <p className="line-clamp-2 [overflow-wrap:anywhere]" dir="auto">
            {about}
          </p>
        )}
        <p className="flex flex-wrap items-center gap-x-4 text-sm text-muted">
          <span className="[overflow-wrap:anywhere]">{kindWords(t, resource)}</span>
          {way.length > 0 && (
            <span className="[overflow-wrap:anywhere]">
              {t("resource.inFolder", { way: way.map((step) => step.name).join(" / ") })}
            </span>
          )}
          <span>{t("resource.by", { name: by ?? t("resource.somebody"), date })}</span>
          {resource.awaiting && !resource.refused && host && <span>{t("resource.awaiting", { host })}</span>}
          {resource.refused && host && (
            <span className="inline-flex items-center gap-1 font-semibold text-warn">
              <Icon name="stop" size={16} />
              {t("resource.refused", { host })}
            </span>
          )}
          {url && (
            <a href={page} aria-label={t("resource.detailsOf", { name })} className={`-mt-3 -mb-3 ${wayLook}`}>
              {t("resource.details")}
            </a>
          )}
        </p>
      </div>
    </article>
  );
}
