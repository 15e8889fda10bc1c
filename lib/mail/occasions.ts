import type { Db } from "#db/client.ts";
import { toldChanges } from "#lib/event/figure.ts";
import type {
  AccountMessage,
  AuthorMessage,
  DiscussionMessage,
  GroupMessage,
  MailMessage,
  ModerationMessage,
  StaffMessage,
} from "#lib/jobs/kinds.ts";
import { getAnnouncement } from "#lib/notification/announcement/queries.ts";
import { addressStopPath } from "#lib/notification/suppression/queries.ts";
import { keptBack } from "#lib/policy/event.ts";
import { presentStates } from "#lib/policy/participation.ts";
import { linkToken } from "#lib/secrets.ts";
import { absolute, participationPath } from "#lib/urls.ts";
import { type Full, liveLink } from "./matter.ts";
import { alreadyParticipating } from "./messages/already-participating.ts";
import { announced } from "./messages/announcement.ts";
import { confirmParticipation } from "./messages/confirm-participation.ts";
import { eventCancelled } from "./messages/event-cancelled.ts";
import { eventChanged } from "./messages/event-changed.ts";
import { eventDeleted } from "./messages/event-deleted.ts";
import { eventReminder } from "./messages/event-reminder.ts";
import type { Message } from "./messages/letter.ts";
import type { Matter } from "./messages/matter.ts";
import { participationApproved } from "./messages/participation-approved.ts";
import { participationLeft } from "./messages/participation-left.ts";
import { participationLinks } from "./messages/participation-links.ts";
import { participationReceipt } from "./messages/participation-receipt.ts";
import { participationRejected } from "./messages/participation-rejected.ts";
import { participationRequested } from "./messages/participation-requested.ts";
import { placeExpired } from "./messages/place-expired.ts";
import { placeOffered } from "./messages/place-offered.ts";
import { listParticipationsOf } from "./queries.ts";

type Occasion = {
  /** Asked for by the recipient just now: it goes out whatever they said about news of the event. */
  answer: boolean;
  /** Written within its address's allowance (`mailOnRequest`), and not counted again when it leaves. */
  counted?: boolean;
  /** About no single event: it comes from the server, not from an organiser. */
  ofServer?: boolean;
  /** Whether it is still true when it is about to leave. */
  holds: (row: Full) => boolean;
  write: (matter: Matter, row: Full, db: Db) => Message | Promise<Message>;
};

/** The event can be looked at by whoever takes part, is not called off and not over. */
const goesOn = ({ event, seen, now }: Full): boolean => seen && event.status !== "cancelled" && event.endTime > now;

const isIn =
  (...states: string[]) =>
  ({ participation }: Full): boolean =>
    states.includes(participation.state);

const present = isIn(...presentStates);

const kept = ({ event, participation }: Full) => keptBack(event, { accepted: participation.state === "accepted" });

/** Which start a reminder is of, in milliseconds. */
const remindedOf = ({ mail, event }: Full): number | undefined =>
  mail.data.startTime ? Date.parse(mail.data.startTime) : event.remindedOf?.getTime();

/** Every mail: when it holds, and what it says. */
export const occasions: Record<
  Exclude<
    MailMessage,
    AccountMessage | AuthorMessage | DiscussionMessage | GroupMessage | ModerationMessage | StaffMessage
  >,
  Occasion
> = {
  "confirm-participation": {
    answer: true,
    counted: true,
    holds: (row) =>
      isIn("unconfirmed", "left")(row) &&
      (row.participation.expiresAt === null || row.participation.expiresAt > row.now) &&
      liveLink(row.participation) !== null &&
      goesOn(row),
    write: confirmParticipation,
  },
  "already-participating": {
    answer: true,
    counted: true,
    holds: (row) => present(row) && goesOn(row),
    write: alreadyParticipating,
  },
  "participation-receipt": {
    answer: true,
    counted: true,
    holds: (row) => isIn("accepted")(row) && goesOn(row),
    write: participationReceipt,
  },
  "participation-requested": {
    answer: true,
    holds: (row) => isIn("pending", "waitlisted")(row) && goesOn(row),
    write: participationRequested,
  },
  "participation-approved": {
    answer: true,
    holds: (row) => isIn("accepted")(row) && goesOn(row),
    write: participationApproved,
  },
  "participation-rejected": {
    answer: true,
    counted: true,
    holds: (row) => isIn("rejected")(row) && row.open,
    write: (matter, { mail }) => participationRejected(matter, mail.data.reason),
  },
  "participation-left": {
    answer: true,
    holds: (row) => isIn("left", "rejected")(row) && row.open,
    write: participationLeft,
  },
  // Not news of the event but of one's own wish, and a place is lost by not answering.
  "place-offered": {
    answer: true,
    holds: (row) =>
      isIn("accepted")(row) &&
      row.participation.expiresAt !== null &&
      row.participation.expiresAt > row.now &&
      goesOn(row),
    write: placeOffered,
  },
  "place-expired": { answer: true, holds: (row) => isIn("left")(row) && goesOn(row), write: placeExpired },
  // Not of a start that has been moved away meanwhile, nor to who switched it off.
  "event-reminder": {
    answer: false,
    holds: (row) =>
      isIn("accepted")(row) &&
      row.participation.reminder &&
      goesOn(row) &&
      (row.event.startTime > row.now || row.event.allDay) &&
      remindedOf(row) === row.event.startTime.getTime(),
    write: (matter, { mail }) => eventReminder(matter, mail.data.reminder === "reminder-week"),
  },
  announcement: {
    answer: false,
    holds: (row) => present(row) && row.seen,
    write: async (matter, { mail }, db) => announced(matter, await getAnnouncement(db, mail.data.announcementId!)),
  },
  "participation-links": { answer: true, counted: true, ofServer: true, holds: () => true, write: writeLinks },
  "event-changed": {
    answer: false,
    holds: (row) => {
      const { before, after } = row.mail.data;
      return present(row) && goesOn(row) && !!before && !!after && toldChanges(before, after, kept(row)).length > 0;
    },
    write: (matter, { mail }) => eventChanged(matter, mail.data.before!, mail.data.after!),
  },
  "event-cancelled": {
    answer: false,
    holds: (row) => present(row) && row.open && row.event.status === "cancelled",
    write: eventCancelled,
  },
  "event-deleted": {
    answer: false,
    holds: (row) => present(row) && row.open && row.event.state === "deleted",
    write: eventDeleted,
  },
};

async function writeLinks(matter: Matter, { participation }: Full, db: Db): Promise<Message> {
  const rows = participation.emailKey ? await listParticipationsOf(db, participation.emailKey) : [];
  const participations = rows.map((row) => ({
    ...row,
    url: absolute(participationPath(linkToken("participation", row.id, row.tokenGeneration))),
  }));
  // Of no single event: neither is its stop link.
  const stop = participation.emailKey && {
    stopUrl: absolute(addressStopPath(participation.emailKey)),
    stopLabel: matter.t("mail.stopServer"),
  };
  return participationLinks({ ...matter, ...stop, participations });
}
