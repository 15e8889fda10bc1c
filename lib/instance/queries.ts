import type { Db } from "#db/client.ts";
import { schema } from "#db/client.ts";

export type InstanceRow = typeof schema.instance.$inferSelect;

/** Who this server is. One row by primary key, there from the first start. */
export async function getInstance(db: Db): Promise<InstanceRow> {
  const [row] = await db.select().from(schema.instance).limit(1);
  if (!row) throw new Error("The instance has no row: it is written at the first start.");
  return row;
}

/** The origin that this database was made for; null before the first start. */
export async function findOrigin(db: Db): Promise<string | null> {
  const [row] = await db.select({ origin: schema.instance.origin }).from(schema.instance).limit(1);
  return row?.origin ?? null;
}
