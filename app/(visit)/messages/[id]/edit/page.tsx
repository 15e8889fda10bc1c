import type { Metadata } from "next";
import { Button, ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { getMessage } from "#lib/discussion/message/queries.ts";
import { getDiscussion } from "#lib/discussion/thread/queries.ts";
import { canDelete, canRevise } from "#lib/policy/discussion.ts";
import { messagePath } from "#lib/urls.ts";
import { saidLabels } from "../../../discussions/said.ts";
import { SaidFields } from "../../../discussions/said-fields.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("talk.editTitle"), robots: { index: false } };
}

/** One's own message, to write it anew or to delete it; somebody else's, to remove it, for those who decide. */
export default async function EditMessage({ params, searchParams }: Props) {
  const [{ id }, { form }] = [await params, await searchParams];
  const path = `/messages/${encodeURIComponent(id)}`;
  const page = `${path}/edit`;
  const { viewer } = await signedInAt(page, form);
  const { t } = await getReader();
  const db = database();
  const message = await getMessage(db, viewer, id);
  const discussion = message && (await getDiscussion(db, viewer, message.discussionId));
  const labels = saidLabels(t, t("talk.write"));
  if (!message || !discussion || !canDelete(viewer, discussion.group, message))
    return formGone(t, await typedBefore(form, page), labels);
  const own = viewer.actorIds.includes(message.actorId);
  const { group } = discussion;
  const state = await formState(t, form, page, labels);
  const back = messagePath(discussion.id, id);
  return (
    <div className="grid max-w-[44rem] gap-8 py-8">
      <div>
        <h1>{t(own ? "talk.editTitle" : "talk.removeTitle")}</h1>
        <p className="mt-2">
          <a className={linkLook} href={back} dir="auto">
            {discussion.name}
          </a>
        </p>
      </div>
      {state.errors.length > 0 && <ErrorSummary t={t} errors={state.errors} />}
      {canRevise(viewer, discussion.group, discussion, message) && (
        <form method="post" action={`${path}/revision`} encType="multipart/form-data" className="grid gap-4">
          <FormGuard path={`${path}/revision`} />
          <SaidFields {...{ t, state, group }} label={labels.content} rows={10} known={message.content} />
          <div className="flex flex-wrap gap-3">
            <Button look="filled">{t("talk.saveMessage")}</Button>
            <ButtonLink href={back}>{t("talk.back")}</ButtonLink>
          </div>
        </form>
      )}
      <form method="post" action={`${path}/deletion`} className="grid gap-3 border-t border-line pt-6">
        <h2 className="text-xl">{t("talk.deleteMessageTitle")}</h2>
        <FormGuard path={`${path}/deletion`} />
        <p>{own ? t("talk.deleteMessageText") : t("talk.removeText", { name: message.name })}</p>
        {!own && group.host && <p className="text-muted">{t("talk.manageThere", { host: group.host })}</p>}
        <p>
          <Button look="danger">{t("talk.deleteMessage")}</Button>
        </p>
      </form>
    </div>
  );
}
