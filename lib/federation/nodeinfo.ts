import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { getInstance } from "#lib/instance/queries.ts";
import { absolute } from "#lib/urls.ts";
import manifest from "../../package.json" with { type: "json" };

/**
 * NodeInfo 2.1: how large this server is, and nothing about anybody. By `sessions_idle` and `events_local`; accounts and comments are
 * counted through.
 */
export async function nodeInfo(db: Db): Promise<Record<string, unknown>> {
  const instance = await getInstance(db);
  const [counts] = await db.execute<Record<"total" | "month" | "half" | "events" | "comments", number>>(sql`
    select (select count(*)::int from accounts where state = 'active') total,
      (select count(distinct account_id)::int from sessions where used_at > now() - interval '1 month') as month,
      (select count(distinct account_id)::int from sessions where used_at > now() - interval '6 months') as half,
      (select count(*)::int from events where listed and uri is null) events,
      (select count(*)::int from comments where uri is null and state = 'published') as comments`);
  return {
    software: { name: "parvis", version: manifest.version },
    protocols: ["activitypub"],
    services: { inbound: [], outbound: ["atom1.0"] },
    openRegistrations: instance.registration === "open",
    usage: {
      users: { total: counts!.total, activeMonth: counts!.month, activeHalfyear: counts!.half },
      localPosts: counts!.events,
      localComments: counts!.comments,
    },
    metadata: { nodeName: instance.name, nodeDescription: instance.description },
  };
}

/** The document at /.well-known/nodeinfo: `application/json`, since Mobilizon refuses Fedify's own; and FEP-2677's link. */
export const nodeInfoLinks = (): Record<string, unknown> => ({
  links: [
    { rel: "http://nodeinfo.diaspora.software/ns/schema/2.1", href: absolute("/nodeinfo/2.1") },
    { rel: "https://www.w3.org/ns/activitystreams#Application", href: absolute("/actor") },
  ],
});
