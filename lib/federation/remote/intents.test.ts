import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { person } from "#lib/account/testing.ts";
import { operator } from "#lib/policy/viewer.ts";
import { judgePeer } from "../peers/judgement.ts";
import { type Json, Peer } from "../testing/peer.ts";
import { type Served, serveFederation } from "../testing/server.ts";
import { findDoor, type Intent } from "./intents.ts";
import { knownPath } from "./known.ts";
import { lookUp } from "./lookup.ts";

let served: Served;
let peer: Peer;
beforeAll(async () => {
  peer = await new Peer().start();
  served = await serveFederation(() => [peer.host]);
  await person(served.base.db, "ann");
});
afterAll(async () => {
  await served.stop();
  await peer.stop();
});

const intent = (name: string) => `https://w3id.org/fep/3b86/${name}`;
const subscribe = "http://ostatus.org/schema/1.0/subscribe";
const at = (resource: string) => `/.well-known/webfinger?resource=${encodeURIComponent(resource)}`;
const uri = "https://parvis.example/events/1?a=b&c";

describe("the door on somebody's own server", () => {
  const find = (address: string, wanted: Intent = "Join") =>
    findDoor(served.base.db, { address, intent: wanted, uri, path: "/events/1" });
  const links = (name: string, all: Json[]) => peer.documents.set(at(`acct:${name}@${peer.host}`), { links: all });

  it("is its page for just that, else for things, else for subscribing; the address is passed on whole", async () => {
    const join = `${peer.origin}/join?object={object}&then={on-success}`;
    links("kim", [
      { rel: subscribe, template: `${peer.origin}/subscribe?uri={uri}` },
      { rel: intent("Object"), template: `${peer.origin}/see?object={object}` },
      { rel: intent("Join"), template: join },
    ]);
    const encoded = encodeURIComponent(uri);
    for (const address of [`@kim@${peer.host}`, `kim@${peer.host}`, ` acct:kim@${peer.host} `])
      expect(await find(address)).toEqual({ host: peer.host, href: `${peer.origin}/join?object=${encoded}&then=` });
    expect((await find(`@kim@${peer.host}`, "Follow")).href).toBe(`${peer.origin}/see?object=${encoded}`);
    links("lou", [{ rel: subscribe, template: `${peer.origin}/subscribe?uri={uri}` }]);
    expect((await find(`@lou@${peer.host}`)).href).toBe(`${peer.origin}/subscribe?uri=${encoded}`);
    peer.documents.set(at(`${peer.origin}/@mia`), {
      links: [{ rel: subscribe, template: `${peer.origin}/s?u={uri}` }],
    });
    expect((await find(`${peer.origin}/@mia`)).href).toBe(`${peer.origin}/s?u=${encoded}`);
  });

  it("of somebody of this server is its own sign-in", async () => {
    const own = new URL(served.origin).host;
    expect(await find(`@ann@${own}`)).toEqual({ host: own, href: `${served.origin}/sign-in?next=%2Fevents%2F1` });
  });

  it.each([
    ["mastodon.social", "address-whole"],
    ["not an address", "address-whole"],
    ["@nobody@PEER", "address-unknown-there"],
    ["@closed@PEER", "no-door"],
    ["@script@PEER", "no-door"],
    ["@plain@PEER", "no-door"],
    ["@name@127.0.0.1", "address-unknown-there"],
  ])("%s: %s", async (typed, code) => {
    links("closed", []);
    links("script", [{ rel: subscribe, template: "javascript:alert('{uri}')" }]);
    links("plain", [{ rel: subscribe, template: "http://elsewhere.example/?uri={uri}" }]);
    await expect(find(typed.replace("PEER", peer.host))).rejects.toMatchObject({ code, field: "address" });
  });

  it("of a blocked server is not asked for", async () => {
    await judgePeer(served.base.db, operator, { host: peer.host, standing: "suspended" });
    const asked = peer.asked.length;
    await expect(find(`@kim@${peer.host}`)).rejects.toMatchObject({ code: "server-suspended" });
    expect(peer.asked.length).toBe(asked);
    await judgePeer(served.base.db, operator, { host: peer.host, standing: "open" });
  });
});

describe("what other servers are told", () => {
  const ask = (resource: string) => fetch(`${served.origin}/.well-known/webfinger${resource}`);
  const host = () => new URL(served.origin).host;

  it("is who somebody is, by each of their addresses, and where people of this server act", async () => {
    const named: [string, string][] = [
      [`acct:ann@${host()}`, `${served.origin}/@ann`],
      [`${served.origin}/@ann`, `${served.origin}/@ann`],
      [`acct:relay@${host()}`, `${served.origin}/actor`],
      [`${served.origin}/actor`, `${served.origin}/actor`],
      [`${served.origin}/`, `${served.origin}/actor`],
    ];
    for (const [resource, id] of named) {
      const answer = await ask(`?resource=${encodeURIComponent(resource)}`);
      expect([resource, answer.status]).toEqual([resource, 200]);
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      const { links } = (await answer.json()) as { links: Record<string, string>[] };
      expect(links).toContainEqual(
        expect.objectContaining({ rel: "self", href: id, type: "application/activity+json" }),
      );
      for (const rel of [subscribe, ...["Object", "Follow", "Join", "Leave"].map(intent)])
        expect(links.find((link) => link.rel === rel)?.template).toMatch(
          /\/authorize_interaction\?uri=\{(uri|object)\}/,
        );
    }
  });

  it("is nothing of other hosts and nobody, and not without a question", async () => {
    const status = async (query: string) => (await ask(query)).status;
    expect(await status("")).toBe(400);
    expect(await status("?resource=acct:ann@other.example")).toBe(404);
    expect(await status(`?resource=acct:nobody@${host()}`)).toBe(404);
    expect(await status("?resource=https://other.example/@ann")).toBe(404);
  });

  it("leads to our page of what is known here, and asks nobody", async () => {
    const { db } = served.base;
    const kim = peer.actor("kim");
    expect(await knownPath(db, kim)).toBeNull();
    await lookUp(db, kim);
    const asked = peer.asked.length;
    expect(await knownPath(db, kim)).toBe(`/@kim@${peer.host}`);
    expect(await knownPath(db, `@kim@${peer.host}`)).toBe(`/@kim@${peer.host}`);
    expect(await knownPath(db, `${served.origin}/@ann`)).toBe("/@ann");
    expect(await knownPath(db, `ann@${host()}`)).toBe("/@ann");
    expect(await knownPath(db, `${served.origin}//evil.example`)).toBe("/");
    expect(peer.asked.length).toBe(asked);
  });
});
