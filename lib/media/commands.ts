import { type Db, schema } from "#db/client.ts";
import { contentId } from "#lib/ids.ts";

/** Records where pictures of others lie, one row an address; nothing is fetched. Returns their ids by address. */
export async function recordRemote(db: Db, addresses: string[]): Promise<Map<string, string>> {
  const ids = new Map(addresses.map((remoteUrl) => [remoteUrl, contentId("remote", remoteUrl)]));
  const rows = [...ids].map(([remoteUrl, id]) => ({ id, remoteUrl })).sort((a, b) => (a.id < b.id ? -1 : 1));
  if (rows.length > 0) await db.insert(schema.media).values(rows).onConflictDoNothing();
  return ids;
}
