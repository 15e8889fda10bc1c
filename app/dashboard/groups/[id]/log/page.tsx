import type { Metadata } from "next";
import { ButtonLink } from "#app/_ui/button.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { signedInAt } from "#app/_web/viewer.ts";
import { whomOf, wish } from "#app/(visit)/groups/asked.tsx";
import type { AskKind } from "#lib/group/ask/commands.ts";
import { type LogRow, listLog } from "#lib/group/log/queries.ts";
import { getDeskGroup } from "#lib/group/queries.ts";
import { isId } from "#lib/ids.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import type { Translate } from "#lib/locale/index.ts";
import { groupDeskPath } from "#lib/urls.ts";
import { GroupFrame } from "../../frame.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const pageSize = 50;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("group.tabLog"), robots: { index: false } };
}

/** One deed in words. */
function sentence(t: Translate, { kind, who, whom, role, name, asked }: LogRow): string {
  // What the server did by itself it did to somebody; of a deed without anybody, its doer is here no more.
  const doer = who ?? t(kind === "role" || kind === "left" ? "group.theServer" : "group.somebody");
  const ask = asked && { kind: kind as AskKind, name, role, whom };
  if (ask && asked !== "done") return t("group.logAsked", { who: doer, wish: wish(t, ask) });
  const other =
    (ask ? whomOf(t, ask) : whom) ??
    t(kind === "invited" || kind === "withdrawn" ? "group.byAddress" : "group.somebody");
  return t(`group.log_${kind}`, { who: doer, whom: other, name, role: role ? t(`group.role_${role}`) : "" });
}

/** What happened in a group within a year, the latest first. Two queries. */
export default async function GroupLog({ params, searchParams }: Props) {
  const [{ id }, search] = [await params, await searchParams];
  const page = `${groupDeskPath(encodeURIComponent(id))}/log`;
  const { viewer, timezone } = await signedInAt(page);
  const { t, locale } = await getReader();
  const group = await getDeskGroup(database(), viewer, id, "decide", { anywhere: true });
  if (!group) return absent();
  const after = isId(search.after) ? search.after : undefined;
  const found = await listLog(database(), id, { after, limit: pageSize + 1 });
  const rows = found.slice(0, pageSize);
  const date = dateFormat(locale, timezone, { dateStyle: "medium", timeStyle: "short" });
  return (
    <GroupFrame t={t} group={group} here="log" title={t("group.tabLog")}>
      <div className="grid max-w-[52rem] gap-4">
        <p className="text-muted">{group.host ? t("group.logThere", { host: group.host }) : t("group.logText")}</p>
        {rows.length === 0 && <p>{t("group.logNone")}</p>}
        <ol className="grid">
          {rows.map((row) => (
            <li key={row.id} className="grid gap-x-6 border-b border-line py-2 sm:grid-cols-[13rem_1fr]">
              <time dateTime={row.createdAt.toISOString()} className="text-sm text-muted tabular-nums">
                {date.format(row.createdAt)}
              </time>
              <span dir="auto" className="[overflow-wrap:anywhere]">
                {sentence(t, row)}
                {group.host && row.asked && row.asked !== "done" && (
                  <span className={row.asked === "refused" ? "block font-semibold text-warn" : "block text-muted"}>
                    {t(row.asked === "refused" ? "group.askRefused" : "group.askSent", { host: group.host })}
                  </span>
                )}
              </span>
            </li>
          ))}
        </ol>
        {found.length > pageSize && (
          <p>
            <ButtonLink href={`${page}?after=${rows.at(-1)!.id}`}>{t("group.more")}</ButtonLink>
          </p>
        )}
      </div>
    </GroupFrame>
  );
}
