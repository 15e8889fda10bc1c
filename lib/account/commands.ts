import { type Db, schema } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { canonicalAddress } from "#lib/secrets.ts";
import type { AccountInput } from "./input.ts";
import { hashPassword } from "./password.ts";
import type { AccountRow } from "./queries.ts";

/**
 * Opens an account whose address the host vouches for: active at once. Only for whoever runs the server.
 * @throws Refusal forbidden, email-invalid, email-taken (whatever the spelling).
 */
export async function createAccount(db: Db, viewer: Viewer, input: AccountInput): Promise<AccountRow> {
  if (viewer.kind !== "operator") throw new Refusal("forbidden");
  const { password, ...rest } = input;
  const email = canonicalAddress(input.email);
  if (!email) throw new Refusal("email-invalid", { field: "email" });
  const [row] = await db
    .insert(schema.accounts)
    .values({
      ...rest,
      id: newId(),
      email,
      passwordHash: await hashPassword(password),
      state: "active",
      confirmedAt: new Date(),
    })
    .onConflictDoNothing({ target: schema.accounts.email })
    .returning();
  if (!row) throw new Refusal("email-taken", { field: "email" });
  return row;
}
