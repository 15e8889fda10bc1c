import { sql } from "drizzle-orm";
import { connect } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { sessionCookieName } from "#lib/auth/cookie.ts";
import { askQuestion, makeEvent } from "#lib/participation/testing.ts";
import { actorOf } from "../testing/stage.ts";
import type { Target } from "./cannon.ts";
import { type Wait, waitFor } from "./wait.ts";

/** What an organiser waits for. */
export type DeskFigures = { participants: number; waits: Record<keyof ReturnType<typeof pathsOf>, Wait> };

const participants = 10_000;

const pathsOf = (after: string) => ({
  "overview of the event": "",
  "list, first page": "/participants?state=accepted",
  "list, after 7,000": `/participants?state=accepted&after=${after}`,
  "search, one found": "/participants?state=accepted&q=person4242@",
  "search, nobody found": "/participants?state=accepted&q=zebra",
  "check-in": "/check-in",
  "check-in, search": "/check-in?q=person4242@",
  "sign-in sheet": "/participants/sheet",
  "export, CSV": "/participants.csv",
  "export, XLSX": "/participants.xlsx",
});

/** An event that ten thousand take part in, each with a name, an address, two answers and a message; and a session of its organiser. */
async function crowd(dataDir: string): Promise<{ eventId: string; after: string; cookie: string }> {
  const { url } = await startEmbedded(dataDir, { share: true });
  const connection = connect(url, { max: 1, statementTimeout: 0 });
  const { db } = connection;
  try {
    const organizer = await actorOf(connection);
    const full = { maximumAttendeeCapacity: participants, seatsTaken: participants };
    const { id: eventId } = await makeEvent(db, { organizerId: organizer.actorId, name: "Many people", ...full });
    for (const position of [1, 2]) await askQuestion(db, eventId, { position, label: `Question ${position}` });
    await db.execute(sql`
      insert into participations (id, event_id, email, email_key, name, guests, message, state, language, timezone, created_at, updated_at, waitlisted_at, expires_at)
      select gen_random_uuid(), ${eventId}, 'person' || n || '@example.org', decode(md5('k' || n), 'hex'), 'Person ' || md5(n::text), n % 3,
        case when n % 5 = 0 then 'We come by bicycle, and would like to help.' else '' end,
        case when n % 10 < 8 then 'accepted' when n % 10 = 8 then 'pending' else 'waitlisted' end, 'en', 'UTC',
        now() - n * interval '1 second', now(), case when n % 10 = 9 then now() end, null
      from generate_series(1, ${participants}::int) n`);
    await db.execute(sql`
      insert into answers (participation_id, question_id, value) select p.id, q.id, 'An answer of ' || p.name
      from participations p join questions q on q.event_id = p.event_id where p.event_id = ${eventId}`);
    await db.execute(sql`vacuum analyze participations`);
    await db.execute(sql`vacuum analyze answers`);
    const [late] = await db.execute<{ id: string }>(sql`
      select id from participations where event_id = ${eventId} and state = 'accepted' order by created_at, id offset 7000 limit 1`);
    return { eventId, after: late!.id, cookie: `${sessionCookieName()}=${await organizer.signIn()}` };
  } finally {
    await connection.close();
  }
}

/** Asks for the pages and files of the crowd, one after the other, `times` each. */
export async function measureDesk({ origin }: Target, dataDir: string, times: number): Promise<DeskFigures> {
  const { eventId, after, cookie } = await crowd(dataDir);
  const desk = `${origin}/dashboard/events/${eventId}`;
  return { participants, waits: await waitFor(pathsOf(after), { origin: desk, cookie, times }) };
}
