import type { Metadata } from "next";
import { Avatar } from "#app/_ui/avatar.tsx";
import { ButtonLink, Chip, linkLook } from "#app/_ui/button.tsx";
import { Cover } from "#app/_ui/cover.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { absent } from "#app/_web/absent.tsx";
import { readerZone } from "#app/_web/clock.ts";
import { database } from "#app/_web/database.ts";
import { OpenGraphTags } from "#app/_web/open-graph.tsx";
import { getReader } from "#app/_web/reader.ts";
import { getViewer } from "#app/_web/viewer.ts";
import { ReportLink } from "#app/report/link.tsx";
import { toneOf } from "#lib/formats/tone.ts";
import { renderContent, scriptJson } from "#lib/html.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import { mayIn } from "#lib/policy/group.ts";
import { isForAll } from "#lib/policy/post.ts";
import { listPosts } from "#lib/post/queries.ts";
import { actorPath, mediaPath, postPath } from "#lib/urls.ts";
import { ShareIsland } from "../../events/[id]/share-island.tsx";
import { ShareDrawer, sharingOf } from "../../events/[id]/take-along.tsx";
import { Asked } from "../../groups/asked.tsx";
import { Others } from "../others.tsx";
import { ToDesk } from "./desk.tsx";
import { postGone } from "./gone.ts";
import { describe, openGraphOf, postMetadata, sharedAs } from "./head.ts";
import { Origin } from "./origin.tsx";
import { PostState } from "./state.tsx";
import { postOfPage } from "./told.ts";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const done = { published: "post.donePublished", saved: "post.doneSaved", draft: "post.doneDraft" } as const;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return postMetadata((await params).id);
}

/** One post of a group: who says it and when, the words, and what else the group has said. Two queries. */
export default async function PostPage({ params, searchParams }: Props) {
  const [{ id }, search, { t, locale }] = [await params, await searchParams, await getReader()];
  const full = await postOfPage(id);
  if (!full) return absent();
  const { post, group, cover, writer } = full;
  if (post.state === "deleted") return postGone(t, full);
  const [timezone, viewer] = [await readerZone(), await getViewer()];
  const others = await listPosts(database(), viewer, { groupId: group.id, limit: 4 });
  const open = isForAll(post);
  const [path, profile] = [postPath(id), actorPath(group.handle, group.host)];
  const date = dateFormat(locale, timezone, { dateStyle: "long" });
  const changed = post.publishedAt && date.format(post.updatedAt) !== date.format(post.publishedAt);
  const language = post.language === "und" ? undefined : post.language;
  const said = post.awaiting ? "" : String(search.done);
  return (
    <div className="tone pt-6" data-tone={toneOf({ tone: null, organizer: group })}>
      {open && (
        <>
          <OpenGraphTags {...openGraphOf(locale, full)} />
          <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: scriptJson(describe(locale, full)) }} />
        </>
      )}
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,44rem)_18rem] lg:justify-between">
        <article className="h-entry grid min-w-0 content-start gap-5">
          {Object.hasOwn(done, said) && (
            <Notice kind="ok" id="done" role="status" title={t(done[said as keyof typeof done])} />
          )}
          <header className="grid gap-2">
            <p className="flex min-h-11 items-center gap-2 text-lg">
              {group.iconId && <Avatar src={mediaPath(group.iconId)} size="line" />}
              <a className={`p-author ${linkLook}`} href={profile} dir="auto">
                {group.name}
              </a>
            </p>
            <h1 className="p-name hyphens-auto" dir="auto" lang={language}>
              {post.name}
            </h1>
            <p className="flex flex-wrap gap-x-4 gap-y-1 text-muted">
              {post.publishedAt && (
                <time dateTime={post.publishedAt.toISOString()} className="dt-published font-display tabular-nums">
                  {date.format(post.publishedAt)}
                </time>
              )}
              {writer && (
                <a href={actorPath(writer.handle, writer.host)} className={linkLook} rel="author">
                  {t("post.byline", { name: writer.name })}
                </a>
              )}
              {changed && (
                <time dateTime={post.updatedAt.toISOString()}>
                  {t("post.changed", { date: date.format(post.updatedAt) })}
                </time>
              )}
            </p>
          </header>
          <PostState t={t} post={post} group={group} />
          {mayIn(group, "publish") && <Asked t={t} ask={post.ask} host={group.host} />}
          {cover?.path && (
            <Cover
              seed={id}
              image={{ src: mediaPath(cover.id), alt: cover.name, width: cover.width!, height: cover.height! }}
              className="max-h-[32rem] rounded-card border border-line"
            />
          )}
          {post.content ? (
            <div
              className="prose e-content text-lg/relaxed"
              dir="auto"
              lang={language}
              dangerouslySetInnerHTML={{ __html: renderContent(post.content, post.mediaType, { pictures: true }) }}
            />
          ) : (
            <p className="text-muted">{t("post.empty")}</p>
          )}
          {post.tags.length > 0 && (
            <ul className="flex flex-wrap gap-2 print:hidden">
              {post.tags.map((tag) => (
                <li key={tag}>
                  <Chip href={`/search?tag=${encodeURIComponent(tag)}`}>
                    <span dir="auto">#{tag}</span>
                  </Chip>
                </li>
              ))}
            </ul>
          )}
        </article>
        <aside className="grid content-start gap-3 print:hidden">
          {group.host && post.uri && <Origin t={t} uri={post.uri} host={group.host} />}
          {mayIn(group, "publish") && <ToDesk t={t} post={post} />}
          {open && <ShareDrawer {...{ t, path }} shared={sharedAs(full)} unlisted={post.visibility === "unlisted"} />}
          {open && <ShareIsland {...sharingOf(t, sharedAs(full))} />}
          <ButtonLink href={`${profile}/posts.atom`}>
            <Icon name="feed" size={16} />
            {t("post.atom")}
          </ButtonLink>
          {open && <ReportLink t={t} path={path} />}
        </aside>
      </div>
      <Others
        {...{ t, locale, timezone }}
        title={t("post.others", { group: group.name })}
        href={`${profile}/posts`}
        posts={others.filter((one) => one.id !== id).slice(0, 3)}
      />
    </div>
  );
}
