import { and, eq, gt, isNull, or, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isId } from "#lib/ids.ts";

export type KeptForm = Pick<typeof schema.forms.$inferSelect, "id" | "outcome" | "values" | "errors">;

/**
 * What was kept under an id for the page at `path`; null when its hour is over, it belongs to another page, or to another
 * account than `accountId`. By primary key.
 */
export async function getForm(
  db: Db,
  id: unknown,
  path: string,
  accountId: string | null = null,
): Promise<KeptForm | null> {
  if (!isId(id)) return null;
  const { forms } = schema;
  const [row] = await db
    .select({ id: forms.id, outcome: forms.outcome, values: forms.values, errors: forms.errors })
    .from(forms)
    .where(
      and(
        eq(forms.id, id),
        eq(forms.path, path),
        gt(forms.expiresAt, sql`now()`),
        accountId ? or(isNull(forms.accountId), eq(forms.accountId, accountId)) : isNull(forms.accountId),
      ),
    );
  return row ?? null;
}
