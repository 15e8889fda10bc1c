import type { Metadata } from "next";
import { ButtonLink } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { isId } from "#lib/ids.ts";
import { dayAndTime } from "#lib/locale/dates.ts";
import { listActs } from "#lib/moderation/log/queries.ts";
import { moderatorAt } from "../door.ts";
import { Frame } from "../frame.tsx";
import { actWords } from "./words.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const here = "/moderation/log";
const pageSize = 50;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("moderation.log"), robots: { index: false } };
}

/** Who did what, and why. One query. */
export default async function Log({ searchParams }: Props) {
  const who = await moderatorAt(here);
  if (!who) return absent();
  const [{ t, locale }, { after }] = await Promise.all([getReader(), searchParams]);
  const before = isId(after) ? after : undefined;
  const found = await listActs(database(), { before, limit: pageSize + 1 });
  const acts = found.slice(0, pageSize);
  return (
    <Frame t={t} here={here} title={t("moderation.log")}>
      <p className="max-w-[40rem] text-muted">{t("moderation.logText")}</p>
      {acts.length === 0 ? (
        <EmptyState seed={here} title={t("moderation.logNone")} />
      ) : (
        <ol className="grid max-w-[48rem]">
          {acts.map((act) => (
            <li key={act.id} className="grid gap-1 border-b border-line py-3">
              <p className="wrap-anywhere">{actWords(t, act)}</p>
              {act.note && (
                <p className="whitespace-pre-line text-muted" dir="auto">
                  {act.note}
                </p>
              )}
              <time className="text-sm text-muted" dateTime={act.createdAt.toISOString()}>
                {dayAndTime(locale, act.createdAt, who.timezone)}
              </time>
            </li>
          ))}
        </ol>
      )}
      {found.length > pageSize && (
        <p>
          <ButtonLink href={`${here}?after=${acts.at(-1)!.id}`}>{t("moderation.more")}</ButtonLink>
        </p>
      )}
    </Frame>
  );
}
