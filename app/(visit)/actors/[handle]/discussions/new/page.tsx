import type { Metadata } from "next";
import { Button, wayLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { SpeakerField } from "#app/_ui/speaker-field.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { listSpeakers } from "#lib/discussion/message/queries.ts";
import { actorPath } from "#lib/urls.ts";
import { saidLabels } from "../../../../discussions/said.ts";
import { SaidFields } from "../../../../discussions/said-fields.tsx";
import { amongMembers, discussionsPath } from "../among.ts";

type Props = {
  params: Promise<{ handle: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("talk.newTitle"), robots: { index: false } };
}

/** Where a member starts a discussion: its title, and what is said first. */
export default async function NewDiscussion({ params, searchParams }: Props) {
  const [{ handle }, { form }] = [await params, await searchParams];
  const list = discussionsPath(handle);
  const page = `${list}/new`;
  const { group, viewer } = await amongMembers(handle, page, form);
  const { t } = await getReader();
  const labels = { name: t("talk.name"), ...saidLabels(t, t("talk.first")) };
  if (!group) return formGone(t, await typedBefore(form, page), labels);
  const name = group.name || group.handle;
  const speakers = await listSpeakers(database(), viewer, group.id);
  const state = await formState(t, form, page, labels);
  const { errors, error, value } = state;
  const action = `/groups${actorPath(group.handle, group.host).replace("@", "")}/discussions`;
  return (
    <div className="grid max-w-[44rem] gap-6 py-8">
      <div>
        <p>
          <a href={list} className={wayLook} dir="auto">
            {t("talk.titleOf", { group: name })}
          </a>
        </p>
        <h1>{t("talk.newTitle")}</h1>
        <p className="mt-1 text-muted">{t("talk.newText", { group: name })}</p>
      </div>
      <form method="post" action={action} encType="multipart/form-data" className="grid gap-5">
        <FormGuard path={action} />
        <ErrorSummary t={t} errors={errors} />
        <TextField
          name="name"
          required
          maxLength={200}
          dir="auto"
          label={labels.name}
          hint={t("talk.nameHint")}
          defaultValue={value("name")}
          error={error("name")}
        />
        <SaidFields {...{ t, state }} label={labels.content} rows={8} group={{ name, host: group.host }} />
        {speakers.length > 0 && (
          <SpeakerField t={t} label={labels.actor} speakers={speakers} chosen={value("actor")} error={error("actor")} />
        )}
        <p>
          <Button look="filled">{t("talk.open")}</Button>
        </p>
      </form>
    </div>
  );
}
