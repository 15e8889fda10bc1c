import { eq } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { canonicalAddress } from "#lib/secrets.ts";

const { signUpRules } = schema;

/** An address or a domain in its one spelling. @throws Refusal pattern-invalid */
function patternOf(text: string): string {
  const bare = text.trim().replace(/^@/, "");
  const pattern = bare.includes("@") ? canonicalAddress(bare) : canonicalAddress(`a@${bare}`)?.slice(2);
  if (!pattern) throw new Refusal("pattern-invalid", { field: "pattern" });
  return pattern;
}

/**
 * Lets an address or a domain (with those below it) sign up, or keeps it from it. As soon as anything is allowed, only
 * that may; the longer pattern wins. Only for whoever runs the server.
 * @throws Refusal forbidden, pattern-invalid
 */
export async function setRule(db: Db, viewer: Viewer, rule: { pattern: string; allowed: boolean }): Promise<string> {
  if (viewer.kind !== "operator") throw new Refusal("forbidden");
  const pattern = patternOf(rule.pattern);
  const { allowed } = rule;
  await db
    .insert(signUpRules)
    .values({ pattern, allowed })
    .onConflictDoUpdate({ target: signUpRules.pattern, set: { allowed } });
  return pattern;
}

/** @throws Refusal forbidden, pattern-invalid, not-found */
export async function removeRule(db: Db, viewer: Viewer, text: string): Promise<void> {
  if (viewer.kind !== "operator") throw new Refusal("forbidden");
  const gone = await db
    .delete(signUpRules)
    .where(eq(signUpRules.pattern, patternOf(text)))
    .returning();
  if (gone.length === 0) throw new Refusal("not-found");
}
