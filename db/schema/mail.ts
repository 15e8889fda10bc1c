import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, timestamp, uniqueIndex, uuid, varchar } from "drizzle-orm/pg-core";
import { bytea } from "../column-types.ts";
import { accounts, signUps } from "./account.ts";
import type { EventFigure } from "./event.ts";
import { memberships } from "./group.ts";
import { participations } from "./participation.ts";
import { eventStaff } from "./staff.ts";

/** What a message needs besides its subject's rows: never an address, a name or a token. */
export type MailData = {
  before?: EventFigure;
  after?: EventFigure;
  /** The row of `account_tokens` whose link the mail carries. */
  tokenId?: string;
  /** The row of `announcements` that the mail carries. */
  announcementId?: string;
  /** The row of `memberships`, of somebody else, that the mail tells of. */
  membershipId?: string;
  /** The group that is no more; or whose circle somebody is of no more: how many of their places went with that. */
  groupId?: string;
  count?: number;
  /** The group that has become it. */
  formerId?: string;
  /** The discussion in which something was written. */
  discussionId?: string;
  /** The message in it in which somebody was named when its words changed. */
  messageId?: string;
  /** The comment in which somebody is named. */
  commentId?: string;
  /** The event that a group (`groupId`) has no more. */
  eventId?: string;
  /** News of a kind, of the time between two instants. */
  subject?: string;
  since?: string;
  until?: string;
  /** A reminder that an account chose, and the start that it reminds of. */
  reminder?: "reminder-week" | "reminder-morning";
  startTime?: string;
  /** What an organiser says to somebody who is declined. */
  reason?: string;
  /** The row of `flags` that the mail tells of, and what was decided about it. */
  flagId?: string;
  decision?: "hide" | "show" | "erase" | "suspend" | "restore";
  /** What changed on an account. */
  notice?: "password" | "address" | "address-restored" | "identity";
};

/**
 * A mail that must leave: written in the transaction of its fact, sent by the worker. The id is Message-ID and
 * idempotency key, `createdAt` is Date and DTSTAMP, so that a retry sends the same bytes under the same key.
 */
export const mails = pgTable(
  "mails",
  {
    id: uuid().primaryKey(),
    message: varchar({ length: 40 }).notNull(),
    participationId: uuid().references(() => participations.id, { onDelete: "cascade" }),
    accountId: uuid().references(() => accounts.id, { onDelete: "cascade" }),
    signUpId: uuid().references(() => signUps.id, { onDelete: "cascade" }),
    /** Somebody who is invited to help with an event. */
    staffId: uuid().references(() => eventStaff.id, { onDelete: "cascade" }),
    /** Somebody who is invited into a group, or has asked to come in. */
    membershipId: uuid().references(() => memberships.id, { onDelete: "cascade" }),
    /** One fact, one mail: a fan-out that runs twice finds the row. */
    dedupe: varchar({ length: 120 }),
    data: jsonb().$type<MailData>().notNull().default({}),
    state: varchar({ length: 8 }).notNull().default("queued"),
    reason: varchar({ length: 500 }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    sentAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("mails_dedupe").on(t.dedupe),
    index("mails_participation").on(t.participationId),
    index("mails_account").on(t.accountId),
    index("mails_sign_up").on(t.signUpId),
    index("mails_staff").on(t.staffId),
    index("mails_membership").on(t.membershipId),
    index("mails_finished").on(t.createdAt).where(sql`state <> 'queued'`),
    check("mails_state", sql`${t.state} in ('queued', 'sent', 'dropped', 'failed')`),
    check(
      "mails_subject",
      sql`num_nonnulls(${t.participationId}, ${t.accountId}, ${t.signUpId}, ${t.staffId}, ${t.membershipId}) = 1`,
    ),
    check("mails_data_length", sql`length(${t.data}::text) <= 12000`),
  ],
);

/**
 * Who gets no more mail, as HMACs: of a canonical address (nothing from this server), or of a participation (nothing
 * more about that event). Neither can be turned back into a person.
 */
export const suppressions = pgTable(
  "suppressions",
  {
    key: bytea().primaryKey(),
    reason: varchar({ length: 16 }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [check("suppressions_reason", sql`${t.reason} in ('asked', 'bounce', 'complaint')`)],
);
