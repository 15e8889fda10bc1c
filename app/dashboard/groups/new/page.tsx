import type { Metadata } from "next";
import { Button, wayLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { SelectField, TextField } from "#app/_ui/field.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { listActorsOf } from "#lib/actor/queries.ts";
import { GroupFields, groupLabels } from "../fields.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const here = "/dashboard/groups/new";
const action = `${here}/group`;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("group.newTitle"), robots: { index: false } };
}

/** A new group; its handle is for good. */
export default async function NewGroup({ searchParams }: Props) {
  const { form } = await searchParams;
  const { viewer } = await signedInAt(here, form);
  const { t } = await getReader();
  const labels = groupLabels(t);
  const [state, profiles] = await Promise.all([
    formState(t, form, here, labels),
    listActorsOf(database(), viewer.accountId),
  ]);
  return (
    <div className="grid max-w-[40rem] gap-6 py-8">
      <div>
        <p>
          <a href="/dashboard/groups" className={wayLook}>
            {t("group.mine")}
          </a>
        </p>
        <h1>{t("group.newTitle")}</h1>
        <p className="mt-1 text-muted">{t("group.newText")}</p>
      </div>
      <ErrorSummary t={t} errors={state.errors} />
      <form method="post" action={action} encType="multipart/form-data" className="grid gap-6">
        <FormGuard path={action} />
        <TextField
          name="handle"
          required
          maxLength={31}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          label={labels.handle}
          hint={t("group.handleHint")}
          defaultValue={state.value("handle")}
          error={state.error("handle")}
        />
        {profiles.length > 1 && (
          <SelectField
            name="as"
            label={labels.as}
            hint={t("group.founderHint")}
            defaultValue={state.value("as", viewer.actorIds[0])}
            error={state.error("as")}
          >
            {profiles.map(({ id, name, handle }) => (
              <option key={id} value={id}>
                {t("desk.organizerOption", { name: name || handle, handle })}
              </option>
            ))}
          </SelectField>
        )}
        <GroupFields t={t} state={state} />
        <p>
          <Button look="filled">{t("group.create")}</Button>
        </p>
      </form>
    </div>
  );
}
