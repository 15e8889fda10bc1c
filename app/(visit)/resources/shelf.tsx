import { ButtonLink } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import type { Locale, Translate } from "#lib/locale/index.ts";
import type { ResourceType } from "#lib/resource/input.ts";
import type { ListedResource } from "#lib/resource/queries.ts";
import { roomTypes } from "#lib/resource/room.ts";
import { ResourceRow } from "./row.tsx";

/** How many stand on a page. */
export const shelfSize = 50;

/** `list`: the address of the group's resources. */
type AddProps = { t: Translate; list: string; folderId?: string; deepest?: boolean };

/** The ways to put something here; no folder into the deepest ones. */
export function AddLinks({ t, list, folderId, deepest = false }: AddProps) {
  const types: ResourceType[] = ["link", ...(deepest ? [] : (["folder"] as const)), ...roomTypes()];
  const page = (type: ResourceType) =>
    `${list}/new?${new URLSearchParams({ type, ...(folderId ? { folder: folderId } : {}) })}`;
  return (
    <ul className="flex flex-wrap gap-3" aria-label={t("resource.add")}>
      {types.map((type) => (
        <li key={type}>
          <ButtonLink look={type === "link" ? "filled" : "outlined"} href={page(type)}>
            {type === "link" && <Icon name="plus" />}
            {t(`resource.add_${type}`)}
          </ButtonLink>
        </li>
      ))}
    </ul>
  );
}

type ShelfProps = {
  t: Translate;
  locale: Locale;
  timezone: string;
  /** The server of the group, if it is another one. */
  host: string | null;
  /** One more than `shelfSize`, if there is more. */
  found: ListedResource[];
  /** Of this page, without what says where it begins. */
  path: string;
  empty: { seed: string; title: string; text: string } | null;
};

/** What lies in one place, or was found. */
export function Shelf({ t, locale, timezone, host, found, path, empty }: ShelfProps) {
  const rows = found.slice(0, shelfSize);
  if (rows.length === 0)
    return (
      empty && (
        <EmptyState seed={empty.seed} title={empty.title}>
          <p className="max-w-[40rem]">{empty.text}</p>
        </EmptyState>
      )
    );
  return (
    <>
      <ul className="grid border-t border-line">
        {rows.map((resource) => (
          <li key={resource.id}>
            <ResourceRow {...{ t, locale, timezone, host, resource }} />
          </li>
        ))}
      </ul>
      {found.length > shelfSize && (
        <p>
          <ButtonLink href={`${path}${path.includes("?") ? "&" : "?"}after=${rows.at(-1)!.id}`}>
            {t("resource.more")}
          </ButtonLink>
        </p>
      )}
    </>
  );
}
