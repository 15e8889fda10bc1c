import { createPublicKey } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { operator } from "#lib/policy/viewer.ts";
import { keysOf, rotateKeys } from "./keys.ts";
import { tellActor } from "./outbox/actor.ts";
import { deliverTo } from "./outbox/delivery.ts";
import { isProven, isSigned, type Json, Peer, read } from "./testing/peer.ts";
import { type Served, serveFederation } from "./testing/server.ts";

let served: Served;
let peer: Peer;
beforeAll(async () => {
  peer = await new Peer().start();
  served = await serveFederation(() => [peer.host]);
});
afterAll(async () => {
  await served.stop();
  await peer.stop();
});

it("are replaced under ids of their own: what is said from then on is signed with the new ones, what was said before stays proven", async () => {
  const { db } = served.base;
  const ann = await person(db, "ann");
  const id = `${served.origin}/@ann`;
  await peer.send(`${served.origin}/inbox`, peer.activity(peer.actor("kim"), "Follow", id));
  await deliverTo(db, peer.host);
  const accepted = peer.received("Accept")[0]!;
  expect(await isProven(accepted)).toBe(true);
  const { json: before } = await read(id);
  const pem = (before.publicKey as Json).publicKeyPem as string;
  expect(createPublicKey(pem).asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 });
  await expect(rotateKeys(db, ann.viewer, ann.actor.id)).rejects.toMatchObject({ code: "forbidden" });
  await rotateKeys(db, operator, ann.actor.id);
  const { json: after } = await read(id);
  const idOf = (actor: Json) => (actor.publicKey as Json).id;
  expect([idOf(before), idOf(after)]).toEqual([`${id}#main-key`, `${id}#main-key-1`]);
  expect((after.publicKey as Json).publicKeyPem).not.toBe((before.publicKey as Json).publicKeyPem);
  expect((after.assertionMethod as Json[]).map((method) => method.id)).toEqual([
    `${id}#ed25519-key-1`,
    `${id}#ed25519-key`,
  ]);
  expect(await isProven(accepted), "by the key that was then").toBe(true);
  await tellActor(db, ann.actor.id);
  await deliverTo(db, peer.host);
  const told = peer.inbox.at(-1)!;
  expect(told.activity).toMatchObject({ type: "Update", object: { id, publicKey: { id: `${id}#main-key-1` } } });
  expect(String(told.headers.signature)).toContain("main-key-1");
  expect([await isSigned(told), await isProven(told.activity)]).toEqual([true, true]);
  // Sealed each for its own row, and the former one at hand for who does not know the new one yet.
  expect((await keysOf(db, ann.actor.id)).former?.name).toBe("main-key");
  expect(await db.$count(schema.actorKeys)).toBeGreaterThanOrEqual(4);
});

it("may be the former one where a server knows no other yet: what it refused by the new one is shown once more", async () => {
  const { db } = served.base;
  const bob = await person(db, "bob");
  const id = `${served.origin}/@bob`;
  const lea = peer.actor("lea");
  await rotateKeys(db, operator, bob.actor.id);
  const tried: string[] = [];
  peer.answer = ({ signature }) => {
    const [, key = ""] = /keyId="[^"]*#([^"]*)"/.exec(String(signature)) ?? [];
    tried.push(key);
    return key === "main-key" ? 202 : 401;
  };
  await peer.send(`${served.origin}/inbox`, peer.activity(lea, "Follow", id));
  await deliverTo(db, peer.host);
  expect(tried.at(-1)).toBe("main-key");
  expect(tried[0]).toBe("main-key-1");
  expect(peer.inbox.at(-1)!.activity).toMatchObject({ type: "Accept", actor: id });
  peer.answer = 202;
});
