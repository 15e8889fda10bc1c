import { and, eq } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { lockEvent } from "../commands.ts";

const { eventContacts } = schema;

/**
 * Lets one's name stand on the page of an event of one's group, for whoever has a question, or not any more.
 * @throws Refusal not-found, also where it is no group's; gone.
 */
export async function nameContact(db: Database, viewer: AccountViewer, eventId: string, named: boolean): Promise<void> {
  await transact(db, async (tx) => {
    const { organizer } = await lockEvent(tx, viewer, eventId);
    const { member: actorId } = organizer;
    if (!actorId) throw new Refusal("not-found");
    if (named) await tx.insert(eventContacts).values({ eventId, actorId }).onConflictDoNothing();
    else
      await tx.delete(eventContacts).where(and(eq(eventContacts.eventId, eventId), eq(eventContacts.actorId, actorId)));
  });
}
