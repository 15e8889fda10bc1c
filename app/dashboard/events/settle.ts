import { keepPicture } from "#app/_web/kept-picture.ts";
import type { SignedIn } from "#app/_web/viewer.ts";
import type { Database } from "#db/client.ts";
import { listVenues } from "#lib/event/desk/queries.ts";
import type { EventInput } from "#lib/event/input.ts";
import { listOrganisers } from "#lib/group/queries.ts";
import { describePicture } from "#lib/media/commands.ts";
import { zoneAt } from "#lib/place/zone.ts";
import { Refusal } from "#lib/refusal.ts";
import { instantOf, parseWall } from "#lib/time.ts";
import { type EventForm, zoneOfPlace } from "./form/fields.ts";

/** What the form leaves to the server: a place used before, and the zone of the place where nobody chose another. */
export async function settle(db: Database, who: SignedIn, { fields, input }: EventForm): Promise<EventInput> {
  const own = fields.venue && input.attendanceMode !== "online" ? await listOrganisers(db, who.viewer) : [];
  const venues = await listVenues(
    db,
    own.map(({ id }) => id),
  );
  const venue = venues.find(({ id }) => id === fields.venue);
  const place = venue ? (({ id: _, createdAt: __, ...words }) => words)(venue) : (input.place ?? null);
  const near = place?.latitude != null && place.longitude != null;
  const follows = [zoneOfPlace, fields.timezoneProposed].includes(fields.timezone);
  const usual = fields.timezone === zoneOfPlace ? who.timezone : input.timezone;
  const timezone = follows && near ? zoneAt(place.latitude!, place.longitude!, usual) : usual;
  if (input.coverId) await describePicture(db, input.coverId, fields.coverName.trim());
  return { ...input, place, timezone };
}

/** The event's picture, and one for its text, kept until the form is done. */
export const pictures = { cover: keepPicture("cover"), picture: keepPicture("picture") };

/** When it is to be published, in the event's zone. @throws Refusal required, date-invalid. */
export function publicationTime({ fields }: EventForm, timezone: string): Date {
  const refuse = (code: "required" | "date-invalid") => {
    throw new Refusal(code, { field: "publishDate" });
  };
  if (!fields.publishDate) refuse("required");
  const wall = parseWall(fields.publishTime ? `${fields.publishDate}T${fields.publishTime}` : fields.publishDate);
  if (!wall) refuse("date-invalid");
  return instantOf(wall!, timezone);
}

const typedAs: Record<string, string> = { startWall: "startTime", endWall: "endTime" };

/** A refusal of the domain beside the control that it is about. */
export async function besideField<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (error instanceof Refusal && typedAs[error.field])
      throw new Refusal(error.code, { field: typedAs[error.field] });
    throw error;
  });
}
