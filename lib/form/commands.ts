import { lt, sql } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { newId } from "#lib/ids.ts";

export type FormValues = Record<string, string | string[]>;

/** Keeps what was typed for one hour. `outcome` says why: "refused", or what page is to be shown. Returns its random id. */
export async function keepForm(
  db: Database,
  form: {
    path: string;
    outcome: string;
    values: FormValues;
    errors?: Record<string, string>;
    /** Whoever is signed in: then it is shown to them alone. */
    accountId?: string | null;
  },
): Promise<string> {
  const id = newId();
  await db
    .insert(schema.forms)
    .values({ id, ...form, path: form.path.slice(0, 500), expiresAt: sql`now() + interval '1 hour'` });
  return id;
}

/** Erases what was kept longer than its hour. */
export async function purgeForms(db: Database): Promise<void> {
  await db.delete(schema.forms).where(lt(schema.forms.expiresAt, sql`now()`));
}
