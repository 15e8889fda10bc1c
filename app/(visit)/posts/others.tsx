import { wayLook } from "#app/_ui/button.tsx";
import type { Locale, Translate } from "#lib/locale/index.ts";
import type { ListedPost } from "#lib/post/queries.ts";
import { PostCard } from "./card.tsx";

type Props = { t: Translate; locale: Locale; timezone: string; title: string; href: string; posts: ListedPost[] };

/** What else a group has said of late. */
export const Others = ({ t, locale, timezone, title, href, posts }: Props) =>
  posts.length === 0 ? null : (
    <section aria-labelledby="others" className="mt-12 border-t border-line pt-8 print:hidden">
      <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 id="others" className="text-xl" dir="auto">
          {title}
        </h2>
        <a href={href} className={wayLook}>
          {t("post.all")}
        </a>
      </div>
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {posts.map((post) => (
          <li key={post.id}>
            <PostCard {...{ t, locale, timezone, post }} />
          </li>
        ))}
      </ul>
    </section>
  );
