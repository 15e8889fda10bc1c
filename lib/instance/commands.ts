import { eq } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";

/**
 * Fixes this server's origin at its first start.
 * @throws when the database was made for another one: every published address would lie.
 */
export async function setOrigin(db: Database, origin: string): Promise<void> {
  await db
    .insert(schema.instance)
    .values({ origin, name: new URL(origin).host })
    .onConflictDoNothing();
  const [row] = await db.select({ origin: schema.instance.origin }).from(schema.instance);
  if (row && row.origin !== origin)
    throw new Error(
      `APP_URL is ${origin}, but this database was made for ${row.origin}, which never changes. Write APP_URL=${row.origin}, or use another database.`,
    );
}

/** Changes what the host says of this server. */
export async function updateInstance(
  db: Database,
  change: Partial<
    Pick<
      typeof schema.instance.$inferInsert,
      | "name"
      | "description"
      | "contact"
      | "language"
      | "timezone"
      | "registration"
      | "addressRetentionDays"
      | "pictureCache"
      | "demonstration"
    >
  >,
): Promise<void> {
  await db.update(schema.instance).set(change).where(eq(schema.instance.id, 1));
}
