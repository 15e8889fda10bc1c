import type { Metadata } from "next";
import { ButtonLink } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { GroupFrame } from "#app/dashboard/groups/frame.tsx";
import { drawnFrom } from "#lib/actor/queries.ts";
import { getDeskGroup } from "#lib/group/queries.ts";
import { takesNew } from "#lib/policy/group.ts";
import { listDeskPosts } from "#lib/post/queries.ts";
import { postPath } from "#lib/urls.ts";
import { postsDesk } from "./revise.ts";
import { DeskPostRow } from "./row.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("group.tabPosts"), robots: { index: false } };
}

/** The posts of a group for those who write them: the drafts that they share, then what is published. Three queries. */
export default async function GroupPosts({ params, searchParams }: Props) {
  const [{ id }, { done }] = [await params, await searchParams];
  const page = postsDesk(encodeURIComponent(id));
  const { viewer, timezone } = await signedInAt(page);
  const { t, locale } = await getReader();
  const group = await getDeskGroup(database(), viewer, id, "publish", { anywhere: true });
  if (!group) return absent();
  const posts = await listDeskPosts(database(), id);
  const shelves = [
    { title: t("post.drafts"), posts: posts.filter(({ state }) => state === "draft") },
    { title: t("post.sentOnes"), posts: posts.filter(({ state }) => state === "sent") },
    { title: t("post.publishedOnes"), posts: posts.filter(({ state }) => state === "published") },
  ].filter((shelf) => shelf.posts.length > 0);
  const fresh = takesNew(group) && (
    <ButtonLink look="filled" href={`${page}/new`}>
      <Icon name="plus" />
      {t("post.write")}
    </ButtonLink>
  );
  return (
    <GroupFrame t={t} group={group} here="posts" title={t("group.tabPosts")} said={done}>
      <div className="grid max-w-[52rem] gap-8">
        {posts.length === 0 ? (
          <EmptyState seed={drawnFrom(group)} title={t("post.deskNone")}>
            <p className="max-w-[40rem]">{t("post.deskNoneText")}</p>
            {fresh && <p>{fresh}</p>}
          </EmptyState>
        ) : (
          <div className="grid justify-items-start gap-4">
            <p className="text-muted">{t("post.deskText")}</p>
            {fresh}
          </div>
        )}
        {shelves.map(({ title, posts: shelf }) => (
          <section key={title} aria-label={title}>
            <h2 className="text-xl">{title}</h2>
            <ul className="mt-3 grid border-t border-line">
              {shelf.map((post) => (
                <li key={post.id}>
                  <DeskPostRow
                    {...{ t, locale, timezone, post }}
                    host={group.host}
                    href={post.uri ? postPath(post.id) : `${page}/${post.id}`}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </GroupFrame>
  );
}
