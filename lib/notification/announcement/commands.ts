import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { enqueue, enqueueMails } from "#lib/jobs/enqueue.ts";
import { spend } from "#lib/limits/commands.ts";
import { getDecidableEvent } from "#lib/participation/desk/queries.ts";
import { reachable } from "#lib/participation/queries.ts";
import { presentStates } from "#lib/policy/participation.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import type { Audience } from "./queries.ts";

const { announcements, participations } = schema;
const page = 500;

type Announcement = { name: string; content: string; audience: Audience; shown: boolean };

/**
 * Sends a message to those who take part, one mail each; `shown`: the event's page has it too. `id` is the form's, so that a
 * form sent twice is one message. At most five an hour and fifteen a day for an account.
 * @throws Refusal not-found, event-not-open (a draft), too-many-requests.
 */
export async function announce(
  db: Database,
  viewer: AccountViewer,
  eventId: string,
  id: string,
  { name, content, audience, shown }: Announcement,
): Promise<void> {
  await transact(db, async (tx) => {
    const at = await getDecidableEvent(tx, viewer, eventId);
    if (!at) throw new Refusal("not-found");
    if (at.event.state !== "published") throw new Refusal("event-not-open");
    const [made] = await tx
      .insert(announcements)
      .values({ id, eventId, actorId: at.event.organizerId, name, content, audience, shown })
      .onConflictDoNothing()
      .returning({ id: announcements.id });
    if (!made) return;
    await spend(tx, "announce", viewer.accountId);
    await enqueue(tx, "announcement", { announcementId: id });
    await enqueue(tx, "announcement-out", { announcementId: id });
  });
}

/** Writes the mails of a message; running again writes none. Returns how many. */
export async function mailAnnouncement(db: Database, id: string): Promise<number> {
  return transact(db, async (tx) => {
    const [message] = await tx.select().from(announcements).where(eq(announcements.id, id));
    if (!message) return 0;
    const { eventId, audience } = message;
    const states = audience === "all" ? presentStates : [audience];
    let count = 0;
    for (let after: string | null = null; ; ) {
      // By `participations_list`.
      const rows: { id: string }[] = await tx
        .select({ id: participations.id })
        .from(participations)
        .where(
          and(
            eq(participations.eventId, eventId),
            inArray(participations.state, states),
            reachable(),
            after ? gt(participations.id, after) : undefined,
          ),
        )
        .orderBy(asc(participations.id))
        .limit(page);
      count += await enqueueMails(
        tx,
        rows.map((row) => ({
          message: "announcement" as const,
          participationId: row.id,
          data: { announcementId: id },
          dedupe: `announcement:${id}:${row.id}`,
        })),
      );
      if (rows.length < page) return count;
      after = rows.at(-1)!.id;
    }
  });
}
