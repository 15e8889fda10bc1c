import type { EventFigure } from "#db/schema/event.ts";
import { type Locale, translator } from "#lib/locale/index.ts";
import { alreadyParticipating } from "./already-participating.ts";
import { announced } from "./announcement.ts";
import { confirmParticipation } from "./confirm-participation.ts";
import { eventCancelled } from "./event-cancelled.ts";
import { eventChanged } from "./event-changed.ts";
import { eventDeleted } from "./event-deleted.ts";
import { eventReminder } from "./event-reminder.ts";
import type { Message } from "./letter.ts";
import type { Matter, MatterEvent } from "./matter.ts";
import { participationApproved } from "./participation-approved.ts";
import { participationLeft } from "./participation-left.ts";
import { participationLinks } from "./participation-links.ts";
import { participationReceipt } from "./participation-receipt.ts";
import { participationRejected } from "./participation-rejected.ts";
import { participationRequested } from "./participation-requested.ts";
import { placeExpired } from "./place-expired.ts";
import { placeOffered } from "./place-offered.ts";
import { serverTest } from "./server-test.ts";
import { everyAccountMessage } from "./testing-account.ts";

const token = "k3JpZ2h0LW9wZW4tc3F1YXJlLXRva2VuLWZvci10ZXN0";

/** A plain matter in one language, with what a test changes in it. */
export function matter(
  locale: Locale,
  {
    event = {},
    participation = {},
    ...rest
  }: { event?: Partial<MatterEvent>; participation?: Partial<Matter["participation"]> } & Partial<
    Omit<Matter, "event" | "participation">
  > = {},
): Matter {
  return {
    locale,
    t: translator(locale),
    now: new Date("2026-11-23T12:00:00Z"),
    host: "parvis.example",
    instance: "Parvis de Lyon",
    home: "https://parvis.example/",
    event: {
      name: "Repair café de la Croix-Rousse",
      organizer: "Les Bricoleuses",
      url: "https://parvis.example/events/0193a",
      startTime: new Date("2026-12-12T13:00:00Z"),
      endTime: new Date("2026-12-12T16:00:00Z"),
      endWall: "2026-12-12 17:00:00",
      allDay: false,
      timezone: "Europe/Paris",
      status: "confirmed",
      joinMode: "free",
      cancellationMessage: "",
      attendanceMode: "offline",
      place: "Salle 2, Maison des associations, 28 rue Denfert-Rochereau, 69004 Lyon, France",
      onlineUrl: null,
      kept: { place: false, online: false },
      deleted: false,
      ...event,
    },
    participation: {
      state: "accepted",
      guests: 0,
      promoted: false,
      timezone: "Europe/Paris",
      expiresAt: new Date("2026-11-25T12:00:00Z"),
      url: `https://parvis.example/participations/${token}`,
      byAccount: false,
      added: false,
      ...participation,
    },
    stopUrl: `https://parvis.example/unsubscribe/0193a.${token}`,
    stopLabel: translator(locale)("mail.stopEvent"),
    strip: { filename: "parvis.png", contentType: "image/png", cid: "strip", content: Buffer.from("png") },
    calendar: (method) => ({
      filename: "event.ics",
      contentType: `text/calendar; charset=utf-8; method=${method}`,
      content: "BEGIN:VCALENDAR",
    }),
    ...rest,
  };
}

export const before: EventFigure = {
  startTime: "2026-12-12T13:00:00.000Z",
  endTime: "2026-12-12T16:00:00.000Z",
  allDay: false,
  timezone: "Europe/Paris",
  place: "Salle 2, Maison des associations, 28 rue Denfert-Rochereau, 69004 Lyon, France",
  onlineUrl: null,
  status: "confirmed",
};
export const after: EventFigure = {
  ...before,
  startTime: "2026-12-13T14:30:00.000Z",
  endTime: "2026-12-13T17:00:00.000Z",
  place: "Bibliothèque de la Part-Dieu, 30 boulevard Vivier-Merle, 69003 Lyon, France",
};

type Shape = Parameters<typeof matter>[1];

/** One of each mail, by name. */
export function everyMessage(locale: Locale, shape: Shape = {}): Record<string, Message> {
  const of = (more: Shape = {}) =>
    matter(locale, {
      ...shape,
      ...more,
      event: { ...more?.event, ...shape?.event },
      participation: { ...shape?.participation, ...more?.participation },
    });
  const waiting = of({ participation: { state: "waitlisted" } });
  const { name, startTime, timezone, allDay } = of().event;
  const linked = (state: string) => ({ name, startTime, timezone, allDay, state, url: of().participation.url });
  return {
    "confirm-participation": confirmParticipation(of({ participation: { state: "unconfirmed" } })),
    "already-participating": alreadyParticipating(of()),
    "participation-receipt": participationReceipt(of({ participation: { guests: 2 } })),
    "participation-receipt added": participationReceipt(of({ participation: { added: true } })),
    "participation-requested": participationRequested(of({ participation: { state: "pending" } })),
    "participation-requested waiting": participationRequested(waiting),
    "participation-approved": participationApproved(of()),
    "participation-approved promoted": participationApproved(of({ participation: { promoted: true } })),
    "participation-rejected": participationRejected(of({ participation: { state: "rejected" } })),
    "participation-left": participationLeft(of({ participation: { state: "left" } })),
    "event-reminder": eventReminder(of({})),
    "event-reminder week": eventReminder(of({ participation: { byAccount: true } }), true),
    announcement: announced(of({}), { name: "Bring a lamp", content: "It gets dark early.\n\n<b>See you</b> there." }),
    "place-offered": placeOffered(of({ participation: { promoted: true } })),
    "place-expired": placeExpired(of({ participation: { state: "left", promoted: true } })),
    "participation-links": participationLinks({ ...of(), participations: [linked("accepted"), linked("pending")] }),
    "event-changed": eventChanged(
      of({ event: { startTime: new Date(after.startTime), endTime: new Date(after.endTime!), place: after.place } }),
      before,
      after,
    ),
    "event-cancelled": eventCancelled(
      of({
        event: {
          status: "cancelled",
          cancellationMessage: "La salle est fermée pour travaux.\nNous revenons en janvier !",
        },
      }),
    ),
    "event-deleted": eventDeleted(of({ event: { deleted: true } })),
    "server-test": serverTest(of()),
    ...everyAccountMessage(locale),
  };
}
