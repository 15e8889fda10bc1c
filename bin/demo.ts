import type { Database } from "#db/client.ts";

export async function seed(_db: Database, _say: (line: string) => void): Promise<void> {}
