import { eq } from "drizzle-orm";
import { type Database, schema, transact } from "#db/client.ts";
import { buryMirror, confirmMirror, missMirror } from "#lib/event/mirror/commands.ts";
import { keeperOf } from "#lib/policy/event.ts";
import { Refusal } from "#lib/refusal.ts";
import { fetchObject, type Json } from "../documents.ts";
import { mirror } from "../inbox/event.ts";
import { takeEffect } from "../inbox/receive.ts";
import { listOf } from "./values.ts";

const { events } = schema;

/**
 * Reads an event of another server again from where it is. Gone is what its server says is gone, or knows nothing of for
 * the third time; where it does not answer, what is known stands. By primary key.
 */
export async function refreshMirror(db: Database, eventId: string): Promise<void> {
  const [event] = await db.select().from(events).where(eq(events.id, eventId));
  if (!event?.uri || event.state !== "published") return;
  const { uri } = event;
  const keeper = keeperOf(event);
  let document: Json;
  try {
    document = await fetchObject(db, uri);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "gone") await transact(db, (tx) => buryMirror(tx, keeper, uri));
    if (error.code === "nothing-there") await transact(db, (tx) => missMirror(tx, eventId));
    return;
  }
  if (document.id !== uri) return;
  if (listOf(document.type).includes("Tombstone")) return transact(db, (tx) => buryMirror(tx, keeper, uri));
  const effect = await mirror(db, document);
  if (!effect) return;
  await takeEffect(db, async (tx) => {
    await effect(tx);
    await confirmMirror(tx, eventId);
  });
}
