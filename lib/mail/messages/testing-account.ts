import { type Locale, translator } from "#lib/locale/index.ts";
import { accountDeleted } from "./account-deleted.ts";
import type { AccountMatter } from "./account-matter.ts";
import { accountNotice } from "./account-notice.ts";
import { addressChanged } from "./address-changed.ts";
import { addressKnown } from "./address-known.ts";
import { commentNamed } from "./comment-named.ts";
import { confirmAddress } from "./confirm-address.ts";
import { confirmSignUp } from "./confirm-sign-up.ts";
import { eventAuthor } from "./event-author.ts";
import { eventInvitation } from "./event-invitation.ts";
import {
  type GroupMatter,
  groupAnswer,
  groupClosed,
  groupInvitation,
  groupMoved,
  groupRequest,
  groupRequests,
  placesReturned,
} from "./group.ts";
import type { Message } from "./letter.ts";
import { type ModerationMatter, moderationNotice, report } from "./moderation.ts";
import { type NewsMatter, organizerNews } from "./organizer-news.ts";
import { resetPassword } from "./reset-password.ts";
import { signInLink } from "./sign-in-link.ts";
import { signUpApproved } from "./sign-up-approved.ts";
import { signUpRejected } from "./sign-up-rejected.ts";

const token = "k3JpZ2h0LW9wZW4tc3F1YXJlLXRva2VuLWZvci10ZXN0";

/** A plain matter of an account in one language. */
const accountMatter = (locale: Locale, more: Partial<AccountMatter> = {}): AccountMatter => ({
  locale,
  t: translator(locale),
  host: "parvis.example",
  instance: "Parvis de Lyon",
  home: "https://parvis.example/",
  signIn: "https://parvis.example/sign-in",
  url: `https://parvis.example/sign-in/${token}`,
  until: locale === "en" ? "Tuesday 24 November at 14:00 CET" : "mardi 24 novembre à 14:00 UTC+1",
  handle: "@bricoleuses_de_la_croix_rousse",
  address: "a…@example.org",
  notice: null,
  invitedTo: null,
  stopUrl: `https://parvis.example/unsubscribe/${token}`,
  ...more,
});

/** Each mail of a group as one example. */
function everyGroupMessage(proven: AccountMatter, stranger: AccountMatter): Record<string, Message> {
  const more = {
    group: { name: "Les Bricoleuses de la Croix-Rousse", summary: "On répare, on prête, on apprend." },
    person: "Ada Lovelace (@ada)",
    message: "I have two left hands and a soldering iron.",
  };
  const of = (matter: AccountMatter): GroupMatter => ({
    ...matter,
    ...more,
    proven: matter.stopUrl === null,
    registration: "open",
  });
  return {
    "group-invitation": groupInvitation(of(stranger)),
    "group-invitation bare": groupInvitation({ ...of(stranger), person: "" }),
    "group-request": groupRequest(of(proven)),
    "group-requests": groupRequests(of(proven), 34),
    "group-answer member": groupAnswer(of(proven), "member"),
    "group-answer rejected": groupAnswer(of(proven), "rejected"),
    "group-answer removed": groupAnswer(of(proven), "removed"),
    "group-moved": groupMoved(of(proven), "requested"),
    "group-moved stranger": groupMoved(of(proven), "stranger"),
    "group-closed": groupClosed(of(proven)),
    "places-returned": placesReturned(of(proven), 2),
  };
}

/** A report, and each decision about what it names. */
function everyModerationMessage(locale: Locale): Record<string, Message> {
  const event: ModerationMatter = {
    ...accountMatter(locale),
    ...{
      kind: "event",
      name: "Repair café de la Croix-Rousse",
      content: "They ask for money.\nAt the door.",
      others: 3,
    },
  };
  const comment = { ...event, kind: "comment", name: "Buy cheap watches" } as const;
  const profile = { ...event, kind: "actor", name: "Les Bricoleuses" } as const;
  return {
    "report event": report(event),
    "report comment": report({ ...comment, others: 0 }),
    "report actor": report({ ...profile, content: "", others: 1 }),
    "moderation-notice hide": moderationNotice(event, "hide"),
    "moderation-notice show": moderationNotice(event, "show"),
    "moderation-notice comment": moderationNotice(comment, "hide"),
    "moderation-notice comment back": moderationNotice(comment, "show"),
    "moderation-notice suspend": moderationNotice(profile, "suspend"),
    "moderation-notice restore": moderationNotice(profile, "restore"),
  };
}

/** News of one event, and of several. */
function everyNews(locale: Locale): Record<string, Message> {
  const of = (name: string, count: number, names: string[]) => ({
    ...{ name, count, names, startTime: new Date("2026-12-12T13:00:00Z"), timezone: "Europe/Paris", allDay: false },
    url: "https://parvis.example/dashboard/events/0193a/participants",
  });
  const repair = of("Repair café de la Croix-Rousse", 7, ["Ada", "", "Zoé", "أحمد", "Bob"]);
  const matter = (subject: NewsMatter["subject"], ...events: NewsMatter["events"]): NewsMatter => ({
    ...accountMatter(locale),
    ...{ now: new Date("2026-11-23T12:00:00Z"), subject, events },
    desk: "https://parvis.example/dashboard",
    settings: "https://parvis.example/settings/notifications",
    stopUrl: `https://parvis.example/unsubscribe/${subject}~0193a.${token}`,
  });
  return {
    "organizer-news requests": organizerNews(matter("requests", repair)),
    "organizer-news newcomers": organizerNews(matter("newcomers", of("Bal", 1, ["Ada"]), repair)),
    "organizer-news followed": organizerNews(matter("followed", of("Bal", 1, ["Les Bricoleuses"]), repair)),
    "organizer-news posts": organizerNews(matter("posts", of("Bal", 1, ["Les Bricoleuses"]))),
    "organizer-news comments": organizerNews(
      matter("comments", of("Bal", 1, ["Ada"]), repair, of("Lecture", 2, ["Bob", "Cid"])),
    ),
  };
}

/** Each mail about an account as one example; for those who have proven their address, without the way to stop mail. */
export function everyAccountMessage(locale: Locale): Record<string, Message> {
  const stranger = accountMatter(locale);
  const proven = accountMatter(locale, { stopUrl: null });
  const notice = (what: AccountMatter["notice"]) => accountNotice({ ...proven, notice: what });
  const authored = {
    ...proven,
    name: "Repair café de la Croix-Rousse",
    group: "Les Bricoleuses (@bricoleuses@clubs.example)",
    inner: false,
    url: "https://parvis.example/dashboard/events/0193a",
  };
  return {
    "confirm-sign-up": confirmSignUp(stranger),
    "address-known": addressKnown(proven),
    "sign-up-approved": signUpApproved(proven),
    "sign-up-approved invited": signUpApproved({ ...proven, invitedTo: "Les Bricoleuses de la Croix-Rousse" }),
    "sign-up-rejected": signUpRejected(proven),
    "sign-in-link": signInLink(proven),
    "reset-password": resetPassword(proven),
    "confirm-address": confirmAddress(stranger),
    "address-changed": addressChanged(proven),
    "account-notice password": notice("password"),
    "account-notice address": notice("address"),
    "account-notice restored": notice("address-restored"),
    "account-notice identity": notice("identity"),
    "account-deleted": accountDeleted(proven),
    ...everyNews(locale),
    "comment-named": commentNamed({
      ...proven,
      name: "Repair café de la Croix-Rousse",
      who: "Ada Lovelace",
      text: "@bob, do you still have the soldering iron?",
      url: "https://parvis.example/comments/0193a",
      settings: "https://parvis.example/settings/notifications",
      stopUrl: `https://parvis.example/unsubscribe/${token}`,
    }),
    "event-taken-out": eventAuthor(authored, "event-taken-out"),
    "event-taken-out inner": eventAuthor({ ...authored, inner: true }, "event-taken-out"),
    "event-refused": eventAuthor(authored, "event-refused"),
    "event-removed": eventAuthor(authored, "event-removed"),
    "event-invitation": eventInvitation({
      ...stranger,
      proven: false,
      registration: "open",
      stopUrl: `https://parvis.example/unsubscribe/${token}`,
      url: `https://parvis.example/invitations/${token}`,
      role: "organizer",
      event: {
        name: "Repair café de la Croix-Rousse",
        organizer: "Les Bricoleuses",
        startTime: new Date("2026-12-12T13:00:00Z"),
        endTime: new Date("2026-12-12T16:00:00Z"),
        endWall: "2026-12-12 17:00:00",
        allDay: false,
        timezone: "Europe/Paris",
      },
    }),
    ...everyGroupMessage(proven, stranger),
    ...everyModerationMessage(locale),
  };
}
