import { Cover } from "#app/_ui/cover.tsx";
import { excerpt } from "#lib/html.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import { mediaPath, postPath } from "#lib/urls.ts";
import { Audience } from "./audience.tsx";
import { PostTitle } from "./title.tsx";

type Shown = {
  id: string;
  name: string;
  content: string;
  mediaType: string;
  language: string;
  visibility: string;
  publishedAt: Date | null;
  cover: { id: string; width: number | null; height: number | null } | null;
};

type Props = { t: Translate; locale: Locale; timezone: string; post: Shown };

/** A published post on the board: when it was said, its title, how it begins; with its picture, if it has one. */
export function PostCard({ t, locale, timezone, post }: Props) {
  const { cover, publishedAt } = post;
  const image = cover?.width ? { src: mediaPath(cover.id), alt: "", width: cover.width, height: cover.height! } : null;
  return (
    <article className="group relative flex h-full flex-col overflow-hidden rounded-card border border-line border-t-4 border-t-tone bg-surface break-inside-avoid">
      {image && <Cover seed={post.id} image={image} className="h-36 print:hidden" />}
      <div className="grid content-start gap-1.5 p-4">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          <time dateTime={publishedAt!.toISOString()} className="font-display tabular-nums">
            {dateFormat(locale, timezone, { dateStyle: "long" }).format(publishedAt!)}
          </time>
          <Audience t={t} visibility={post.visibility} />
        </p>
        <h3 className="text-lg/tight">
          <PostTitle name={post.name} href={postPath(post.id)} language={post.language} />
        </h3>
        <p className={image ? "line-clamp-2" : "line-clamp-6"} dir="auto">
          {excerpt(post.content, post.mediaType, image ? 160 : 320)}
        </p>
      </div>
    </article>
  );
}
