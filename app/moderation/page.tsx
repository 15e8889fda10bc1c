import type { Metadata } from "next";
import { linkLook } from "#app/_ui/button.tsx";
import { absent } from "#app/_web/absent.tsx";
import { database } from "#app/_web/database.ts";
import { getReader } from "#app/_web/reader.ts";
import { countPeers } from "#lib/federation/peers/queries.ts";
import { countReports } from "#lib/moderation/flag/queries.ts";
import { moderatorAt } from "./door.ts";
import { Frame } from "./frame.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getReader();
  return { title: t("moderation.title"), robots: { index: false } };
}

/** What waits for a decision. Two queries. */
export default async function Moderation() {
  if (!(await moderatorAt("/moderation"))) return absent();
  const { t } = await getReader();
  const [{ asking, judged, failing }, reports] = await Promise.all([countPeers(database()), countReports(database())]);
  const rows = [
    ["/moderation/reports", t("moderation.reportsWaiting", { count: reports })],
    ["/moderation/instances#requests", t("moderation.asking", { count: asking })],
    ["/moderation/instances?view=judged", t("moderation.judgedCount", { count: judged })],
    ["/moderation/instances?view=failing", t("moderation.failingCount", { count: failing })],
  ] as const;
  return (
    <Frame t={t} here="/moderation" title={t("moderation.title")}>
      <p className="max-w-[40rem] text-lg text-muted">
        {asking + reports === 0 ? t("moderation.nothingWaits") : t("moderation.overviewText")}
      </p>
      <ul className="grid max-w-[40rem]">
        {rows.map(([href, words]) => (
          <li key={href} className="border-b border-line">
            <a href={href} className={`flex min-h-11 items-center py-2 ${linkLook}`}>
              {words}
            </a>
          </li>
        ))}
      </ul>
    </Frame>
  );
}
