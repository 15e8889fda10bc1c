import { and, inArray, isNotNull } from "drizzle-orm";
import { schema, type Transaction } from "#db/client.ts";
import type { Mention } from "#db/schema/discussion.ts";
import { enqueueMails, type MailOrder } from "#lib/jobs/enqueue.ts";
import { resolveMentions } from "./queries.ts";

const { actors } = schema;
type Named = Pick<typeof schema.discussionMessages.$inferSelect, "id" | "discussionId" | "mentions" | "formerlyNamed">;

/** How many are remembered who were named and are no more. */
const longestMemory = 200;

type Newer = {
  content: string;
  /** Who is named in them, where another server says so. */
  mentions?: Mention[] | undefined;
};

/**
 * Who is named in newer words of a message, as its columns. Those of this server who never were before are mailed: once,
 * however often the words change; nobody, if that was `formerly`.
 */
export async function nameAnew(
  tx: Transaction,
  { id, discussionId, ...before }: Named,
  newer: Newer,
  { formerly = false } = {},
) {
  const mentions = newer.mentions ?? (await resolveMentions(tx, newer.content));
  const known = new Set([...before.formerlyNamed, ...before.mentions.map(({ actorId }) => actorId)]);
  const fresh = formerly ? [] : mentions.filter(({ actorId }) => !known.has(actorId));
  await mailNamed(tx, fresh, `named:${id}`, { message: "discussion-named", data: { discussionId, messageId: id } });
  return { mentions, formerlyNamed: [...known].slice(-longestMemory) };
}

/**
 * Has those of this server mailed who are named in a comment that is to be read from now on, but for who were named in it
 * `before` as well: once, however often it is hidden and shown.
 */
export async function tellNamed(
  tx: Transaction,
  { id, mentions }: Pick<typeof schema.comments.$inferSelect, "id" | "mentions">,
  before: Mention[] = [],
): Promise<void> {
  const known = before.map(({ actorId }) => actorId);
  const fresh = mentions.filter(({ actorId }) => !known.includes(actorId));
  await mailNamed(tx, fresh, `comment-named:${id}`, { message: "comment-named", data: { commentId: id } });
}

async function mailNamed(
  tx: Transaction,
  named: Mention[],
  fact: string,
  order: Pick<MailOrder, "message" | "data">,
): Promise<void> {
  const ids = named.map(({ actorId }) => actorId);
  const told = await tx
    .selectDistinct({ accountId: actors.accountId })
    .from(actors)
    .where(and(inArray(actors.id, ids), isNotNull(actors.accountId)));
  await enqueueMails(
    tx,
    told.map(({ accountId }) => ({ ...order, accountId: accountId!, dedupe: `${fact}:${accountId}` })),
  );
}
