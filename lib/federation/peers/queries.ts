import { and, asc, desc, gt, inArray, sql } from "drizzle-orm";
import { type Db, schema } from "#db/client.ts";

const { peers } = schema;

export type PeerRow = typeof peers.$inferSelect;
export type Standing = "open" | "silenced" | "suspended";

/** A host and the domains above it, whose standing covers it: label by label, down to two. */
const domainsOf = (host: string): string[] => {
  const labels = host.toLowerCase().replace(/\.$/, "").replace(/:\d+$/, "").split(".");
  const above = labels.map((_, index) => labels.slice(index).join(".")).filter((name) => name.includes("."));
  return [...new Set([host.toLowerCase(), ...above])];
};

/** What the host of this server decided about another one, or about a domain that it belongs to. By primary key. */
export async function standingOf(db: Db, host: string): Promise<Standing> {
  const rows = await db
    .select({ standing: peers.standing })
    .from(peers)
    .where(inArray(peers.host, domainsOf(host)));
  const found = rows.map(({ standing }) => standing);
  return found.includes("suspended") ? "suspended" : found.includes("silenced") ? "silenced" : "open";
}

/** How some hosts fare: `troubled` did not answer last time; `dead` neither answered nor said anything for a week. */
export async function fareOf(db: Db, hosts: string[]): Promise<{ troubled: Set<string>; dead: Set<string> }> {
  const silent = sql`coalesce(${peers.reachedAt}, ${peers.createdAt}) < now() - interval '7 days'
    and coalesce(${peers.heardAt}, ${peers.createdAt}) < now() - interval '7 days'`;
  // By primary key.
  const rows = await db
    .select({ host: peers.host, dead: sql<boolean>`${peers.failures} >= 10 and ${silent}` })
    .from(peers)
    .where(and(inArray(peers.host, hosts), gt(peers.failures, 0)));
  const dead = new Set(rows.filter((row) => row.dead).map(({ host }) => host));
  return { troubled: new Set(rows.map(({ host }) => host)), dead };
}

/** The servers that are known, those with trouble first. */
export const listPeers = (db: Db, limit = 200): Promise<PeerRow[]> =>
  db
    .select()
    .from(peers)
    .orderBy(desc(sql`${peers.standing} <> 'open'`), desc(peers.failures), asc(peers.host))
    .limit(limit);
