import type { Database } from "#db/client.ts";

const slot = Symbol.for("parvis.database");
const held = globalThis as { [slot]?: Database };

/** The pool that pages and routes pass on; the launcher opens it. */
export function database(): Database {
  const db = held[slot];
  if (!db) throw new Error("No database in this process: Parvis is started by npm start, npm run demo or npm run dev.");
  return db;
}

export const setDatabase = (db: Database): void => {
  held[slot] = db;
};
