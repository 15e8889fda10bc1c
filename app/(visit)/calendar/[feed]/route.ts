import { database } from "#app/_web/database.ts";
import { faultAnswer } from "#app/_web/fault-answer.ts";
import { ownInstance } from "#app/_web/instance.ts";
import { getCalendarOwner } from "#lib/account/queries.ts";
import { listInnerEvents, listOwnEvents } from "#lib/event/mine/queries.ts";
import { toVCalendar } from "#lib/formats/icalendar.ts";
import { asLocale, negotiate, translator } from "#lib/locale/index.ts";
import { ownEntries } from "#lib/participation/mine/calendar.ts";
import { listOwnParticipations } from "#lib/participation/mine/queries.ts";

/** The private feed of an account: what it attends and organises, and what its groups have for members. Whoever has the address may read it, and no more. */
export async function GET(request: Request, { params }: { params: Promise<{ feed: string }> }): Promise<Response> {
  const token = /^([\w-]{43})\.ics$/.exec((await params).feed)?.[1] ?? "";
  const db = database();
  const owner = await getCalendarOwner(db, token);
  if (!owner) {
    const locale = negotiate(request.headers.get("accept-language"));
    return faultAnswer(404, locale, translator(locale)("refusals.not-found"));
  }
  const [own, attended] = [await listOwnEvents(db, owner.id), await listOwnParticipations(db, owner)];
  const inner = await listInnerEvents(db, owner.id);
  const name = translator(asLocale(owner.language))("account.calendarName", { name: (await ownInstance()).name });
  return new Response(toVCalendar(ownEntries(own, attended, inner), { name }), {
    headers: {
      "Content-Type": "text/calendar; charset=utf-8",
      "Content-Disposition": 'inline; filename="events.ics"',
      "Cache-Control": "private, no-store",
    },
  });
}
