import type { Metadata } from "next";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { pieceOf } from "#app/_web/request.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { FolderField } from "#app/(visit)/resources/folder-field.tsx";
import { ResourceFields, resourceLabels } from "#app/(visit)/resources/resource-fields.tsx";
import { Trail } from "#app/(visit)/resources/trail.tsx";
import { listFolders } from "#lib/resource/folder/queries.ts";
import type { ResourceType } from "#lib/resource/input.ts";
import { roomHost, roomTypes } from "#lib/resource/room.ts";
import { actorPath } from "#lib/urls.ts";
import { pageOf } from "../../../../groups/door.ts";
import { amongMembers } from "../../discussions/among.ts";

type Props = {
  params: Promise<{ handle: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("resource.add"), robots: { index: false } };
}

/** Where a member puts a link, a folder, a pad or a call among the group's resources. */
export default async function NewResource({ params, searchParams }: Props) {
  const [{ handle }, search] = [await params, await searchParams];
  const page = `${pageOf(pieceOf(handle))}/resources/new`;
  const query = new URLSearchParams();
  for (const key of ["type", "folder", "form"]) if (typeof search[key] === "string") query.set(key, search[key]);
  const { group } = await amongMembers(handle, query.size > 0 ? `${page}?${query}` : page);
  const { t } = await getReader();
  const labels = resourceLabels(t);
  if (!group) return formGone(t, await typedBefore(search.form, page), labels);
  const name = group.name || group.handle;
  const folders = await listFolders(database(), group.id);
  const state = await formState(t, search.form, page, labels);
  const { errors, error, value } = state;
  const asked = value("type", query.get("type") ?? "");
  const type = (["folder", ...roomTypes()] as ResourceType[]).find((one) => one === asked) ?? "link";
  const action = `/groups${actorPath(group.handle, group.host).replace("@", "")}/resources`;
  const host = type === "pad" || type === "call" ? roomHost(type) : "";
  return (
    <div className="grid max-w-[44rem] gap-6 py-8">
      <div>
        <Trail t={t} group={{ ...group, name }} />
        <h1>{t(`resource.new_${type}`)}</h1>
        <p className="mt-1 text-muted">{t(`resource.newText_${type}`, { group: name, host })}</p>
      </div>
      <form method="post" action={action} className="grid gap-5">
        <FormGuard path={action} />
        <input type="hidden" name="type" value={type} />
        <ErrorSummary t={t} errors={errors} />
        <ResourceFields t={t} state={state} type={type} />
        {folders.length > 0 && (
          <FolderField
            t={t}
            folders={folders}
            chosen={value("folder", query.get("folder") ?? "")}
            error={error("folder")}
          />
        )}
        <p>
          <Button look="filled">{t(`resource.make_${type}`)}</Button>
        </p>
      </form>
    </div>
  );
}
