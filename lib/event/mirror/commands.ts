import { and, eq, ne, sql } from "drizzle-orm";
import { type Database, schema, type Transaction, transact } from "#db/client.ts";
import type { EventFigure } from "#db/schema/event.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { take } from "#lib/limits/bucket.ts";
import { type RemotePicture, wantPicture } from "#lib/media/remote/commands.ts";
import { localityOf, placeLine } from "#lib/place/address.ts";
import { placeFor } from "#lib/place/commands.ts";
import type { PlaceInput } from "#lib/place/input.ts";
import { keeperId, keeperOf } from "#lib/policy/event.ts";
import { Refusal } from "#lib/refusal.ts";
import { changesBetween, figureOf } from "../figure.ts";
import { callOff, openNotice } from "../notice/commands.ts";
import { timeColumns } from "../when.ts";
import { isStale, type Mirrored } from "./staleness.ts";

const { events, participations, places } = schema;

/** An event of another server, as its document says. Wall clocks are in `timezone`. */
export type MirrorInput = {
  uri: string;
  name: string;
  content: string;
  language: string;
  url: string;
  category: string;
  tags: string[];
  visibility: "public" | "unlisted" | "followers" | "members";
  status: "tentative" | "confirmed" | "cancelled";
  timezone: string;
  allDay: boolean;
  start: { wall: string; fold: 0 | 1 };
  end: { wall: string; fold: 0 | 1 } | null;
  place: PlaceInput | null;
  onlineUrl: string | null;
  attendanceMode: "offline" | "online" | "mixed";
  joinMode: "free" | "approval" | "external" | "closed";
  externalParticipationUrl: string | null;
  maximumAttendeeCapacity: number | null;
  participantCount: number;
  comments: "open" | "closed";
  picture: RemotePicture | null;
  published: Date | null;
  updated: Date | null;
};

/** Whose a mirror is: who organises it; and who makes it, where that is a group of another server than its own. */
type MirrorOf = { organizerId: string; authorId: string | null };

/**
 * Keeps what another server says of its event: a new row, or newer words for the one that is there, which may come into a
 * group or leave it. About a mirror we decide nothing, but those of ours who take part are told what changed. An older
 * `updated`, and what another than its maker says, changes nothing, and what was deleted stays so. `standing`: what the host decided about that server; a limited one shows no pictures, a silenced one
 * is in no list. Returns the row's id, or null.
 * @throws Refusal too-many-requests: that server has brought as many new ones as it may.
 */
export async function keepMirror(
  tx: Transaction,
  whose: MirrorOf,
  mirror: MirrorInput,
  standing: "open" | "limited" | "silenced" | "suspended" = "open",
): Promise<string | null> {
  if (standing === "suspended") return null;
  const { uri, start, end, place: written, participantCount, picture, published, updated, ...rest } = mirror;
  const [known] = await tx.select().from(events).where(eq(events.uri, uri)).for("update");
  if (known && (known.state === "deleted" || keeperOf(known) !== keeperOf(whose))) return null;
  if (known && updated && known.updatedAt > updated) return null;
  const shown = standing === "open" ? picture : null;
  const place = written ? await placeFor(tx, written) : null;
  const times = timeColumns({
    startWall: start.wall,
    endWall: end?.wall ?? null,
    startFold: start.fold,
    endFold: end?.fold ?? 0,
    timezone: rest.timezone,
    allDay: rest.allDay,
  });
  const moved = known && known.startTime.getTime() !== times.startTime.getTime();
  const columns = {
    ...rest,
    ...whose,
    ...times,
    mediaType: "text/html",
    placeId: place?.id ?? null,
    latitude: place?.latitude ?? null,
    longitude: place?.longitude ?? null,
    locality: place ? localityOf(place)?.slice(0, 200) : null,
    seatsTaken: participantCount,
    showCount: participantCount > 0,
    coverId: await wantPicture(tx, shown, known?.coverId ?? null),
    previousStartTime: moved ? known.startTime : (known?.previousStartTime ?? null),
    publishedAt: known?.publishedAt ?? published ?? sql`now()`,
    updatedAt: updated ?? sql`now()`,
    state: "published",
    fetchedAt: sql`now()`,
    timesMissing: 0,
    ...hiding(known, standing === "silenced"),
  };
  if (known) {
    const before = figureOf(known, await lineOf(tx, known.placeId));
    const changed = changesBetween(before, figureOf(columns, place ? placeLine(place) : "")).length > 0;
    await tx
      .update(events)
      .set({ ...columns, sequence: known.sequence + (changed ? 1 : 0) })
      .where(eq(events.id, known.id));
    if (changed) await tellMirrored(tx, known, columns, before);
    return known.id;
  }
  const id = newId();
  const [row] = await tx
    .insert(events)
    .values({ ...columns, id, uri, uid: uri.slice(0, 255) })
    .onConflictDoNothing()
    .returning({ id: events.id });
  if (row && take("mirror", new URL(uri).host) > 0) throw new Refusal("too-many-requests");
  return row?.id ?? null;
}

async function lineOf(tx: Transaction, placeId: string | null): Promise<string> {
  if (!placeId) return "";
  const [place] = await tx.select().from(places).where(eq(places.id, placeId));
  return place ? placeLine(place) : "";
}

type Ending = Pick<typeof events.$inferSelect, "status" | "endTime">;

/** Has those of ours who asked for a place told, as of an event of ours; nobody is told of what is over. */
async function tellMirrored(
  tx: Transaction,
  { id, ...known }: Ending & { id: string },
  next: Ending,
  before: EventFigure,
) {
  if (known.endTime < new Date() && next.endTime < new Date()) return;
  // Most of what is mirrored is attended by nobody here. By `participations_list`.
  if ((await tx.$count(participations, eq(participations.eventId, id))) === 0) return;
  if (next.status !== "cancelled") await openNotice(tx, id, before);
  else if (known.status !== "cancelled") await callOff(tx, id, "event-cancelled");
}

/** What the host hid by itself stays so, whatever becomes of its server. */
function hiding(known: { hiddenAt: Date | null; hiddenWith: string | null } | undefined, silenced: boolean) {
  if (known?.hiddenAt && !known.hiddenWith) return {};
  return silenced
    ? { hiddenAt: known?.hiddenAt ?? sql`now()`, hiddenWith: "silenced" }
    : { hiddenAt: null, hiddenWith: null };
}

/** An event that its own server says is gone, as whoever answers for it there: in no list any more, and never again. */
export async function buryMirror(tx: Transaction, keeper: string, uri: string): Promise<void> {
  const [buried] = await tx
    .update(events)
    .set({
      state: "deleted",
      deletedAt: sql`now()`,
      // Feeds that were read before are read again without it.
      fetchedAt: sql`now()`,
      content: "",
      coverId: null,
      placeId: null,
      onlineUrl: null,
      tags: [],
    })
    .where(and(eq(events.uri, uri), eq(keeperId, keeper), ne(events.state, "deleted")))
    .returning({ id: events.id, endTime: events.endTime });
  if (buried && buried.endTime > new Date()) await callOff(tx, buried.id, "event-deleted");
}

/**
 * Has its own server asked again about a mirror that somebody looks at, when what is known is older than a day: once in
 * six hours, however many look.
 */
export async function renewMirror(db: Database, event: Mirrored & { id: string }, now = new Date()): Promise<void> {
  if (!isStale(event, now)) return;
  const due = and(eq(events.id, event.id), sql`coalesce(${events.askedAt} < now() - interval '6 hours', true)`);
  await transact(db, async (tx) => {
    const [row] = await tx.update(events).set({ askedAt: sql`now()` }).where(due).returning({ id: events.id });
    if (row) await enqueue(tx, "mirror", { eventId: row.id }, { once: row.id });
  });
}

/** Remembers that its own server vouched for a mirror just now, whether or not that changed anything. */
export async function confirmMirror(tx: Transaction, id: string): Promise<void> {
  await tx.update(events).set({ fetchedAt: sql`now()`, timesMissing: 0 }).where(eq(events.id, id));
}

/** How often in a row a server may know nothing of its event before it is gone: it may only be ill. */
const mostMissing = 3;

/** Remembers that its own server knew nothing of a mirror, and buries it when that was said often enough. */
export async function missMirror(tx: Transaction, id: string): Promise<void> {
  const [row] = await tx
    .update(events)
    .set({ timesMissing: sql`${events.timesMissing} + 1` })
    .where(and(eq(events.id, id), eq(events.state, "published")))
    .returning({ times: events.timesMissing, uri: events.uri, keeper: keeperId });
  if (row?.uri && row.times >= mostMissing) await buryMirror(tx, row.keeper, row.uri);
}
