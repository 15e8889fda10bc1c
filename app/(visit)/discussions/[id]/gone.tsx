import { wayLook } from "#app/_ui/button.tsx";
import type { Discussion } from "#lib/discussion/thread/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import { actorPath } from "#lib/urls.ts";

/** What its members find where a discussion was. */
export const DiscussionGone = ({ t, group }: { t: Translate; group: Discussion["group"] }) => (
  <div className="grid gap-4 py-8">
    <h1>{t("talk.gone")}</h1>
    <p>{t("talk.goneText")}</p>
    <p>
      <a href={`${actorPath(group.handle, group.host)}/discussions`} className={wayLook} dir="auto">
        {t("talk.titleOf", { group: group.name })}
      </a>
    </p>
  </div>
);
