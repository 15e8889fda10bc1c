import { and, eq, gt, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { isId } from "#lib/ids.ts";
import { networkKey } from "#lib/limits/network.ts";
import { sameBytes } from "#lib/secrets.ts";

export type KeptForm = Pick<typeof schema.forms.$inferSelect, "id" | "path" | "outcome" | "values" | "errors">;

/**
 * Who typed: an account, or without one the network that it came from, since a visitor has no cookie. That keeps what was
 * typed from whoever is handed the page's address elsewhere, not from others in the same house or behind the same
 * provider's address; and who goes to another network meanwhile does not find it again.
 */
export type Typist = { accountId: string } | { client: string };

/**
 * What was kept under an id for the page at `path`, or for any; null when its hour is over, it belongs to another page, or to
 * somebody else. What a visitor typed is also theirs once they are signed in. By primary key.
 */
export async function getForm(
  db: Db,
  id: unknown,
  path: string | null,
  { accountId, client }: { accountId?: string; client?: string } = {},
): Promise<KeptForm | null> {
  if (!isId(id)) return null;
  const { forms } = schema;
  const [row] = await db
    .select()
    .from(forms)
    .where(and(eq(forms.id, id), path === null ? undefined : eq(forms.path, path), gt(forms.expiresAt, sql`now()`)));
  if (!row) return null;
  if (row.accountId && row.accountId !== accountId) return null;
  if (row.network && !sameBytes(row.network, networkKey(client ?? "", id))) return null;
  const { outcome, values, errors } = row;
  return { id, path: row.path, outcome, values, errors };
}
