import { database } from "#app/_web/database.ts";
import { answerCard } from "#app/_web/social-card.ts";
import { daysOf } from "#lib/event/days.ts";
import { getEvent } from "#lib/event/queries.ts";
import { toneOf } from "#lib/formats/tone.ts";
import { dayParts, eventDate } from "#lib/locale/dates.ts";
import { asLocale, translator } from "#lib/locale/index.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { eventUri, ownHost } from "#lib/urls.ts";
import { cardQuery } from "../card.ts";

/** The picture that other sites show of the event: 1200×630. Under the address of what it shows now it never changes. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const full = await getEvent(database(), visitor, id);
  if (!full) return new Response("Not found\n", { status: 404 });
  if (full.event.state === "deleted") return new Response("Gone\n", { status: 410 });
  const { event, organizer } = full;
  // Next writes a bare key with an equals sign.
  const query = new URL(request.url).search.slice(1).replace(/=$/, "");
  const locale = asLocale(query.slice(0, 2));
  const current = query === cardQuery(locale, full);
  const t = translator(locale);
  const { first, last } = daysOf(event);
  const from = dayParts(locale, first);
  const to = dayParts(locale, last);
  const pair = (a: string, b: string) => (a === b ? a : `${a}–${b}`);
  const card = {
    seed: eventUri(event),
    tone: toneOf({ tone: event.tone, organizer }),
    name: event.name,
    date: eventDate(locale, event),
    place: event.attendanceMode === "online" ? t("event.online") : (event.locality ?? ""),
    host: ownHost(),
    sheet: {
      day: first === last ? from.day : `${from.day}–${to.day}`,
      month: pair(from.month, to.month),
      weekday: first === last ? from.weekday : `${from.weekday}–${to.weekday}`,
    },
    cancelled: event.status === "cancelled" ? t("event.cancelledWord") : null,
  };
  return answerCard(card, { current });
}
