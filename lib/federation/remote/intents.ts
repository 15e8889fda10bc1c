import type { Db } from "#db/client.ts";
import { Refusal } from "#lib/refusal.ts";
import { absolute, ownHost, signInAt, webUrl } from "#lib/urls.ts";
import type { Json } from "../documents.ts";
import { isSuspended } from "../peers/queries.ts";
import { webFinger } from "./lookup.ts";
import { textOf } from "./values.ts";

/** What somebody would like to do on their own server with something of another one (FEP-3b86). */
export type Intent = "Join" | "Follow" | "Object";

/** An address as people write it, as WebFinger asks for it: `@name@host`, or the address of their profile. */
function resourceOf(typed: string): { resource: string; host: string } | null {
  const text = typed.trim();
  if (/^https?:\/\//i.test(text)) {
    const url = webUrl(text);
    return url ? { resource: url, host: new URL(url).host } : null;
  }
  const [, name, host] = /^(?:acct:)?@?([\w.-]{1,64})@([^\s@/:?#]{3,253}(?::\d{1,5})?)$/.exec(text) ?? [];
  if (!name || !host || !URL.canParse(`https://${host}`)) return null;
  const ascii = new URL(`https://${host}`).host;
  return { resource: `acct:${name}@${ascii}`, host: ascii };
}

/**
 * Where, on the server that an address belongs to, one can do something with what has the id `uri`: by its activity
 * intents (FEP-3b86), else by its subscribe template (OStatus). The server is asked, nobody is sent anywhere.
 * @throws Refusal address-whole, address-unknown-there, no-door, server-suspended, and as `fetchDocument`, all of the field `address`.
 */
export async function findDoor(
  db: Db,
  { address, intent, uri, path }: { address: string; intent: Intent; uri: string; path: string },
): Promise<{ host: string; href: string }> {
  const no = (code: "address-whole" | "address-unknown-there" | "no-door" | "server-suspended") =>
    new Refusal(code, { field: "address" });
  const found = resourceOf(address);
  if (!found) throw no("address-whole");
  const { resource, host } = found;
  if (host === ownHost()) return { host, href: absolute(signInAt(path)) };
  if (await isSuspended(db, host)) throw no("server-suspended");
  const links = await webFinger(resource, host).catch((error: unknown) => {
    throw error instanceof Refusal ? no("address-unknown-there") : error;
  });
  const template = templateOf(links, intent);
  const href = template && webUrl(fill(template, uri));
  if (!href || (href.startsWith("http:") && new URL(href).host !== host)) throw no("no-door");
  return { host: new URL(href).host, href };
}

const intentRel = (name: Intent): string => `https://w3id.org/fep/3b86/${name}`;

function templateOf(links: Json[], intent: Intent): string | null {
  const wanted = [intentRel(intent), intentRel("Object"), "http://ostatus.org/schema/1.0/subscribe"];
  for (const rel of wanted) {
    const template = textOf(links.find((link) => link.rel === rel)?.template);
    if (/\{(object|uri)\}/.test(template)) return template;
  }
  return null;
}

/** RFC 6570, level 1, with the one value that we have; what else a template would like to know stays empty. */
const fill = (template: string, uri: string): string =>
  template.replace(/\{([\w-]{1,40})\}/g, (_, name: string) =>
    name === "object" || name === "uri" ? encodeURIComponent(uri) : "",
  );
