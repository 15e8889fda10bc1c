import type { Metadata } from "next";
import { database } from "#app/_web/database.ts";
import { formGone } from "#app/_web/form-gone.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { typedBefore } from "#app/_web/typed-before.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { GroupFrame } from "#app/dashboard/groups/frame.tsx";
import { getDeskGroup } from "#lib/group/queries.ts";
import { labelsOf } from "../form/fields.ts";
import { PostForm } from "../form/post-form.tsx";
import { postsDesk } from "../revise.ts";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("post.newTitle"), robots: { index: false } };
}

/** A new post of a group. One query. */
export default async function NewPost({ params, searchParams }: Props) {
  const [{ id }, { form }] = [await params, await searchParams];
  const page = `${postsDesk(encodeURIComponent(id))}/new`;
  const { viewer } = await signedInAt(page, form);
  const { t, locale } = await getReader();
  const group = await getDeskGroup(database(), viewer, id, "publish", { anywhere: true });
  if (!group) return formGone(t, await typedBefore(form, page), labelsOf(t));
  const state = await formState(t, form, page, labelsOf(t));
  return (
    <GroupFrame t={t} group={group} here="posts" title={t("post.newTitle")}>
      <PostForm {...{ t, locale, state }} action={`${page}/post`} known={{ language: locale }} draft savesItself />
    </GroupFrame>
  );
}
