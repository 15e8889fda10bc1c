import type { ReactNode } from "react";
import { ButtonLink } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Icon } from "#app/_ui/icon.tsx";
import { database } from "#app/_web/database.ts";
import { formState } from "#app/_web/form-state.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { getReader } from "#app/_web/reader.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import type { schema } from "#db/client.ts";
import { listActorsOf } from "#lib/actor/queries.ts";
import type { Board } from "#lib/notification/board/queries.ts";
import { getOwnPlace } from "#lib/participation/profile/queries.ts";
import { joinObstacle, mustWait, type Obstacle, placesLeft } from "#lib/policy/participation.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { eventPath } from "#lib/urls.ts";
import { JoinForm, joinLabels } from "./join-form.tsx";
import { JoinSection } from "./join-section.tsx";
import { JoinSent } from "./join-sent.tsx";
import { OwnPlace } from "./own-place.tsx";

/** What the card needs of an event. */
export type JoinableEvent = Pick<
  typeof schema.events.$inferSelect,
  | "id"
  | "state"
  | "hiddenAt"
  | "status"
  | "uri"
  | "startTime"
  | "endTime"
  | "joinMode"
  | "externalParticipationUrl"
  | "maximumAttendeeCapacity"
  | "seatsTaken"
  | "waitingList"
  | "maximumGuests"
  | "nameRequired"
  | "showCount"
>;

type Search = Record<string, string | string[] | undefined>;
type Props = {
  event: JoinableEvent;
  organizer: string;
  board: Pick<Board, "questions" | "waiting">;
  search: Search;
  now: Date;
};

/**
 * `#join`, for still markup: the form, one's own place, or why there is neither. `search` is the page's query: `form` names what was typed
 * before, or sent; `other` opens the form again. No query, one when a form comes back, and two for whoever is signed in.
 */
export async function joinCard({ event, organizer, board, search, now }: Props): Promise<ReactNode> {
  const [{ t }, who] = await Promise.all([getReader(), getSignedIn()]);
  const db = database();
  const obstacle = joinObstacle(event, 1, now);
  const state = await formState(t, search.form, eventPath(event.id), joinLabels(t, board.questions));
  const { kept } = state;
  const sent = kept?.outcome.startsWith("sent") ? kept : null;
  // Nothing typed is lost: a form that was refused comes back even where the last place has gone meanwhile.
  const open = obstacle === null || (obstacle === "event-full" && kept !== null);
  const own = who ? await getOwnPlace(db, event.id, who) : null;

  const { addressRetentionDays: retentionDays } = await ownInstance();
  const frame = (content: ReactNode) => (
    <JoinSection t={t}>
      <Counts event={event} obstacle={obstacle} t={t} />
      {content}
    </JoinSection>
  );
  if (own?.state) return frame(<OwnPlace t={t} place={own} />);
  if (sent && !search.other)
    return frame(<JoinSent t={t} eventId={event.id} sent={sent} wait={Boolean(search.wait)} />);
  if (open) {
    const waits = obstacle === null && mustWait(event, 1);
    const waiting = waits && event.showCount ? board.waiting : 0;
    const profiles = who && own?.proven ? await listOwnProfiles(who.viewer) : null;
    const shown = { t, event, organizer, questions: board.questions, state, waits, waiting, profiles };
    const props = { ...shown, retentionDays };
    return frame(<JoinForm {...props} />);
  }
  const errors = state.errors.map(({ sentence }) => ({ field: "", sentence }));
  if (obstacle === "join-external") return frame(<External event={event} t={t} />);
  return frame(
    <>
      <ErrorSummary t={t} errors={errors.filter(({ sentence }) => sentence !== t(`refusals.${obstacle}`))} />
      <p className="font-semibold">{t(`refusals.${obstacle}`)}</p>
      {obstacle === "event-full" && <p className="text-muted">{t("participation.fullHint")}</p>}
    </>,
  );
}

/** The profile that acts when none is chosen comes first. */
async function listOwnProfiles({ accountId, actorIds }: AccountViewer) {
  const profiles = await listActorsOf(database(), accountId);
  return profiles.sort((a, b) => Number(b.id === actorIds[0]) - Number(a.id === actorIds[0]));
}

type T = Awaited<ReturnType<typeof getReader>>["t"];

/** Plain facts, only where somebody decides with them, and only if the organiser shows them. */
function Counts({ event, obstacle, t }: { event: JoinableEvent; obstacle: Obstacle | null; t: T }) {
  if (!event.showCount || (obstacle !== null && obstacle !== "event-full")) return null;
  const left = placesLeft(event);
  const facts = [
    event.seatsTaken > 0 && t("participation.coming", { count: event.seatsTaken }),
    left !== null && left > 0 && t("participation.placesLeft", { count: left }),
  ].filter((fact) => fact !== false);
  if (facts.length === 0) return null;
  return (
    <p className="flex items-center gap-2">
      <Icon name="people" className="text-muted" />
      {facts.join(" · ")}
    </p>
  );
}

function External({ event, t }: { event: JoinableEvent; t: T }) {
  const url = event.externalParticipationUrl!;
  return (
    <>
      <p>{t("participation.external")}</p>
      <ButtonLink look="filled" href={url} rel="nofollow noopener noreferrer">
        {t("participation.externalButton", { host: new URL(url).host })}
        <Icon name="external" size={16} />
      </ButtonLink>
    </>
  );
}
