import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { isAddress } from "#lib/federation/remote/address.ts";
import { listGroups } from "#lib/group/queries.ts";
import { Address } from "../search/address.tsx";
import { GroupRow } from "./row.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const pageSize = 30;
const here = "/groups";

/** One word or more of the address, as it may be searched for. */
const wordsOf = (value: unknown) =>
  typeof value === "string" && !value.includes("\0") ? value.trim().slice(0, 100) : "";

const hrefOf = (params: Record<string, string>) => {
  const kept = new URLSearchParams(Object.entries(params).filter(([, value]) => value));
  return kept.size > 0 ? `${here}?${kept}` : here;
};

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [{ t }, { q, town, after }] = [await getReader(), await searchParams];
  return { title: t("group.title"), robots: q || town || after ? { index: false } : undefined };
}

/** The groups of this server, by words and town. One query. */
export default async function Groups({ searchParams }: Props) {
  const [{ t, locale }, search] = [await getReader(), await searchParams];
  const [words, town] = [wordsOf(search.q), wordsOf(search.town)];
  const after = wordsOf(search.after);
  const found = await listGroups(database(), { words, town, after, limit: pageSize + 1 });
  const groups = found.slice(0, pageSize);
  const asked = words !== "" || town !== "";
  if (groups.length === 0 && !asked && !after)
    return (
      <div className="grid gap-2 py-8">
        <h1>{t("group.title")}</h1>
        <EmptyState seed="groups" title={t("group.empty")}>
          <p className="max-w-[40rem]">{t("group.emptyText")}</p>
          <p>
            <ButtonLink look="filled" href="/dashboard/groups/new">
              <Icon name="plus" />
              {t("group.start")}
            </ButtonLink>
          </p>
        </EmptyState>
      </div>
    );
  return (
    <div className="grid gap-6 py-8">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="grid gap-1">
          <h1>{t("group.title")}</h1>
          <p className="text-muted">{t("group.lead")}</p>
        </div>
        <ButtonLink href="/dashboard/groups/new">
          <Icon name="plus" />
          {t("group.start")}
        </ButtonLink>
      </div>
      <search>
        <form method="get" action={here} className="flex flex-wrap items-end gap-3">
          <TextField
            name="q"
            type="search"
            maxLength={100}
            label={t("group.searchWords")}
            defaultValue={words}
            className="min-w-0 flex-2 basis-48"
          />
          <TextField
            name="town"
            maxLength={100}
            autoComplete="address-level2"
            label={t("group.searchTown")}
            defaultValue={town}
            className="min-w-0 flex-1 basis-36"
          />
          <Button look="filled">
            <Icon name="search" />
            {t("group.search")}
          </Button>
        </form>
      </search>
      {isAddress(words) && <Address address={words} />}
      {asked && (
        <p role="status" className="text-muted">
          {found.length > pageSize
            ? t("group.foundMore", { count: pageSize })
            : t("group.found", { count: groups.length })}
        </p>
      )}
      {groups.length === 0 && (
        <EmptyState seed={words + town} title={t("group.nothing")}>
          <p>{t("group.nothingText")}</p>
          <p>
            <ButtonLink href={here}>{t("group.all")}</ButtonLink>
          </p>
        </EmptyState>
      )}
      <ul className="grid gap-3">
        {groups.map((group) => (
          <li key={group.id}>
            <GroupRow t={t} locale={locale} group={group} />
          </li>
        ))}
      </ul>
      {found.length > pageSize && (
        <p>
          <ButtonLink href={hrefOf({ q: words, town, after: groups.at(-1)!.handle })}>{t("group.more")}</ButtonLink>
        </p>
      )}
    </div>
  );
}
