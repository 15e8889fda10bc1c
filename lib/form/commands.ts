import { and, eq, lt, sql } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { networkKey } from "#lib/limits/network.ts";
import type { Typist } from "./queries.ts";

export type FormValues = Record<string, string | string[]>;

type Kept = {
  path: string;
  /** "refused", or what page is to be shown. */
  outcome: string;
  values: FormValues;
  errors?: Record<string, string>;
  /** To whom alone it is shown again; absent: to whoever has its id. */
  by?: Typist | null;
};

/** Keeps what was typed for one hour. Returns its random id. */
export async function keepForm(db: Database, { path, by, ...form }: Kept): Promise<string> {
  const id = newId();
  const whose = by && ("accountId" in by ? by : { network: networkKey(by.client, id) });
  await db
    .insert(schema.forms)
    .values({ id, ...form, ...whose, path: path.slice(0, 500), expiresAt: sql`now() + interval '1 hour'` });
  return id;
}

/** Forgets a form that was refused, once it is done; what only says what page to show stays for its hour. By primary key. */
export async function forgetForm(db: Database, id: string, path: string): Promise<void> {
  const { forms } = schema;
  await db.delete(forms).where(and(eq(forms.id, id), eq(forms.path, path), eq(forms.outcome, "refused")));
}

/** Erases what was kept longer than its hour. By `forms_expired`. */
export async function purgeForms(db: Database): Promise<void> {
  await db.delete(schema.forms).where(lt(schema.forms.expiresAt, sql`now()`));
}
