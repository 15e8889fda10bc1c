import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { canArrange, canRemove } from "#lib/policy/resource.ts";
import { countInside, listFolders } from "#lib/resource/folder/queries.ts";
import { getResource } from "#lib/resource/queries.ts";
import { resourcePath } from "#lib/urls.ts";
import { FolderField } from "../../folder-field.tsx";
import { ResourceFields, resourceLabels } from "../../resource-fields.tsx";
import { Trail } from "../../trail.tsx";
import { DeletionForm } from "./deletion-form.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("resource.manage"), robots: { index: false } };
}

/** Where somebody who may changes, moves or deletes a link or folder. Three queries. */
export default async function ManageResource({ params, searchParams }: Props) {
  const [{ id }, { form }] = [await params, await searchParams];
  const path = resourcePath(encodeURIComponent(id));
  const page = `${path}/manage`;
  const { viewer } = await signedInAt(page, form);
  const { t } = await getReader();
  const db = database();
  const resource = await getResource(db, viewer, id);
  const labels = resourceLabels(t);
  if (!resource || !canRemove(viewer, resource.group, resource))
    return formGone(t, await typedBefore(form, page), labels);
  const arranges = canArrange(viewer, resource.group, resource);
  const { group, way, name, type, parentId } = resource;
  const [all, counts] = await Promise.all([
    listFolders(db, group.id),
    type === "folder" ? countInside(db, resource) : null,
  ]);
  const folders = all.filter((folder) => folder.way.every((step) => step.id !== id));
  const state = await formState(t, form, page, labels);
  const { errors, error, value } = state;
  return (
    <div className="grid max-w-[40rem] gap-8 py-8">
      <div>
        <Trail t={t} group={group} way={[...way, { id, name }]} />
        <h1 dir="auto" className="[overflow-wrap:anywhere]">
          {t("resource.manageTitle", { name })}
        </h1>
        <p className="mt-1 text-muted">
          {group.host ? t("talk.manageThere", { host: group.host }) : t("resource.manageText")}
        </p>
      </div>
      <ErrorSummary t={t} errors={errors} />
      {arranges && (
        <form method="post" action={`${path}/revision`} className="grid gap-5">
          <FormGuard path={`${path}/revision`} />
          <ResourceFields t={t} state={state} type={type} known={resource} />
          <p>
            <Button look="filled">{t("resource.save")}</Button>
          </p>
        </form>
      )}
      {arranges && (folders.length > 0 || parentId) && (
        <form method="post" action={`${path}/move`} className="grid gap-3 border-t border-line pt-6">
          <FormGuard path={`${path}/move`} />
          <h2 className="text-xl">{t("resource.moveTitle")}</h2>
          <FolderField
            t={t}
            folders={folders}
            chosen={value("folder", parentId ?? "")}
            error={error("folder")}
            hint={type === "folder" ? t("resource.moveText") : undefined}
          />
          <p>
            <Button>{t("resource.move")}</Button>
          </p>
        </form>
      )}
      <DeletionForm t={t} path={`${path}/deletion`} resource={resource} counts={counts} />
    </div>
  );
}
