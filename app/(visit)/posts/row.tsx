import { Cover } from "#app/_ui/cover.tsx";
import { excerpt } from "#lib/html.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Locale, Translate } from "#lib/locale/index.ts";
import type { ListedPost } from "#lib/post/queries.ts";
import { mediaPath, postPath } from "#lib/urls.ts";
import { Audience } from "./audience.tsx";
import { PostTitle } from "./title.tsx";

type Props = { t: Translate; locale: Locale; timezone: string; post: ListedPost };

/** One post in the list of a group: when and by whom, its title, how it begins, and its picture at the side. */
export function PostRow({ t, locale, timezone, post }: Props) {
  const { cover, writer, publishedAt } = post;
  const image = cover?.path ? { src: mediaPath(cover.id), alt: "", width: cover.width!, height: cover.height! } : null;
  return (
    <article className="group relative flex flex-col gap-x-6 gap-y-3 border-b border-line py-6 sm:flex-row sm:items-start sm:justify-between">
      {image && (
        <Cover
          seed={post.id}
          image={image}
          className="aspect-video rounded-control border border-line sm:order-last sm:aspect-[4/3] sm:w-48 sm:shrink-0 print:hidden"
        />
      )}
      <div className="grid min-w-0 gap-1.5">
        <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm text-muted">
          <time dateTime={publishedAt!.toISOString()} className="font-display tabular-nums">
            {dateFormat(locale, timezone, { dateStyle: "long" }).format(publishedAt!)}
          </time>
          {writer && <span dir="auto">{writer.name}</span>}
          <Audience t={t} visibility={post.visibility} />
        </p>
        <h2 className="text-xl/tight">
          <PostTitle name={post.name} href={postPath(post.id)} language={post.language} />
        </h2>
        <p className="line-clamp-3 max-w-[65ch]" dir="auto">
          {excerpt(post.content, post.mediaType, 320)}
        </p>
      </div>
    </article>
  );
}
