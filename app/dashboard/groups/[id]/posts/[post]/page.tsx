import type { Metadata } from "next";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { answerWith } from "#app/_web/request.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { Versions } from "#app/dashboard/events/form/versions.tsx";
import { GroupFrame } from "#app/dashboard/groups/frame.tsx";
import { getDeskPost } from "#lib/post/queries.ts";
import { postPath } from "#lib/urls.ts";
import { labelsOf, valuesOf } from "../form/fields.ts";
import { PostForm } from "../form/post-form.tsx";
import { postsDesk } from "../revise.ts";

type Props = {
  params: Promise<{ id: string; post: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("post.editTitle"), robots: { index: false } };
}

/** Change a post. When somebody else saved meanwhile: both versions, one's own still in the form. One query. */
export default async function EditPost({ params, searchParams }: Props) {
  const [{ id, post: postId }, { form, done }] = [await params, await searchParams];
  const page = `${postsDesk(encodeURIComponent(id))}/${encodeURIComponent(postId)}`;
  const { viewer } = await signedInAt(page, form);
  const { t, locale } = await getReader();
  const found = await getDeskPost(database(), viewer, postId);
  const labels = labelsOf(t);
  if (found?.post.groupId !== id) return formGone(t, await typedBefore(form, page), labels);
  const { post, group } = found;
  const state = await formState(t, form, page, labels);
  const conflict = state.kept?.errors[""] === "changed-meanwhile";
  if (conflict) answerWith(409);
  const known = valuesOf(found);
  const draft = post.state === "draft";
  return (
    <GroupFrame t={t} group={group} here="posts" title={t("post.editTitle")} said={done}>
      {conflict && (
        <Versions {...{ t, labels }} saved={known} typed={state.kept!.values} title={t("post.conflictTitle")} />
      )}
      <p className="flex flex-wrap gap-3">
        <ButtonLink href={postPath(postId)}>
          <Icon name="forward" size={16} />
          {t("desk.seePage")}
        </ButtonLink>
        <ButtonLink look="danger" href={`${page}/deletion`}>
          {t("post.delete")}
        </ButtonLink>
      </p>
      <PostForm
        {...{ t, locale, known, draft }}
        state={conflict ? { ...state, errors: [] } : state}
        action={`${page}/revision`}
        savesItself={draft && !conflict}
        seen={conflict ? undefined : state.kept ? state.value("seen") : undefined}
      />
    </GroupFrame>
  );
}
