import { type Command, Option } from "commander";
import { judgePeer } from "#lib/federation/peers/judgement.ts";
import { getPeer, listPeers, type Peer, type PeerView, peerViews, reachOf } from "#lib/federation/peers/queries.ts";
import type { Standing } from "#lib/policy/domain.ts";
import { operator } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { answer, atDesk, t } from "./desk.ts";

type Json = { json?: boolean };

const row = ({ host, holds, failures, heardAt, people, events, followed, follows, reason }: Peer): string =>
  [
    host,
    holds,
    failures || "",
    heardAt?.toISOString() ?? "-",
    people,
    events,
    followed ?? "-",
    follows ?? "-",
    reason,
  ].join("\t");

async function list({ json, view, words }: Json & { view?: PeerView; words?: string }): Promise<void> {
  await atDesk(async ({ db }) => {
    const all = await listPeers(db, { view, words, limit: 10_000 });
    answer(json, all, all.length > 0 ? all.map(row) : t("operator.instancePeersNone"));
  });
}

/** Another server, and how much a judgement about it would reach. */
export async function showPeer(host: string, { json }: Json): Promise<void> {
  await atDesk(async ({ db }) => {
    const [peer, reach] = [await getPeer(db, host.toLowerCase()), await reachOf(db, host.toLowerCase())];
    if (!peer) throw new Refusal("not-found");
    answer(json, { ...peer, reach }, [row(peer), t("operator.instanceReach", reach)]);
  });
}

const judgements = [
  ["block", "suspended", "operator.instanceBlock", "operator.instanceBlocked"],
  ["silence", "silenced", "operator.instanceSilence", "operator.instanceSilenced"],
  ["limit", "limited", "operator.instanceLimit", "operator.instanceLimited"],
  ["unblock", "open", "operator.instanceUnblock", "operator.instanceUnblocked"],
] as const;

const judge =
  (standing: Standing, said: (typeof judgements)[number][3]) =>
  async (typed: string, { json, note }: Json & { note?: string }) => {
    await atDesk(async ({ db }) => {
      const reach = await reachOf(db, typed.toLowerCase());
      const host = await judgePeer(db, operator, { host: typed, standing, note });
      answer(json, { host, standing, reach }, [t(said, { host }), t("operator.instanceReach", reach)]);
    });
  };

const acts = ["follow", "unfollow", "refetch", "accept", "decline"] as const;
const words = {
  follow: ["operator.instanceFollow", "operator.instanceFollowed"],
  unfollow: ["operator.instanceUnfollow", "operator.instanceUnfollowed"],
  refetch: ["operator.instanceRefetch", "operator.instanceRefetched"],
  accept: ["operator.instanceAccept", "operator.instanceAccepted"],
  decline: ["operator.instanceDecline", "operator.instanceDeclined"],
} as const;

const act =
  (name: (typeof acts)[number]) =>
  async (typed: string, { json }: Json) => {
    await atDesk(async ({ db }) => {
      // Loaded here alone: Fedify takes longer to load than most verbs to run.
      const { answerServer, followServer, refetchServer, unfollowServer } = await import(
        "#lib/federation/peers/following.ts"
      );
      const host = typed.toLowerCase();
      if (name === "follow") await followServer(db, operator, host);
      if (name === "unfollow") await unfollowServer(db, operator, host);
      if (name === "refetch") await refetchServer(db, operator, host);
      if (name === "accept" || name === "decline") await answerServer(db, operator, host, name === "accept");
      answer(json, { host, done: name }, t(words[name][1], { host }));
    });
  };

async function requests(way: string, { json }: Json): Promise<void> {
  await atDesk(async ({ db }) => {
    const { queueServers } = await import("#lib/federation/peers/following.ts");
    if (way !== "automatic" && way !== "queued") throw new Refusal("choice-invalid");
    await queueServers(db, operator, way === "queued");
    answer(json, { requests: way }, t("operator.instanceChanged"));
  });
}

/** What the host's tool does about other servers. */
export function peerVerbs(instance: Command): void {
  const about = (name: string, description: string) =>
    instance
      .command(name)
      .description(description)
      .argument("<host>", t("operator.instanceHost"))
      .option("--json", t("operator.json"));
  instance
    .command("list")
    .alias("peers")
    .description(t("operator.instanceList"))
    .addOption(new Option("--view <view>", t("operator.instanceListView")).choices([...peerViews]))
    .option("--words <text>", t("operator.instanceListWords"))
    .option("--json", t("operator.json"))
    .action(list);
  for (const name of acts) about(name, t(words[name][0])).action(act(name));
  for (const [name, standing, description, said] of judgements)
    about(name, t(description)).option("--note <text>", t("operator.instanceNote")).action(judge(standing, said));
  instance
    .command("requests")
    .description(t("operator.instanceRequests"))
    .argument("<automatic|queued>", t("operator.instanceRequests"))
    .option("--json", t("operator.json"))
    .action(requests);
}
