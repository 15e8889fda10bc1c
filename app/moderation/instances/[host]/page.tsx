import type { Metadata } from "next";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { formState } from "#app/_web/form-state.ts";
import { getReader } from "#app/_web/reader.ts";
import { getPeer } from "#lib/federation/peers/queries.ts";
import { dayAndTime } from "#lib/locale/dates.ts";
import { moderatorAt } from "../../door.ts";
import { Frame } from "../../frame.tsx";
import { JudgeForm } from "../judge-form.tsx";
import { contactOf, relations } from "../peers.tsx";
import { AnswerForm } from "../requests.tsx";
import { StandingWord } from "../standing.tsx";

type Props = {
  params: Promise<{ host: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const room = "/moderation/instances";

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).host).slice(0, 255), robots: { index: false } };
}

/** One server: how it fares, what is kept of it, and what can be done. Two queries. */
export default async function Instance({ params, searchParams }: Props) {
  const path = `${room}/${(await params).host}`;
  const who = await moderatorAt(path);
  if (!who) return absent();
  const [{ t, locale }, search] = await Promise.all([getReader(), searchParams]);
  const peer = await getPeer(
    database(),
    decodeURIComponent((await params).host)
      .slice(0, 255)
      .replaceAll("\0", ""),
  );
  if (!peer) return absent();
  const { host, standing, note, judgedAt } = peer;
  const form = await formState(t, search.form, room);
  const [follow, renew] = [`${room}/following`, `${room}/renewal`];
  const facts = [
    [t("moderation.contact"), contactOf(t, locale, who.timezone, peer)],
    [
      t("moderation.kept"),
      [t("moderation.people", { count: peer.people }), t("moderation.events", { count: peer.events })],
    ],
    [t("moderation.relation"), relations(t, peer)],
  ] as const;
  return (
    <Frame t={t} here={room} title={host} said={search.said}>
      <ErrorSummary t={t} errors={form.errors} />
      {standing !== "open" && (
        <Notice kind={standing === "suspended" ? "danger" : "warn"} title={t(`moderation.${standing}`)}>
          <p>{t(`moderation.${standing}Text`)}</p>
          {note && (
            <p className="mt-2 whitespace-pre-line" dir="auto">
              {note}
            </p>
          )}
          {judgedAt && (
            <p className="mt-2 text-sm text-muted">
              {t("moderation.judgedOn", { when: dayAndTime(locale, judgedAt, who.timezone) })}
            </p>
          )}
          <p className="mt-3">
            <ButtonLink href={`${room}/judgement?host=${encodeURIComponent(host)}&standing=open`}>
              {t("moderation.doOpen")}
            </ButtonLink>
          </p>
        </Notice>
      )}
      {peer.holds !== standing && (
        <p>
          <StandingWord t={t} peer={peer} />
        </p>
      )}
      <dl className="grid max-w-[40rem] gap-3">
        {facts.map(([name, lines]) =>
          lines.length > 0 ? (
            <div key={name}>
              <dt className="text-sm font-semibold text-muted">{name}</dt>
              {lines.map((line) => (
                <dd key={line}>{line}</dd>
              ))}
            </div>
          ) : null,
        )}
      </dl>
      <div className="flex flex-wrap gap-2">
        <form method="post" action={follow}>
          <FormGuard path={follow} />
          <input type="hidden" name="host" value={host} />
          <Button look={peer.followed ? "outlined" : "filled"} name="wanted" value={peer.followed ? "no" : "yes"}>
            {t(peer.followed ? "moderation.unfollow" : "moderation.follow")}
          </Button>
        </form>
        {peer.follows && <AnswerForm t={t} host={host} state={peer.follows} />}
        <form method="post" action={renew} className="flex flex-wrap gap-2">
          <FormGuard path={renew} />
          <input type="hidden" name="host" value={host} />
          {peer.followed === "accepted" && (
            <Button name="what" value="refetch">
              {t("moderation.refetch")}
            </Button>
          )}
          {peer.failures > 0 && (
            <Button name="what" value="retry">
              {t("moderation.retry")}
            </Button>
          )}
        </form>
      </div>
      <JudgeForm t={t} host={host} />
    </Frame>
  );
}
