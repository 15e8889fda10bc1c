import type { Db } from "./client.ts";

/**
 * A query that is written once for each handle, and asked again and again with other values (`sql.placeholder`). Drizzle
 * writes a statement anew whenever it is asked, which for a wide one costs more than reading its row; Postgres parses it
 * once a connection. Worth it only for what every visitor's page asks.
 */
export function prepared<Query>(prepare: (db: Db) => Query): (db: Db) => Query {
  const kept = new WeakMap<Db, Query>();
  return (db) => {
    const known = kept.get(db);
    if (known) return known;
    const query = prepare(db);
    kept.set(db, query);
    return query;
  };
}
