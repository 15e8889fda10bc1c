import type { Database } from "#db/client.ts";

export async function tellChanges(_db: Database, _noticeId: string): Promise<void> {}
export async function callOffEvent(_db: Database, _eventId: string, _message: string): Promise<void> {}
