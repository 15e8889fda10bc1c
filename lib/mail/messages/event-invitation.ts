import type { Locale, Translate } from "#lib/locale/index.ts";
import { type Block, cut, isolated, type Message, write } from "./letter.ts";
import { paragraph, serverName, whenWords } from "./matter.ts";

/** What an invitation to help with an event is about: plain values, already cut to what this reader may know. */
export type InvitationMatter = {
  locale: Locale;
  t: Translate;
  host: string;
  instance: string;
  /** The page behind the mail's link. */
  url: string;
  /** When that link dies, in words. */
  until: string;
  role: "organizer" | "moderator" | "helper";
  event: {
    name: string;
    organizer: string;
    startTime: Date;
    endTime: Date;
    endWall: string | null;
    allDay: boolean;
    timezone: string;
  };
  /** Where invitations by mail are stopped for whoever has an account, and all mail for others. */
  stopUrl: string;
  /** The reader has an account, whose address is proven. */
  proven: boolean;
  /** Who may open an account here. */
  registration: "open" | "approval" | "closed";
};

/**
 * Somebody is asked to help with an event: which, as what, and that nothing happens before they say so; without an account,
 * how one is had.
 */
export function eventInvitation(matter: InvitationMatter): Message {
  const { locale, t, event, role, url, until, stopUrl, proven, registration, host } = matter;
  const name = isolated(cut(event.name, 120));
  const organizer = isolated(cut(event.organizer, 100));
  const notes: Block[] = [
    { kind: "note", text: t("mail.notYou") },
    { kind: "note", text: t(proven ? "mail.fromAccount" : "mail.fromYou", { server: serverName(matter) }) },
    { kind: "note", text: t(proven ? "notice.stopInvitations" : "mail.stopServer"), url: stopUrl },
  ];
  return write(t("staff.mailSubject", { name: isolated(cut(event.name, 40)) }), {
    locale,
    t,
    strip: null,
    heading: t("staff.mailTitle"),
    blocks: [
      paragraph(t("staff.mailText", { organizer, name, role: t(`staff.role_${role}`) })),
      {
        kind: "facts",
        title: name,
        facts: [
          { label: t("mail.when"), value: whenWords(locale, t, event) },
          { label: t("mail.organizer"), value: organizer },
        ],
      },
      { kind: "button", label: t("staff.mailButton"), url },
      paragraph(t("staff.mailLife", { until })),
      ...(proven ? [] : [paragraph(t(`invitation.mail_${registration}`, { host }))]),
      ...notes,
    ],
  });
}
