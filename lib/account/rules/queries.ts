import { asc, desc, inArray, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";

const { signUpRules } = schema;

/** All rules, 10,000 at most, by their primary key. */
export const listRules = (db: Db) => db.select().from(signUpRules).orderBy(asc(signUpRules.pattern)).limit(10_000);

/** `a@b.example.org` → itself, `b.example.org`, `example.org`, `org`. */
function patternsFor(canonical: string): string[] {
  const labels = canonical.slice(canonical.lastIndexOf("@") + 1).split(".");
  return [canonical, ...labels.map((_, at) => labels.slice(at).join("."))];
}

/**
 * Whether a canonical address may sign up: the longest rule that fits it decides; without one, it may unless the host
 * allows only certain ones. By primary key, and `sign_up_rules_allowed`.
 */
export async function maySignUp(db: Db, canonical: string): Promise<boolean> {
  const [rule] = await db
    .select({ allowed: signUpRules.allowed })
    .from(signUpRules)
    .where(inArray(signUpRules.pattern, patternsFor(canonical)))
    .orderBy(desc(sql`position('@' in ${signUpRules.pattern})`), desc(sql`length(${signUpRules.pattern})`))
    .limit(1);
  if (rule) return rule.allowed;
  const [some] = await db
    .select({ pattern: signUpRules.pattern })
    .from(signUpRules)
    .where(sql`${signUpRules.allowed}`)
    .limit(1);
  return some === undefined;
}
