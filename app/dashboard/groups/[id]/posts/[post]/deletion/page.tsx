import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { GroupFrame } from "#app/dashboard/groups/frame.tsx";
import { getDeskPost } from "#lib/post/queries.ts";
import { postPath } from "#lib/urls.ts";
import { postsDesk } from "../../revise.ts";

type Props = {
  params: Promise<{ id: string; post: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("post.deleteTitle"), robots: { index: false } };
}

/** Take a post away: what follows is said before. One query. */
export default async function DeletePost({ params, searchParams }: Props) {
  const [{ id, post: postId }, { form }] = [await params, await searchParams];
  const page = `${postsDesk(encodeURIComponent(id))}/${encodeURIComponent(postId)}`;
  const { viewer } = await signedInAt(`${page}/deletion`, form);
  const { t } = await getReader();
  const found = await getDeskPost(database(), viewer, postId, { anywhere: true });
  if (found?.post.groupId !== id) return absent();
  const { post, group } = found;
  const { errors } = await formState(t, form, `${page}/deletion`);
  const action = `${page}/deletion/request`;
  return (
    <GroupFrame t={t} group={group} here="posts" title={t("post.deleteTitle")}>
      <form method="post" action={action} className="grid max-w-[40rem] gap-5">
        <FormGuard path={action} />
        <ErrorSummary t={t} errors={errors} />
        <p className="[overflow-wrap:anywhere]">
          {t(post.publishedAt ? "post.deleteText" : "post.deleteDraftText", { name: post.name })}
        </p>
        <div className="flex flex-wrap gap-3">
          <Button look="danger-filled">{t("post.deleteButton")}</Button>
          <ButtonLink href={post.uri ? postPath(postId) : page}>{t("post.keep")}</ButtonLink>
        </div>
      </form>
    </GroupFrame>
  );
}
