import { desc, eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";

const { actors, messages } = schema;

export type Received = Awaited<ReturnType<typeof listMessages>>[number];

/**
 * What people of other servers wrote to those who run an event, the latest first, 100 at most. By `messages_event`; the
 * caller has asked for the event as its viewer.
 */
export const listMessages = (db: Db, eventId: string) =>
  db
    .select({
      id: messages.id,
      content: messages.content,
      createdAt: messages.createdAt,
      author: { name: actors.name, handle: actors.handle, host: actors.host, url: actors.url },
    })
    .from(messages)
    .innerJoin(actors, eq(actors.id, messages.actorId))
    .where(eq(messages.eventId, eventId))
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(100);
