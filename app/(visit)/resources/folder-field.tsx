import { SelectField } from "#app/_ui/field.tsx";
import type { Translate } from "#lib/locale/index.ts";
import type { Folder } from "#lib/resource/folder/queries.ts";

type Props = { t: Translate; folders: Folder[]; chosen: string; error: string | null; hint?: string };

/** Which folder of the group, each with the way to it. */
export const FolderField = ({ t, folders, chosen, error, hint }: Props) => (
  <SelectField name="folder" label={t("resource.where")} defaultValue={chosen} error={error} hint={hint}>
    <option value="">{t("resource.nowhere")}</option>
    {folders.map(({ id, way }) => (
      <option key={id} value={id}>
        {way.map(({ name }) => name).join(" / ")}
      </option>
    ))}
  </SelectField>
);
