import { type Db, schema } from "#db/client.ts";
import { newId } from "#lib/ids.ts";

const { posts } = schema;

/** A post of a group as a row, published unless the test wants it otherwise. Returns its id. */
export async function makePost(
  db: Db,
  groupId: string,
  change: Partial<typeof posts.$inferInsert> = {},
): Promise<string> {
  const id = newId();
  const state = change.state ?? "published";
  const words = state === "deleted" ? { name: "", deletedAt: new Date() } : { name: "Thanks", content: "It was good." };
  const publishedAt = state === "draft" ? null : new Date();
  await db.insert(posts).values({ id, groupId, state, publishedAt, ...words, ...change });
  return id;
}
