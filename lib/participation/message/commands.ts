import { and, eq } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import { newId } from "#lib/ids.ts";

const { messages } = schema;

/** How much somebody may write about one event. */
const most = 50;

type MessageInput = { eventId: string; actorId: string; uri: string; content: string };

/**
 * Keeps what somebody of another server writes to those who run an event, newer words in the place of older ones. Returns
 * whether it is their first about that event; beyond their measure nothing is kept.
 */
export async function keepMessage(tx: Transaction, message: MessageInput): Promise<boolean> {
  const { eventId, actorId, uri, content } = message;
  const theirs = and(eq(messages.actorId, actorId), eq(messages.eventId, eventId));
  const before = await tx.$count(messages, theirs);
  const [known] = await tx.select().from(messages).where(eq(messages.uri, uri));
  if (!known && before >= most) return false;
  await tx
    .insert(messages)
    .values({ id: newId(), eventId, actorId, uri, content })
    .onConflictDoUpdate({ target: messages.uri, set: { content }, setWhere: theirs });
  return before === 0;
}

/** Its author takes it back. What was not there stays so. */
export async function dropMessage(tx: Transaction, actorId: string, uri: string): Promise<void> {
  await tx.delete(messages).where(and(eq(messages.uri, uri), eq(messages.actorId, actorId)));
}
