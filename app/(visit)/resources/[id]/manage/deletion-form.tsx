import { Button } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import type { Translate } from "#lib/locale/index.ts";
import { mayIn } from "#lib/policy/group.ts";
import type { Resource } from "#lib/resource/queries.ts";
import { hostOf } from "../../kind.tsx";

type Counts = { folders: number; links: number; others: number };
type Props = { t: Translate; path: string; resource: Resource; counts: Counts | null };

/** What goes with a resource that is deleted; no button where others have put something into it. */
export function DeletionForm({ t, path, resource, counts }: Props) {
  const { type, url, group } = resource;
  const full = counts && counts.folders + counts.links > 0;
  const others = counts && !mayIn(group, "moderate") ? counts.others : 0;
  const words = full
    ? t("resource.deleteFolder", counts)
    : counts
      ? t("resource.deleteEmpty")
      : type === "link"
        ? t("resource.deleteLink")
        : t("resource.deleteRoom", { host: hostOf(url!) });
  return (
    <form method="post" action={path} className="grid gap-3 border-t border-line pt-6">
      <FormGuard path={path} />
      <h2 className="text-xl">{t("resource.deleteTitle")}</h2>
      <p>{words}</p>
      {others > 0 ? (
        <Notice kind="info" title={t("resource.deleteShared", { count: others })} />
      ) : (
        <p>
          <Button look="danger">{t(counts ? "resource.delete_folder" : "resource.delete_link")}</Button>
        </p>
      )}
    </form>
  );
}
