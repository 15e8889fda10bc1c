import { ButtonLink } from "#app/_ui/button.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import type { Translate } from "#lib/locale/index.ts";
import type { Resource } from "#lib/resource/queries.ts";
import { hostOf } from "../kind.tsx";

/** Where a link leads, and what the page behind it says of itself. */
export function LinkCard({ t, resource }: { t: Translate; resource: Resource }) {
  const { title, description, preview } = resource;
  const url = resource.url!;
  return (
    <section className="grid gap-4 rounded-card border border-line border-s-4 border-s-tone bg-surface p-4 sm:p-6">
      {preview === "waiting" && <p className="text-muted">{t("resource.pageWaiting")}</p>}
      {preview === "failed" && <p className="text-muted">{t("resource.pageFailed")}</p>}
      {(title || description) && (
        <figure className="grid gap-1">
          <figcaption className="text-sm text-muted">{t("resource.page")}</figcaption>
          <blockquote className="grid gap-1" dir="auto">
            {title && <p className="font-semibold [overflow-wrap:anywhere]">{title}</p>}
            {description && <p className="[overflow-wrap:anywhere]">{description}</p>}
          </blockquote>
        </figure>
      )}
      <p>
        <ButtonLink look="filled" href={url} rel="noopener noreferrer nofollow">
          {t("resource.open", { host: hostOf(url) })}
          <Icon name="external" size={16} />
        </ButtonLink>
      </p>
      <p className="text-sm text-muted [overflow-wrap:anywhere]" dir="ltr">
        {url}
      </p>
    </section>
  );
}
