import { calendarEntry } from "#lib/event/entry.ts";
import { toVCalendar } from "#lib/formats/icalendar.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { addressStopPath, choiceStopPath } from "#lib/notification/suppression/queries.ts";
import { placeLine } from "#lib/place/address.ts";
import { isTakenDown, keptBack } from "#lib/policy/event.ts";
import { linkToken, sameBytes, signedId, tokenHash } from "#lib/secrets.ts";
import { absolute, eventPath, ownHost, participationPath, unsubscribePath } from "#lib/urls.ts";
import type { Attachment } from "./messages/letter.ts";
import type { Matter } from "./messages/matter.ts";
import type { MailRow } from "./queries.ts";

export type Full = { [K in "participation" | "event" | "organizer"]: NonNullable<MailRow[K]> } & MailRow;

/** Whether the rows that a mail tells of are all there. */
export const isWhole = (row: MailRow): row is Full =>
  row.participation !== null && row.event !== null && row.organizer !== null;

/** Where a participant's mail goes: the address they typed, or their account's; null when neither is known any more. */
export const recipientOf = ({ participation, account }: Full): string | null =>
  participation.email ?? account?.email ?? null;

/** The link of a participation, or null when it has been replaced or withdrawn. */
export function liveLink(participation: Full["participation"]): string | null {
  const token = linkToken("participation", participation.id, participation.tokenGeneration);
  return participation.tokenHash && sameBytes(participation.tokenHash, tokenHash(token))
    ? absolute(participationPath(token))
    : null;
}

/** Whether a stop link ends all mail to the address, which nobody proved; else it ends the event's. */
const stopsAll = ({ emailKey, confirmedAt }: Full["participation"]): boolean => !confirmedAt && emailKey !== null;

/** The page to stop mail from: about this event, or (for an address that nobody proved) all of it, without end. */
const stopPath = (participation: Full["participation"]): string =>
  stopsAll(participation) && participation.emailKey
    ? addressStopPath(participation.emailKey)
    : unsubscribePath(signedId("unsubscribe", participation.id));

/** The values of a letter, from the rows: only what this reader may know. */
export function matterOf(
  { mail, participation, event, organizer, place, instance, account }: Full,
  strip: Attachment | null,
): Matter {
  // What an account says of its reader holds now; what a form said held then.
  const { language, timezone } = participation.email ? participation : (account ?? participation);
  const locale = asLocale(language);
  const deleted = event.state === "deleted" || isTakenDown(event);
  const kept = keptBack(event, { accepted: deleted || participation.state === "accepted" });
  const told = {
    ...event,
    organizer: organizer.name || organizer.handle,
    url: absolute(eventPath(event.id)),
    place: place && !kept.place ? placeLine(place) : "",
    onlineUrl: kept.online ? null : event.onlineUrl,
    kept,
    deleted,
  };
  const shown = {
    ...event,
    onlineUrl: told.onlineUrl,
    organizer: { ...organizer, name: told.organizer },
    place: kept.place ? null : place,
  };
  const t = translator(locale);
  const kind = mail.message === "event-reminder" ? (mail.data.reminder ?? "reminder-day") : null;
  const stop =
    kind && account && !participation.email
      ? { stopUrl: absolute(choiceStopPath(account.id, kind)), stopLabel: t("notice.stopReminders") }
      : {
          stopUrl: absolute(stopPath(participation)),
          stopLabel: t(stopsAll(participation) ? "mail.stopServer" : "mail.stopEvent"),
        };
  return {
    locale,
    t,
    now: mail.createdAt,
    host: ownHost(),
    instance: instance.name,
    home: absolute("/"),
    event: told,
    participation: {
      state: participation.state,
      guests: participation.guests,
      promoted: participation.waitlistedAt !== null,
      timezone,
      expiresAt: participation.expiresAt,
      url: liveLink(participation) ?? absolute(eventPath(event.id)),
      byAccount: !participation.email && account !== null,
      added: participation.source === "organizer" && participation.confirmedAt === null,
    },
    ...stop,
    strip,
    calendar: (method) => ({
      filename: "event.ics",
      contentType: `text/calendar; charset=utf-8; method=${method}`,
      content: toVCalendar([calendarEntry(shown)], { method, stamp: mail.createdAt }),
    }),
  };
}
