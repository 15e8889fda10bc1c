import type { Locale, Translate } from "#lib/locale/index.ts";
import { type Block, cut, isolated, line, lines, type Message, write } from "./letter.ts";
import { paragraph, serverName } from "./matter.ts";

/** What a group's mail is about: plain values, already cut to what this reader may know. */
export type GroupMatter = {
  locale: Locale;
  t: Translate;
  host: string;
  instance: string;
  group: { name: string; summary: string };
  /** Who invites, who asks, whom the answer is for, or what group it was before, with their address. */
  person: string;
  /** The page behind the button. */
  url: string;
  /** When that link dies, in words; empty where it does not. */
  until: string;
  /** What somebody says who asks to come in. */
  message: string;
  /** Where all mail from here is stopped, or for an account mail of this kind; null for what answers it. */
  stopUrl: string | null;
  /** The reader has an account, whose address is proven. */
  proven: boolean;
  /** Who may open an account here. */
  registration: "open" | "approval" | "closed";
};

type Parts = {
  subject: string;
  heading: string;
  text: string;
  quote?: string;
  button?: string;
  after?: string[];
  /** What an account's link stops. */
  stop?: string;
};

const names = ({ group, person }: GroupMatter) => ({
  group: isolated(cut(group.name, 100)),
  person: isolated(cut(person, 140)),
});

function groupLetter(matter: GroupMatter, { subject, heading, text, quote, button, after = [], stop }: Parts): Message {
  const { locale, t, instance, host, url, stopUrl, proven } = matter;
  const blocks: Block[] = [paragraph(text)];
  if (quote) blocks.push({ kind: "quote", text: lines(quote).slice(0, 1000) });
  if (button) blocks.push({ kind: "button", label: button, url });
  blocks.push(...after.map(paragraph));
  if (!proven) blocks.push({ kind: "note", text: t("mail.notYou") });
  const from = t("accountMail.from", { name: line(instance), host });
  blocks.push({ kind: "note", text: proven ? from : t("mail.fromYou", { server: serverName(matter) }) });
  const label = proven ? stop : t("mail.stopServer");
  if (stopUrl && label) blocks.push({ kind: "note", text: label, url: stopUrl });
  return write(subject, { locale, t, strip: null, heading, blocks });
}

const shortName = ({ group }: GroupMatter) => isolated(cut(group.name, 40));

/**
 * Somebody is asked into a group: into which, by whom, and that nothing happens before they say so; without an account,
 * how one is had.
 */
export const groupInvitation = (matter: GroupMatter): Message =>
  groupLetter(matter, {
    subject: matter.t("groupMail.invitationSubject", { group: shortName(matter) }),
    heading: matter.t("groupMail.invitationTitle"),
    text: matter.t(matter.person ? "groupMail.invitationText" : "groupMail.invitationBare", names(matter)),
    quote: cut(matter.group.summary, 300),
    button: matter.t("groupMail.invitationButton"),
    after: [
      matter.t("groupMail.invitationLife", { until: matter.until }),
      ...(matter.proven ? [] : [matter.t(`invitation.mail_${matter.registration}`, { host: matter.host })]),
      ...(matter.proven || matter.registration !== "closed" ? [] : [matter.t("groupMail.invitationElsewhere")]),
    ],
    stop: matter.t("notice.stopInvitations"),
  });

/** Those who answer are told that somebody asks to come in, and what they say. */
export const groupRequest = (matter: GroupMatter): Message =>
  groupLetter(matter, {
    subject: matter.t("groupMail.requestSubject", { group: shortName(matter) }),
    heading: matter.t("groupMail.requestTitle"),
    stop: matter.t("notice.requestsStop"),
    text: matter.t("groupMail.requestText", names(matter)),
    quote: matter.message,
    button: matter.t("groupMail.requestButton"),
  });

/** Those who administer a group are told of many who ask at once: how many wait by now. */
export const groupRequests = (matter: GroupMatter, count: number): Message =>
  groupLetter(matter, {
    subject: matter.t("groupMail.requestsSubject", { group: shortName(matter) }),
    heading: matter.t("groupMail.requestsTitle", { count }),
    stop: matter.t("notice.requestsStop"),
    text: matter.t("groupMail.requestsText", { ...names(matter), count }),
    button: matter.t("groupMail.requestsButton"),
  });

/** Whoever asked to come in hears what the group says; also who is a member no more. */
export function groupAnswer(matter: GroupMatter, state: "member" | "rejected" | "removed"): Message {
  const { t } = matter;
  return groupLetter(matter, {
    subject: t("groupMail.answerSubject", { group: shortName(matter) }),
    heading: t(`groupMail.answerTitle_${state}`),
    text: t(`groupMail.answerText_${state}`, names(matter)),
    button: t("groupMail.answerButton"),
  });
}

/** The members are told that their group is another now, on another server, and what they are there. */
export function groupMoved(matter: GroupMatter, became: "member" | "requested" | "invited" | "stranger"): Message {
  const { t } = matter;
  return groupLetter(matter, {
    subject: t("groupMail.movedSubject", { group: shortName(matter) }),
    heading: t("groupMail.movedTitle"),
    text: t("groupMail.movedText", names(matter)),
    button: t("groupMail.movedButton"),
    after: [t(`groupMail.moved_${became}`)],
  });
}

/** The members are told that their group is no more. */
export const groupClosed = (matter: GroupMatter): Message =>
  groupLetter(matter, {
    subject: matter.t("groupMail.closedSubject", { group: shortName(matter) }),
    heading: matter.t("groupMail.closedTitle"),
    text: matter.t("groupMail.closedText", names(matter)),
    button: matter.t("mail.otherEvents"),
  });

/** A member or follower no more is told how many places went with that; not at which events, which are not theirs to see. */
export const placesReturned = (matter: GroupMatter, count: number): Message =>
  groupLetter(matter, {
    subject: matter.t("groupMail.returnedSubject", { group: shortName(matter) }),
    heading: matter.t("groupMail.returnedTitle", { count }),
    text: matter.t("groupMail.returnedText", { ...names(matter), count }),
    button: matter.t("groupMail.returnedButton"),
  });
