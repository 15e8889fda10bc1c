/** Where the reading of a list stopped: before which page, when it began, how many people it has seen in how many steps. */
export type RosterPlace = { page: string; since: string; people: number; steps: number };

/** Every kind of job and what it carries: ids only, so that queue and dead letters hold nothing personal. */
export type Jobs = {
  /** Sends one row of `mails`. */
  mail: { mailId: string };
  /** Tells an event's participants what changed since the notice was opened. */
  "event-changed": { noticeId: string };
  /** Writes one mail a participant: cancelled, deleted. */
  "event-called-off": { eventId: string; message: "event-cancelled" | "event-deleted" };
  /** Writes one mail for each who is to have an organiser's message. */
  announcement: { announcementId: string };
  /** Publishes what was scheduled. */
  "event-publication": { eventId: string };
  /** Ends what somebody who deleted their account had begun: events, participations, profiles. */
  "account-left": { accountId: string };
  /** Ends what a group that was closed had begun: its events, its memberships. */
  "group-closed": { groupId: string };
  /** Gives back what a member or follower no more has at the events of a group, or of somebody, that are for some alone. */
  "circle-left": { organizerId: string; actorId: string };
  /** Leads those who belong to a group that has moved, or follow it, to where it is now. */
  "group-moved": { groupId: string };
  /** Moves the waiting lists on: held places lapse, free ones are offered. */
  "waiting-list": Record<string, never>;
  /** Reminds participants of what starts soon. */
  reminders: Record<string, never>;
  /** Tells people what is new: where they organise, whom they follow, what their groups discuss. */
  news: Record<string, never>;
  /** Tells other servers what became of an event. */
  "event-out": { eventId: string };
  /** Tells them in words what changed of it. */
  "event-note": { noticeId: string };
  /** Passes an organiser's message on to those who take part from elsewhere. */
  "announcement-out": { announcementId: string };
  /** Tells them what became of a profile. */
  "actor-out": { actorId: string };
  /** Asks another server to let somebody follow, or ends it. */
  "follow-out": { followId: string };
  /** Answers somebody of another server who asked to follow. */
  "follow-answer": { followId: string };
  /**
   * Tells another server what became of somebody's belonging to a group, theirs or ours; `again`: what was asked and is not answered
   * is asked once more.
   */
  "membership-out": { membershipId: string; again?: boolean };
  /** Reads from the server of a group who belongs to it; `from`: where a reading goes on that is too long for one step. */
  roster: { groupId: string; from?: RosterPlace };
  /** Asks the server of a group to do what somebody here may do there. */
  "ask-out": { askId: string };
  /** Asks another server for a place, or gives it back. */
  "participation-out": { participationId: string; again?: boolean };
  /** Tells other servers what became of a comment. */
  "comment-out": { commentId: string };
  /** Tells other servers what became of a discussion among members, or of something said in one. */
  "discussion-out": { discussionId: string };
  "message-out": { messageId: string };
  /** Tells other servers what became of a link or folder of a group. */
  "resource-out": { resourceId: string };
  /** Tells other servers what became of a group's post; `actorId`: who says so to the server of a group elsewhere. */
  "post-out": { postId: string; actorId?: string | null };
  /** Reads what somebody said before they were followed. */
  "read-outbox": { actorId: string };
  /** Reads what was in a group of another server before somebody here joined it; `tries`: how often that came to nothing. */
  "read-group": { membershipId: string; tries?: number };
  /** Tells another server of a report about somebody of theirs. */
  "flag-out": { flagId: string };
  /** Reads an event of another server again. */
  mirror: { eventId: string };
  /** Reads from its own server what somebody else passed on. */
  "passed-on": { uri: string };
  /** Fetches a picture of another server, to show it from here. */
  picture: { mediaId: string };
  /** Fetches the pictures with which a group of another server shows itself. */
  "actor-pictures": { actorId: string };
  /** Reads what the page behind a link of a group says of itself. */
  "resource-preview": { resourceId: string };
  /** Answers who asked from another server to take part. */
  "participation-answers": Record<string, never>;
  /** Brings one server what it has still to get. */
  delivery: { host: string };
  /** Wakes the servers whose time has come. */
  deliveries: Record<string, never>;
  /** Erases what has been kept long enough. */
  purge: Record<string, never>;
};

/** Every mail that Parvis writes, by the name of its file in `lib/mail/messages`. */
export type MailMessage =
  | "confirm-participation"
  | "already-participating"
  | "participation-receipt"
  | "participation-requested"
  | "participation-approved"
  | "participation-rejected"
  | "participation-left"
  | "participation-links"
  | "place-offered"
  | "place-expired"
  | "event-reminder"
  | "announcement"
  | "event-changed"
  | "event-cancelled"
  | "event-deleted"
  | AuthorMessage
  | StaffMessage
  | GroupMessage
  | ModerationMessage
  | DiscussionMessage
  | AccountMessage;

/** Mails to somebody who helps with an event, or is asked to. */
export type StaffMessage = "event-invitation" | "organizer-news";

/** Mails to whoever made an event for a group, about what that did to it. */
export type AuthorMessage = "event-taken-out" | "event-refused" | "event-removed";

/** Mails to somebody who is asked into a group, belongs to it, or asks to. */
export type GroupMessage =
  | "group-invitation"
  | "group-request"
  | "group-requests"
  | "group-answer"
  | "group-moved"
  | "group-closed"
  | "places-returned";

/** Mails to those who moderate, and to whoever they decided about. */
export type ModerationMessage = "report" | "moderation-notice";

/** Mails about what is said: among the members of a group, or under an event. */
export type DiscussionMessage = "discussion-news" | "discussion-named" | "comment-named";

/** Mails to somebody who has an account, or asks for one. */
export type AccountMessage =
  | "confirm-sign-up"
  | "address-known"
  | "sign-up-approved"
  | "sign-up-rejected"
  | "sign-in-link"
  | "reset-password"
  | "confirm-address"
  | "address-changed"
  | "account-notice"
  | "account-deleted";

export type JobKind = keyof Jobs;

type Retries = { retryLimit: number; retryDelay: number; retryDelayMax: number };

/**
 * Seconds; back-off doubles from `retryDelay` to `retryDelayMax`, with jitter. Together about a week for what leaves.
 * The first delay also follows a killed worker: it stays far below the 60 s in which its job must run again.
 */
export const jobKinds: Record<JobKind, Retries> = {
  mail: { retryLimit: 60, retryDelay: 5, retryDelayMax: 3 * 3600 },
  "event-changed": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "event-called-off": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  announcement: { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "event-publication": { retryLimit: 60, retryDelay: 5, retryDelayMax: 600 },
  "account-left": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "group-closed": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "circle-left": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "group-moved": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "waiting-list": { retryLimit: 5, retryDelay: 5, retryDelayMax: 60 },
  news: { retryLimit: 5, retryDelay: 5, retryDelayMax: 30 },
  reminders: { retryLimit: 5, retryDelay: 5, retryDelayMax: 120 },
  "event-out": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "event-note": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "announcement-out": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "actor-out": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "follow-out": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "follow-answer": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "membership-out": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  roster: { retryLimit: 2, retryDelay: 5, retryDelayMax: 60 },
  "ask-out": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "participation-out": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "comment-out": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "discussion-out": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "message-out": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "resource-out": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "post-out": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  "read-outbox": { retryLimit: 3, retryDelay: 30, retryDelayMax: 600 },
  "read-group": { retryLimit: 3, retryDelay: 30, retryDelayMax: 600 },
  "flag-out": { retryLimit: 30, retryDelay: 5, retryDelayMax: 3600 },
  mirror: { retryLimit: 2, retryDelay: 30, retryDelayMax: 600 },
  "passed-on": { retryLimit: 2, retryDelay: 30, retryDelayMax: 600 },
  picture: { retryLimit: 3, retryDelay: 30, retryDelayMax: 3600 },
  "actor-pictures": { retryLimit: 3, retryDelay: 30, retryDelayMax: 3600 },
  "resource-preview": { retryLimit: 3, retryDelay: 30, retryDelayMax: 600 },
  "participation-answers": { retryLimit: 5, retryDelay: 5, retryDelayMax: 60 },
  // Days of patience live with the peer: this job is woken again by `deliveries`.
  delivery: { retryLimit: 3, retryDelay: 5, retryDelayMax: 60 },
  deliveries: { retryLimit: 3, retryDelay: 5, retryDelayMax: 30 },
  purge: { retryLimit: 5, retryDelay: 5, retryDelayMax: 600 },
};

/** Kinds of which one waits and one runs at most for each `once`: a second order while one waits is the same order. */
export const onceEach: JobKind[] = [
  "delivery",
  "mirror",
  "roster",
  "passed-on",
  "actor-pictures",
  "participation-answers",
];

export const deadLetters = "dead";

/** Kinds that run by themselves, with their cron expression (UTC). */
export const schedules: Partial<Record<JobKind, string>> = {
  purge: "*/15 * * * *",
  "waiting-list": "* * * * *",
  reminders: "*/5 * * * *",
  news: "* * * * *",
  deliveries: "* * * * *",
  "participation-answers": "* * * * *",
};
