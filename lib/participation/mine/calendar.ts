import { calendarEntry } from "#lib/event/entry.ts";
import type { listOwnEvents } from "#lib/event/mine/queries.ts";
import type { CalendarEvent } from "#lib/formats/icalendar.ts";
import { withoutKept } from "#lib/policy/event.ts";
import { isPresent } from "#lib/policy/participation.ts";
import type { listOwnParticipations } from "./queries.ts";

type Own = Awaited<ReturnType<typeof listOwnEvents>>;
type Attended = Awaited<ReturnType<typeof listOwnParticipations>>;

/** What somebody attends, as calendar entries. A place that is kept back is told to those who were accepted alone. */
export const attendedEntries = (attended: Attended): CalendarEvent[] =>
  attended
    .filter(
      ({ state, event, open }) => open && isPresent(state) && event.state === "published" && event.hiddenAt === null,
    )
    .map((one) => {
      const { event, place, organizer } = withoutKept(one, { accepted: one.state === "accepted" });
      return calendarEntry({
        ...event,
        place,
        organizer: { ...organizer, name: organizer.name || organizer.handle },
      });
    });

/** What somebody organises and has published or scheduled, as calendar entries. */
export const organisedEntries = (own: Own): CalendarEvent[] =>
  own
    .filter(({ event }) => event.state === "published" || event.state === "scheduled")
    .map(({ event, place, organizer }) =>
      calendarEntry({ ...event, place, organizer: { ...organizer, name: organizer.name || organizer.handle } }),
    );

/** What is on for the members of one's groups, or for followers, as calendar entries. */
const innerEntries = (inner: Own): CalendarEvent[] =>
  organisedEntries(inner.map((one) => ({ ...one, ...withoutKept(one, { accepted: false }) })));

/** All of it, each event once: who organises and attends has one entry. */
export function ownEntries(own: Own, attended: Attended, inner: Own): CalendarEvent[] {
  const all = [...organisedEntries(own), ...attendedEntries(attended), ...innerEntries(inner)];
  const known = new Set<string>();
  return all.filter(({ uid }) => !known.has(uid) && known.add(uid));
}
