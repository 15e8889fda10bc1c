import type { ListedEvent } from "#lib/event/search/queries.ts";
import type { Translate } from "#lib/locale/index.ts";
import type { IconName } from "./icon.tsx";

/** What lists show of an event. Nothing here is counted for show: seats appear as "full" only. */
export type EventSummary = Omit<ListedEvent, "visibility" | "updatedAt" | "cover"> & {
  /** For whose eyes it is; absent: for everybody's. */
  visibility?: string;
  cover: { src: string; alt: string; width: number; height: number } | null;
};

type StateWords = { words: string; icon: IconName; gravity: "danger" | "warn" | "plain" };

/** The state in words, the gravest that holds; null when there is nothing to say. */
export function stateWords(t: Translate, event: EventSummary): StateWords | null {
  if (event.status === "cancelled") return { words: t("card.cancelled"), icon: "stop", gravity: "danger" };
  if (event.status === "tentative") return { words: t("card.tentative"), icon: "info", gravity: "warn" };
  if (event.full)
    return { words: t(event.waitingList ? "card.fullWaiting" : "card.full"), icon: "people", gravity: "warn" };
  if (event.joinMode === "approval") return { words: t("card.onRequest"), icon: "ticket", gravity: "plain" };
  if (event.visibility === "members") return { words: t("group.forMembers"), icon: "people", gravity: "plain" };
  if (event.visibility === "followers") return { words: t("group.forFollowers"), icon: "people", gravity: "plain" };
  return null;
}

export const gravityColour = { danger: "text-danger", warn: "text-warn", plain: "text-muted" } as const;
