import { eq } from "drizzle-orm";
import { type Database, type Db, schema } from "#db/client.ts";
import { getConfig } from "#lib/config.ts";
import { isPrivatePeer, portOf } from "#lib/outbound/address.ts";
import { fetchDocument } from "#lib/outbound/client.ts";
import { Refusal } from "#lib/refusal.ts";
import { absolute, actorPath, eventPath, ownHost } from "#lib/urls.ts";
import { type ActorRow, localActor } from "../actors.ts";
import { ownHandle, ownId } from "../addresses.ts";
import { fetchObject, type Json } from "../documents.ts";
import { mirror } from "../inbox/event.ts";
import { takeEffect } from "../inbox/receive.ts";
import { keepActor, readActor, resolveActor } from "./actor.ts";
import { isAddress } from "./address.ts";
import { isEvent } from "./event.ts";
import { idOf, isObject, listOf, textOf } from "./values.ts";

/**
 * Finds what an address or a handle names, here or on its own server, keeps it, and returns the path of its page here.
 * @throws Refusal answer-odd, and as `fetchDocument`.
 */
export async function lookUp(db: Database, text: string): Promise<string> {
  const typed = text.trim();
  if (!isAddress(typed)) throw new Refusal("answer-odd");
  const uri = /^https?:/i.test(typed) ? typed : await uriOfHandle(typed.replace(/^acct:/, "").replace(/^@/, ""));
  const own = ownPathOf(uri);
  if (own) return own;
  const document = await fetchFrom(db, uri);
  if (isEvent(document)) return keepEvent(db, document);
  const actor = readActor(document) ? await keepActor(db, document) : null;
  if (!actor) throw new Refusal("answer-odd");
  return actorPath(actor.handle, actor.host);
}

/**
 * Whom `name@host` names on another server, as they are now.
 * @throws Refusal address-unknown-there, server-suspended.
 */
export const findByHandle = (db: Database, handle: string): Promise<ActorRow> =>
  found(async () => {
    const actor = await resolveActor(db, await uriOfHandle(handle), { fresh: true });
    return actor?.host && !actor.deletedAt ? actor : null;
  });

/**
 * Whom an address names, or `@name@host`, as they are now: on another server, which is asked, or here.
 * @throws Refusal address-unknown-there, server-suspended.
 */
export const findActor = (db: Database, text: string): Promise<ActorRow> =>
  found(async () => {
    const typed = text.trim().replace(/^acct:/i, "");
    if (!isAddress(typed)) return null;
    const [, name, host] = /^@?([^@/]+)@([^@/]+)$/.exec(typed.toLowerCase()) ?? [];
    const own = host === ownHost() ? name : ownHandle(typed);
    if (own) return localActor(db, own);
    const document = await fetchFrom(db, name ? await uriOfHandle(`${name}@${host}`) : typed);
    return readActor(document) ? keepActor(db, document) : null;
  });

/** @throws Refusal address-unknown-there for whatever stands in the way, but server-suspended. */
async function found(look: () => Promise<ActorRow | null>): Promise<ActorRow> {
  try {
    const actor = await look();
    if (actor) return actor;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === "server-suspended") throw error;
  }
  throw new Refusal("address-unknown-there");
}

function ownPathOf(uri: string): string | null {
  const handle = ownHandle(uri);
  const id = ownId(uri, "events");
  return id ? eventPath(id) : handle ? actorPath(handle) : uri === absolute("/") ? "/" : null;
}

/** A page's address may be another than its id: the document then is read again from where its id says. */
async function fetchFrom(db: Db, uri: string): Promise<Json> {
  const document = await fetchObject(db, uri);
  const id = idOf(document.id);
  return id && id !== uri ? fetchObject(db, id) : document;
}

async function keepEvent(db: Database, document: Json): Promise<string> {
  const effect = await mirror(db, document);
  if (effect) await takeEffect(db, effect);
  const [row] = await db
    .select({ id: schema.events.id })
    .from(schema.events)
    .where(eq(schema.events.uri, idOf(document.id)!));
  if (!row) throw new Refusal("answer-odd");
  return eventPath(row.id);
}

/** The id behind `name@host`, by WebFinger (RFC 7033). @throws Refusal answer-odd, and as `fetchDocument`. */
export async function uriOfHandle(handle: string): Promise<string> {
  const [name, host] = handle.toLowerCase().split("@") as [string, string];
  const links = await webFinger(`acct:${name}@${host}`, host);
  const self = links.find(({ rel, type }) => rel === "self" && /activity\+json|ld\+json/.test(textOf(type)));
  const href = textOf(self?.href);
  if (!href) throw new Refusal("answer-odd");
  return href;
}

/** The links that a server gives for one of its people, by their address there. @throws Refusal answer-odd, and as `fetchDocument`. */
export async function webFinger(resource: string, host: string): Promise<Json[]> {
  const base = host === ownHost() ? absolute("") : `${schemeOf(host)}://${host}`;
  const address = `${base}/.well-known/webfinger?resource=${encodeURIComponent(resource)}`;
  const { body } = await fetchDocument(address, { accept: "application/jrd+json, application/json", most: 64 * 1024 });
  try {
    const document = JSON.parse(Buffer.from(body).toString("utf8")) as Json;
    return listOf(document.links).filter(isObject);
  } catch {
    throw new Refusal("answer-odd");
  }
}

/** https, but for the peers of a test. @throws Refusal url-invalid. */
function schemeOf(host: string): "http" | "https" {
  if (!URL.canParse(`https://${host}`)) throw new Refusal("url-invalid");
  const url = new URL(`http://${host}`);
  return isPrivatePeer(getConfig().privatePeers, url.hostname, portOf(url)) ? "http" : "https";
}

/** The actor of a whole server: by its NodeInfo (FEP-2677), else as `relay`. @throws Refusal answer-odd, and as `fetchDocument`. */
export async function instanceActorOf(db: Database, host: string): Promise<ActorRow> {
  const address = `${schemeOf(host)}://${host}/.well-known/nodeinfo`;
  const asked = { accept: "application/json", most: 64 * 1024 };
  const links = await fetchDocument(address, asked)
    .then(({ body }) => listOf((JSON.parse(Buffer.from(body).toString("utf8")) as Json).links).filter(isObject))
    .catch(() => []);
  const named = links.find(({ rel }) => rel === "https://www.w3.org/ns/activitystreams#Application");
  const uri = textOf(named?.href) || (await uriOfHandle(`relay@${host}`));
  const actor = await resolveActor(db, uri, { fresh: true });
  if (!actor || actor.host === null) throw new Refusal("answer-odd");
  return actor;
}
