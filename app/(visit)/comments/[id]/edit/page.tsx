import type { Metadata } from "next";
import { Button, ButtonLink, linkLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextArea } from "#app/_ui/field.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { longestComment } from "#lib/discussion/comment/input.ts";
import { getComment } from "#lib/discussion/comment/queries.ts";
import { canChangeComment } from "#lib/policy/comment.ts";
import { commentPath, eventPath } from "#lib/urls.ts";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("discussion.editTitle"), robots: { index: false } };
}

/** One's own comment: to write it anew, or to delete it. */
export default async function EditComment({ params, searchParams }: Props) {
  const [{ id }, { form }] = [await params, await searchParams];
  const path = commentPath(encodeURIComponent(id));
  const page = `${path}/edit`;
  const { viewer } = await signedInAt(page, form);
  const { t } = await getReader();
  const db = database();
  const found = await getComment(db, viewer, id);
  const labels = { content: t("discussion.write") };
  if (!found || !canChangeComment(viewer, found.comment, found))
    return formGone(t, await typedBefore(form, page), labels);
  const { comment, event } = found;
  const { errors, error, value } = await formState(t, form, page, labels);
  return (
    <div className="grid max-w-[40rem] gap-8 py-8">
      <div>
        <h1>{t("discussion.editTitle")}</h1>
        <p className="mt-2">
          <a className={linkLook} href={eventPath(event.id)} dir="auto">
            {event.name}
          </a>
        </p>
      </div>
      <form method="post" action={`${path}/revision`} className="grid gap-4">
        <FormGuard path={`${path}/revision`} />
        <ErrorSummary t={t} errors={errors} />
        <TextArea
          name="content"
          required
          rows={8}
          maxLength={longestComment}
          dir="auto"
          label={labels.content}
          hint={t("discussion.hint")}
          defaultValue={value("content", comment.content)}
          error={error("content")}
        />
        <div className="flex flex-wrap gap-3">
          <Button look="filled">{t("discussion.save")}</Button>
          <ButtonLink href={path}>{t("discussion.back")}</ButtonLink>
        </div>
      </form>
      <form method="post" action={`${path}/deletion`} className="grid gap-3 border-t border-line pt-6">
        <h2 className="text-xl">{t("discussion.deleteTitle")}</h2>
        <FormGuard path={`${path}/deletion`} />
        <p>{t("discussion.deleteText")}</p>
        <p>
          <Button look="danger">{t("discussion.deleteButton")}</Button>
        </p>
      </form>
    </div>
  );
}
