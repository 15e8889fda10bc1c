import { and, inArray, isNotNull } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import { enqueueMails } from "#lib/jobs/enqueue.ts";
import { resolveMentions } from "./queries.ts";

const { actors } = schema;
type Named = Pick<typeof schema.discussionMessages.$inferSelect, "id" | "discussionId" | "mentions" | "formerlyNamed">;

/** How many are remembered who were named and are no more. */
const longestMemory = 200;

/**
 * Who is named in newer words of a message, as its columns. Those of this server who never were before are mailed: once,
 * however often the words change.
 */
export async function nameAnew(tx: Transaction, { id, discussionId, ...before }: Named, content: string) {
  const mentions = await resolveMentions(tx, content);
  const known = new Set([...before.formerlyNamed, ...before.mentions.map(({ actorId }) => actorId)]);
  const fresh = mentions.filter(({ actorId }) => !known.has(actorId)).map(({ actorId }) => actorId);
  const told = await tx
    .selectDistinct({ accountId: actors.accountId })
    .from(actors)
    .where(and(inArray(actors.id, fresh), isNotNull(actors.accountId)));
  const mail = { message: "discussion-named", data: { discussionId, messageId: id } } as const;
  await enqueueMails(
    tx,
    told.map(({ accountId }) => ({ ...mail, accountId: accountId!, dedupe: `named:${id}:${accountId}` })),
  );
  return { mentions, formerlyNamed: [...known].slice(-longestMemory) };
}
