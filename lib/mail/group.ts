import type { Db } from "#db/client.ts";
import { excerpt } from "#lib/html.ts";
import type { GroupMessage } from "#lib/jobs/kinds.ts";
import { dateFormat } from "#lib/locale/dates.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import type { Subject } from "#lib/notification/choice/matrix.ts";
import { getCadence } from "#lib/notification/choice/queries.ts";
import { addressStopPath, choiceStopPath } from "#lib/notification/suppression/queries.ts";
import { addressKey, linkToken } from "#lib/secrets.ts";
import { absolute, actorPath, groupDeskPath, groupInvitationPath, ownHost } from "#lib/urls.ts";
import type { Written } from "./compose.ts";
import {
  type GroupMatter,
  groupAnswer,
  groupClosed,
  groupInvitation,
  groupMoved,
  groupRequest,
  groupRequests,
  placesReturned,
} from "./messages/group.ts";
import type { Message } from "./messages/letter.ts";
import type { getGroupMail } from "./queries.ts";

type Row = NonNullable<Awaited<ReturnType<typeof getGroupMail>>>;
type Person = { name: string; handle: string; host: string | null };

type Occasion = {
  /** Whether it is still true when it is about to leave. */
  holds: (row: Row) => boolean;
  url: (row: Row) => string;
  person: (row: Row) => Person | null;
  write: (matter: GroupMatter, row: Row) => Message;
  /** The row of an account's matrix that says whether it is mailed; without one it answers its reader. */
  subject?: Subject;
};

/** What somebody is to the group that theirs has become, or how one comes to be. */
const becameOf = (state: string | undefined, { openness }: { openness: string | null }) =>
  state === "member" || state === "requested" ? state : openness === "invite_only" ? "invited" : "stranger";

const answered = ["member", "rejected", "removed"] as const;

const occasions: Record<GroupMessage, Occasion> = {
  "group-invitation": {
    holds: ({ membership, now }) => membership?.state === "invited" && membership.expiresAt! > now,
    url: ({ membership }) => groupInvitationPath(linkToken("membership", membership!.id, 0)),
    person: ({ inviter }) => inviter,
    write: groupInvitation,
    subject: "invitations",
  },
  "group-request": {
    holds: ({ membership }) => membership?.state === "requested",
    url: ({ group }) => `${groupDeskPath(group!.id)}/requests`,
    person: ({ member }) => member,
    write: groupRequest,
    subject: "requests",
  },
  "group-requests": {
    holds: ({ asking }) => asking > 0,
    url: ({ group }) => `${groupDeskPath(group!.id)}/requests`,
    person: () => null,
    write: (matter, { asking }) => groupRequests(matter, asking),
    subject: "requests",
  },
  "group-answer": {
    holds: ({ membership }) => answered.some((state) => state === membership?.state),
    url: ({ group }) => actorPath(group!.handle, group!.host),
    person: ({ member }) => member,
    write: (matter, { membership }) => groupAnswer(matter, membership!.state as (typeof answered)[number]),
  },
  "group-moved": {
    holds: ({ former }) => former?.movedTo != null,
    url: ({ group }) => actorPath(group!.handle, group!.host),
    person: ({ former }) => former,
    write: (matter, { membership, group }) => groupMoved(matter, becameOf(membership?.state, group!)),
  },
  "group-closed": {
    holds: ({ group }) => group?.deletedAt != null,
    url: () => "/",
    person: () => null,
    write: groupClosed,
  },
  "places-returned": {
    holds: ({ mail }) => mail.data.count !== undefined,
    url: ({ group }) => actorPath(group!.handle, group!.host),
    person: () => null,
    write: (matter, { mail }) => placesReturned(matter, mail.data.count!),
  },
};

/** Whether a mail is one of these. */
export const isOfGroup = (message: string): message is GroupMessage => Object.hasOwn(occasions, message);

const called = (person: Person | null) =>
  person ? `${person.name || person.handle} (@${person.handle}${person.host ? `@${person.host}` : ""})` : "";

/** A group's mail in the words of whom it is for; null when it is true no more, not wished, or has no address to go to. */
export async function groupLetterOf(db: Db, row: Row): Promise<Written | null> {
  const { mail, membership, group, account, instance } = row;
  const to = account?.email ?? membership?.email;
  if (!group || !to || !isOfGroup(mail.message)) return null;
  const occasion = occasions[mail.message];
  if (!occasion.holds(row) || (group.deletedAt && mail.message !== "group-closed")) return null;
  const { subject } = occasion;
  if (account && subject && (await getCadence(db, account.id, subject)) === "off") return null;
  const locale = asLocale(account?.language ?? membership?.language);
  const day = { weekday: "long", day: "numeric", month: "long" } as const;
  const until = membership?.expiresAt;
  // Whoever has an account here has proven the address; anybody else may not have asked for anything.
  const path = account ? subject && choiceStopPath(account.id, subject) : addressStopPath(addressKey(to));
  const stop = path ? absolute(path) : null;
  const matter: GroupMatter = {
    locale,
    t: translator(locale),
    host: ownHost(),
    instance: instance.name,
    group: {
      name: group.host ? called(group) : group.name || group.handle,
      summary: excerpt(group.summary, group.host ? "text/html" : "text/markdown", 300),
    },
    person: called(occasion.person(row)),
    url: absolute(occasion.url(row)),
    until: until ? dateFormat(locale, account?.timezone ?? "UTC", day).format(until) : "",
    message: membership?.message ?? "",
    stopUrl: stop,
    proven: account !== null,
    registration: instance.registration as GroupMatter["registration"],
  };
  return { message: occasion.write(matter, row), to, sender: group.name || group.handle, language: locale, stop };
}
