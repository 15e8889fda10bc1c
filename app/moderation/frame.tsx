import type { ReactNode } from "react";
import { Notice } from "#app/_ui/notice.tsx";
import { TabLinks } from "#app/_ui/tabs.tsx";
import type { Translate } from "#lib/locale/index.ts";

const rooms = [
  ["/moderation", "moderation.overview"],
  ["/moderation/reports", "moderation.reports"],
  ["/moderation/instances", "moderation.instances"],
  ["/moderation/log", "moderation.log"],
] as const;

const done = {
  decided: "moderation.doneDecided",
  judged: "moderation.doneJudged",
  follow: "moderation.doneFollow",
  unfollow: "moderation.doneUnfollow",
  answered: "moderation.doneAnswered",
  saved: "moderation.doneSaved",
  refetch: "moderation.doneRefetch",
  retry: "moderation.doneRetry",
} as const;

type Props = {
  t: Translate;
  /** The room that the page belongs to. */
  here: (typeof rooms)[number][0];
  title: ReactNode;
  /** The code of what was just done, from the address. */
  said?: unknown;
  children: ReactNode;
};

/** The frame of each page of those who decide for this server: the other rooms beside it. */
export function Frame({ t, here, title, said, children }: Props) {
  const word = Object.hasOwn(done, String(said)) ? done[said as keyof typeof done] : null;
  return (
    <div className="grid gap-x-12 gap-y-6 py-8 lg:grid-cols-[12rem_minmax(0,1fr)]">
      <nav aria-label={t("moderation.title")} className="-mx-3 lg:mx-0">
        <TabLinks
          tabs={rooms.map(([href, word]) => ({ href, word: t(word), here: href === here }))}
          className="flex flex-wrap gap-x-1 lg:grid"
        />
      </nav>
      <div className="grid min-w-0 content-start gap-6">
        {word && <Notice kind="ok" id="done" role="status" title={t(word)} />}
        <h1 className="wrap-anywhere">{title}</h1>
        {children}
      </div>
    </div>
  );
}
