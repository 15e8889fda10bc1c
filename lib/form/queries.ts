import { and, eq, gt, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isId } from "#lib/ids.ts";

export type KeptForm = Pick<typeof schema.forms.$inferSelect, "id" | "outcome" | "values" | "errors">;

/** What was kept under an id for the page at `path`; null when its hour is over or it belongs to another page. */
export async function getForm(db: Db, id: unknown, path: string): Promise<KeptForm | null> {
  if (!isId(id)) return null;
  const { forms } = schema;
  const [row] = await db
    .select({ id: forms.id, outcome: forms.outcome, values: forms.values, errors: forms.errors })
    .from(forms)
    .where(and(eq(forms.id, id), eq(forms.path, path), gt(forms.expiresAt, sql`now()`)));
  return row ?? null;
}
