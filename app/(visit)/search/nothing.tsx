import { ButtonLink, Chip } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import type { Loosening } from "#lib/event/search/criteria.ts";
import { type SearchParams, searchHref } from "#lib/event/search/input.ts";
import type { Translate } from "#lib/locale/index.ts";

export type Way = { name: string; drops: Loosening[]; known: number; exact: boolean; radius?: number };

const without: Record<Loosening, Partial<Record<keyof SearchParams, null>>> = {
  q: { q: null },
  radius: { radius: null },
  near: { near: null, radius: null },
  when: { when: null, from: null, to: null },
  category: { category: null },
  tag: { tag: null },
  language: { language: null },
  mode: { mode: null },
  status: { status: null },
};

/** Nothing fits: which filter to do without (two, where one is not enough), as links that say what they would find. */
export function Nothing({ t, params, ways }: { t: Translate; params: SearchParams; ways: Way[] }) {
  const found = ways.filter(({ known }) => known > 0);
  const single = found.filter(({ drops }) => drops.length === 1);
  const useful = single.length > 0 ? single : found;
  return (
    <EmptyState seed={JSON.stringify(params)} tone="slate" title={t("find.nothing")}>
      {useful.length > 0 && (
        <>
          <p>{t("find.relax")}</p>
          <ul className="flex flex-wrap gap-2">
            {useful.map(({ name, drops, known, exact, radius }) => (
              <li key={name}>
                <Chip
                  href={searchHref(
                    params,
                    radius ? { radius: String(radius) } : Object.assign({}, ...drops.map((one) => without[one])),
                  )}
                >
                  {drops.map((one) => t(`find.without_${one}`, { radius: radius ?? 0 })).join(", ")}
                  <span className="text-muted tabular-nums">{exact ? known : `${known}+`}</span>
                </Chip>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="flex flex-wrap gap-3">
        {params.when !== "past" && (
          <ButtonLink href={searchHref(params, { when: "past", from: null, to: null })}>
            {t("find.showPast")}
          </ButtonLink>
        )}
        <ButtonLink href="/search">{t("find.startAgain")}</ButtonLink>
      </p>
    </EmptyState>
  );
}
