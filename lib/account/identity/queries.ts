import { eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import { getForm } from "#lib/form/queries.ts";

const { identities } = schema;

/** The identities that open an account. By `identities_account`. */
export const listIdentities = (db: Db, accountId: string) =>
  db
    .select({ id: identities.id, issuer: identities.issuer, createdAt: identities.createdAt })
    .from(identities)
    .where(eq(identities.accountId, accountId));

/** What a provider said of somebody who has no account here yet. */
export type NewIdentity = { issuer: string; subject: string; email: string; name: string };

/** Under which such an identity is kept, one hour, by an id that only its browser knows. */
export const identityPath = "/sign-up identity";

/** The identity that waits under this id for an account; null when its hour is over. */
export async function getNewIdentity(db: Db, id: unknown): Promise<NewIdentity | null> {
  const kept = await getForm(db, id, identityPath);
  if (!kept) return null;
  const text = (name: string) => String(kept.values[name] ?? "");
  return { issuer: text("issuer"), subject: text("subject"), email: text("email"), name: text("name") };
}
