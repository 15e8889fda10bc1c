import type { Database } from "#db/client.ts";

export async function deliverMail(_db: Database, _mailId: string): Promise<void> {}
