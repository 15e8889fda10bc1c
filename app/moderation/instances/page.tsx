import type { Metadata } from "next";
import { Button, ButtonLink, Chip } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { TextField } from "#app/_ui/field.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { listPeers, type PeerView, peerViews } from "#lib/federation/peers/queries.ts";
import { moderatorAt } from "../door.ts";
import { Frame } from "../frame.tsx";
import { JudgeForm } from "./judge-form.tsx";
import { Peers } from "./peers.tsx";
import { Requests } from "./requests.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const here = "/moderation/instances";
const pageSize = 50;
const words = { all: "viewAll", followed: "viewFollowed", judged: "viewJudged", failing: "viewFailing" } as const;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("moderation.instances"), robots: { index: false } };
}

const text = (value: unknown): string => (typeof value === "string" ? value.slice(0, 255).replaceAll("\0", "") : "");

/** The other servers: how they fare, what was decided, who follows whom. Three queries. */
export default async function Instances({ searchParams }: Props) {
  const search = await searchParams;
  const who = await moderatorAt(here, search.form);
  if (!who) return absent();
  const { t, locale } = await getReader();
  const [q, after] = [text(search.q).trim(), text(search.after)];
  const view: PeerView = peerViews.find((one) => one === search.view) ?? "all";
  const found = await listPeers(database(), { view, words: q, after, limit: pageSize + 1 });
  const peers = found.slice(0, pageSize);
  const form = await formState(t, search.form, here, { host: t("moderation.followHost") });
  const href = (change: Record<string, string>) => {
    const query = new URLSearchParams(Object.entries({ q, view, ...change }).filter(([, value]) => value));
    return `${here}?${query}`;
  };
  const plain = !q && view === "all" && !after;
  const follow = `${here}/following`;
  return (
    <Frame t={t} here={here} title={t("moderation.instances")} said={search.said}>
      <ErrorSummary t={t} errors={form.errors} />
      <p className="max-w-[40rem] text-muted">{t("moderation.instancesText")}</p>
      <form method="post" action={follow} className="flex max-w-[40rem] flex-wrap items-start gap-3">
        <FormGuard path={follow} />
        <input type="hidden" name="wanted" value="yes" />
        <TextField
          name="host"
          label={t("moderation.followTitle")}
          hint={t("moderation.followHint")}
          error={form.error("host")}
          defaultValue={form.value("host")}
          maxLength={300}
          autoCapitalize="none"
          spellCheck={false}
          required
          className="min-w-0 flex-1 basis-64"
        />
        <Button look="filled" className="sm:mt-7">
          {t("moderation.follow")}
        </Button>
      </form>
      <Requests t={t} />
      <section aria-labelledby="known" className="grid gap-4 border-t border-line pt-5">
        <h2 id="known" className="sr-only">
          {t("moderation.instances")}
        </h2>
        <div className="flex flex-wrap items-end justify-between gap-4">
          <nav className="flex flex-wrap gap-2" aria-label={t("moderation.standing")}>
            {peerViews.map((one) => (
              <Chip key={one} href={href({ view: one === "all" ? "" : one })} chosen={one === view}>
                {t(`moderation.${words[one]}`)}
              </Chip>
            ))}
          </nav>
          <form method="get" className="flex items-end gap-2">
            {view !== "all" && <input type="hidden" name="view" value={view} />}
            <TextField name="q" label={t("moderation.words")} defaultValue={q} maxLength={255} autoCapitalize="none" />
            <Button>{t("moderation.find")}</Button>
          </form>
        </div>
        {peers.length === 0 ? (
          <EmptyState seed={here} title={t(plain ? "moderation.instancesNoneYet" : "moderation.instancesNone")} />
        ) : (
          <Peers t={t} locale={locale} timezone={who.timezone} peers={peers} />
        )}
        {(found.length > pageSize || after) && (
          <p className="flex flex-wrap gap-3">
            {found.length > pageSize && (
              <ButtonLink href={href({ after: peers.at(-1)!.host })}>{t("moderation.more")}</ButtonLink>
            )}
            {after && <ButtonLink href={href({})}>{t("moderation.first")}</ButtonLink>}
          </p>
        )}
      </section>
      <JudgeForm t={t} />
    </Frame>
  );
}
