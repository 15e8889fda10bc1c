import { domainToASCII } from "node:url";
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** What the host of a server can decide about another, the mildest first: each holds all that those before it do. */
export const standings = ["open", "limited", "silenced", "suspended"] as const;
export type Standing = (typeof standings)[number];

/** Whether a standing holds what another one does. */
export const isAtLeast = (standing: Standing, other: Standing): boolean =>
  standings.indexOf(standing) >= standings.indexOf(other);

/** The strictest of what was decided about a server and the domains above it. */
export const strictest = (decided: string[]): Standing => standings.findLast((one) => decided.includes(one)) ?? "open";

/** Judgements are passed one at a time; who holds this, shared, may rely on what holds until the transaction ends. */
export const judgementLock = sql`hashtextextended('peers', 0)`;

/** The name of a server as somebody typed it: also an address or a handle there, in ASCII and small. Null: none. */
export function readHost(typed: string): string | null {
  const text = typed
    .trim()
    .replace(/^https?:\/\//i, "")
    .replace(/[/?#].*$/s, "")
    .replace(/^.*@/, "");
  const [, name = "", port = ""] = /^([^:\s]{1,255}?)\.?(:\d{1,5})?$/.exec(text) ?? [];
  const host = `${domainToASCII(name).toLowerCase()}${port}`;
  return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?$/.test(host) && host.length <= 255 ? host : null;
}

/** A host, and the domains whose standing covers it: itself, without its port, and those above it, label by label. */
export function domainsOf(host: string): string[] {
  const whole = host.toLowerCase().replace(/\.$/, "");
  const bare = whole.replace(/:\d+$/, "");
  const labels = bare.split(".");
  const above = labels.map((_, index) => labels.slice(index).join(".")).filter((name) => name.includes("."));
  return [...new Set([whole, bare, ...above])];
}

/** The same as a filter: hosts that a domain covers, and no look-alikes. */
export function liesUnder(host: SQLWrapper, domain: SQLWrapper | string): SQL {
  const bare = sql`regexp_replace(${host}, ':[0-9]+$', '')`;
  return sql`(${host} = ${domain} or ${bare} = ${domain} or right(${bare}, length(${domain}::text) + 1) = '.' || ${domain})`;
}
