import { eq, getTableColumns } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { ownHost } from "#lib/urls.ts";
import { inNameOf, lockEvent } from "../commands.ts";

const { events, questions } = schema;

const ownActor = (viewer: Viewer): string => {
  const [chosen] = viewer.kind === "account" ? viewer.actorIds : [];
  if (!chosen) throw new Refusal("forbidden");
  return chosen;
};

const audience = (visibility: string) => (visibility === "members" ? "unlisted" : visibility);

/**
 * Makes a draft like an event that one runs, questions included, people not. `id` is the form's, so that a double click
 * makes one copy. Returns the copy's id.
 * @throws Refusal not-found, gone, forbidden.
 */
export async function duplicateEvent(db: Database, viewer: Viewer, from: string, id = newId()): Promise<string> {
  return transact(db, async (tx) => {
    const { event, organizer } = await lockEvent(tx, viewer, from);
    const { listed: _, search: __, pictures: ___, ...columns } = getTableColumns(events);
    const kept = Object.fromEntries(Object.keys(columns).map((name) => [name, event[name as keyof typeof columns]]));
    const [made] = await tx
      .insert(events)
      .values({
        ...(kept as typeof events.$inferInsert),
        id,
        // Whoever helps with another's event copies it for themselves, and has no members of theirs.
        ...(organizer.allowed
          ? inNameOf(organizer)
          : {
              ...{ organizerId: ownActor(viewer), authorId: null, awaiting: false },
              visibility: audience(event.visibility),
            }),
        takenOutOf: null,
        uid: `${id}@${ownHost()}`,
        uri: null,
        state: "draft",
        status: event.status === "cancelled" ? "confirmed" : event.status,
        cancellationMessage: "",
        publishAt: null,
        publishedAt: null,
        previousStartTime: null,
        seriesId: null,
        recurrenceId: null,
        importFingerprint: null,
        importSequence: null,
        seatsTaken: 0,
        sequence: 0,
        hiddenAt: null,
        hiddenWith: null,
        remindedOf: null,
        createdAt: new Date(),
        updatedAt: new Date(),
      })
      .onConflictDoNothing({ target: events.id })
      .returning({ id: events.id });
    if (!made) return id;
    const asked = await tx.select().from(questions).where(eq(questions.eventId, from));
    if (asked.length > 0)
      await tx.insert(questions).values(asked.map((question) => ({ ...question, id: newId(), eventId: id })));
    return id;
  });
}
