/** How often somebody hears of something. `at-once` also means "yes" where there is nothing to gather. */
export const cadences = ["off", "at-once", "hourly", "daily", "weekly"] as const;
export type Cadence = (typeof cadences)[number];

/** What is gathered for those who run an event: who asks, who comes, who writes. */
export const organizerSubjects = ["requests", "newcomers", "comments"] as const;

/** The same for those who follow, or belong to a group: what was published. */
export const followerSubjects = ["followed", "posts"] as const;

export const newsSubjects = [...organizerSubjects, ...followerSubjects] as const;
export type NewsSubject = (typeof newsSubjects)[number];

/** Reminders of what one takes part in. */
export const reminderSubjects = ["reminder-week", "reminder-day", "reminder-morning"] as const;
export type ReminderSubject = (typeof reminderSubjects)[number];

export const subjects = [...reminderSubjects, ...newsSubjects, "discussions", "invitations", "mentions"] as const;
export type Subject = (typeof subjects)[number];

export type Matrix = Record<Subject, Cadence>;

/** What holds for whoever chose nothing. */
export const defaults: Matrix = {
  "reminder-week": "off",
  "reminder-day": "at-once",
  "reminder-morning": "off",
  requests: "at-once",
  newcomers: "daily",
  comments: "at-once",
  followed: "daily",
  posts: "daily",
  discussions: "daily",
  invitations: "at-once",
  mentions: "at-once",
};

/** Whether a word names a row of the matrix. */
export const isSubject = (value: string): value is Subject => (subjects as readonly string[]).includes(value);
/** What is gathered, and told from the moment on at which it is wished. */
export const isGathered = (subject: Subject): boolean =>
  subject === "discussions" || (newsSubjects as readonly string[]).includes(subject);

/** How often somebody hears of one discussion. */
export const discussionCadences = ["off", "at-once", "daily", "weekly"] as const;
