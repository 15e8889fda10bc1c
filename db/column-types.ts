import { customType } from "drizzle-orm/pg-core";

/** Columns of PostgreSQL that Drizzle has no name for. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });
