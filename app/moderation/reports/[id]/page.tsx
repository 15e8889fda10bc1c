import type { Metadata } from "next";
import { linkLook } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { dayAndTime } from "#lib/locale/dates.ts";
import { countOthers, getReport } from "#lib/moderation/flag/queries.ts";
import { listActs } from "#lib/moderation/log/queries.ts";
import { actorPath } from "#lib/urls.ts";
import { moderatorAt } from "../../door.ts";
import { Frame } from "../../frame.tsx";
import { actWords } from "../../log/words.ts";
import { reporterOf, thingOf } from "../words.ts";
import { Decisions } from "./decisions.tsx";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const room = "/moderation/reports";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("moderation.reports"), robots: { index: false } };
}

/** One report: the thing, the words, what was done, and what can be. Three queries. */
export default async function ReportPage({ params, searchParams }: Props) {
  const [{ id }, search] = [await params, await searchParams];
  const path = `${room}/${encodeURIComponent(id)}`;
  const who = await moderatorAt(path, search.form);
  if (!who) return absent();
  const [{ t, locale }, report] = await Promise.all([getReader(), getReport(database(), id)]);
  if (!report) return absent();
  const [others, acts] = await Promise.all([
    report.actor ? countOthers(database(), { id, actorId: report.actor.id }) : null,
    listActs(database(), { flagId: id, limit: 50 }),
  ]);
  const form = await formState(t, search.form, path, { note: t("moderation.note") });
  const thing = thingOf(t, report);
  const { actor } = report;
  const facts = [
    [
      thing.kind,
      <a key="thing" className={linkLook} href={thing.path} dir="auto">
        {thing.name}
      </a>,
    ],
    (report.message || report.quote !== null) && [
      t("moderation.wordsShown"),
      report.quote || t(report.message ? "moderation.wordsKept" : "moderation.wordsKeptComment"),
    ],
    actor && [
      t("moderation.madeBy"),
      <a key="actor" className={linkLook} href={actorPath(actor.handle, actor.host)} dir="auto">
        {actor.name} (@{actor.handle}
        {actor.host ? `@${actor.host}` : ""})
      </a>,
    ],
    [t("moderation.reportedBy"), reporterOf(t, report)],
  ].filter((fact) => fact !== null && fact !== false);
  return (
    <Frame t={t} here={room} title={t("moderation.reportOf", { name: thing.name })} said={search.said}>
      <ErrorSummary t={t} errors={form.errors} />
      <dl className="grid max-w-[40rem] gap-3">
        {facts.map(([name, value]) => (
          <div key={String(name)}>
            <dt className="text-sm font-semibold text-muted">{name}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      <section aria-labelledby="words" className="grid max-w-[40rem] gap-2">
        <h2 id="words" className="text-xl">
          {t("moderation.reportedWords")}
        </h2>
        {report.content ? (
          <blockquote className="border-s-4 border-line ps-4 whitespace-pre-line wrap-anywhere" dir="auto">
            {report.content}
          </blockquote>
        ) : (
          <p className="text-muted">{t("moderation.noWords")}</p>
        )}
        <p className="text-sm text-muted">{dayAndTime(locale, report.createdAt, who.timezone)}</p>
        {others && others.open + others.resolved + others.dismissed > 0 && <p>{t("moderation.others", others)}</p>}
      </section>
      {acts.length > 0 && (
        <section aria-labelledby="history" className="grid max-w-[40rem] gap-2">
          <h2 id="history" className="text-xl">
            {t("moderation.history")}
          </h2>
          <ol className="grid gap-2">
            {acts.map((act) => (
              <li key={act.id} className="wrap-anywhere">
                {actWords(t, act)}{" "}
                <time className="text-sm text-muted" dateTime={act.createdAt.toISOString()}>
                  {dayAndTime(locale, act.createdAt, who.timezone)}
                </time>
                {act.note && <p className="whitespace-pre-line text-muted">{act.note}</p>}
              </li>
            ))}
          </ol>
        </section>
      )}
      <Decisions t={t} report={report} path={path} note={form.value("note")} error={form.error("note")} />
    </Frame>
  );
}
