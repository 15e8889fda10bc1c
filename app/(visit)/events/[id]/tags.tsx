import { Chip } from "#app/_ui/button.tsx";
import { type Category, categories } from "#lib/event/categories.ts";
import type { EventRow } from "#lib/event/queries.ts";
import type { Translate } from "#lib/locale/index.ts";

const known = (category: string): category is Category => (categories as readonly string[]).includes(category);

/** Category and tags: each leads to what else there is of it. */
export function EventTags({ t, event }: { t: Translate; event: EventRow }) {
  const category = known(event.category) && event.category !== "MEETING" ? event.category : null;
  if (!category && event.tags.length === 0) return null;
  return (
    <nav aria-label={t("event.tags")} className="flex flex-wrap gap-2 print:hidden">
      {category && <Chip href={`/search?category=${category}`}>{t(`category.${category}`)}</Chip>}
      {event.tags.map((tag) => (
        <Chip key={tag} href={`/search?tag=${encodeURIComponent(tag)}`}>
          <span dir="auto">#{tag}</span>
        </Chip>
      ))}
    </nav>
  );
}
