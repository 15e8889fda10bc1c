import type { Json } from "../peer.ts";
import { dressed, type Forgery, genuine, inboxOf, misSigned, passedOn, security } from "./forgery.ts";

const longAgo = (n: number) => new Date(Date.now() - (2 + n) * 3_600_000);
const headers = ["(request-target)", "host", "date", "digest"];
const without = (...names: string[]) => headers.filter((name) => !names.includes(name));
const wrong = (n: number) => `SHA-256=${Buffer.alloc(32, n).toString("base64")}`;

/** How a genuine activity is signed, or vouched for, by whoever may not. */
export const signatures: Forgery[] = [
  misSigned("signed by somebody else of the same server", ["signature"], ({ imp }) => ({ signer: imp })),
  {
    name: "signed by somebody of another server",
    weak: ["signature"],
    attempt: async (stage, n) =>
      stage.evil.send(inboxOf(stage, n), dressed(await genuine(stage, n), n), { signer: stage.eve }),
  },
  misSigned("unsigned", ["key", "coverage", "signature"], () => ({ change: { signature: null } })),
  misSigned("signed with a letter of the signature changed", ["signature"], (_, n, { actor }) => ({
    change: {
      signature: `keyId="${actor}#main-key",algorithm="rsa-sha256",headers="${headers.join(" ")}",signature="${Buffer.alloc(256, n + 1).toString("base64")}"`,
    },
  })),
  misSigned("with the digest of another body", ["digest", "signature"], (_, n) => ({ change: { digest: wrong(n) } })),
  misSigned("without a digest", ["digest", "coverage", "signature"], () => ({
    covered: without("digest"),
    change: { digest: null },
  })),
  misSigned("with the digest unsigned", ["coverage", "signature"], () => ({ covered: without("digest") })),
  misSigned("with the date unsigned", ["signature"], () => ({ covered: without("date") })),
  misSigned("with the path unsigned", ["signature"], () => ({ covered: without("(request-target)") })),
  misSigned("with the host unsigned", ["coverage"], () => ({ covered: without("host") })),
  misSigned("with the host unsigned, and said to be signed", ["coverage"], (_, __, { actor }) => ({
    keyId: `${actor}#main-key",headers="${headers.join(" ")}`,
    covered: without("host"),
  })),
  misSigned("signed hours ago", ["date", "signature"], (_, n) => ({ date: longAgo(n) })),
  misSigned("signed for hours to come", ["date", "signature"], (_, n) => ({
    date: new Date(Date.now() + (2 + n) * 3_600_000),
  })),
  misSigned("signed hours ago, with a fresh date", ["signature"], (_, n) => ({
    date: longAgo(n),
    change: { date: new Date().toUTCString() },
  })),
  misSigned("signed for another server", ["signature"], ({ evil }) => ({ meant: `${evil.origin}/inbox` })),
  misSigned("signed for another inbox", ["signature"], (stage, n) => ({ meant: inboxOf(stage, n + 1) })),
  misSigned("with a key that the actor does not have", ["signature"], ({ imp }, n, { actor }) => ({
    signer: imp,
    keyId: `${actor}#key-${n}`,
  })),
  misSigned("with two keys named", ["key", "signature"], ({ imp, bob }, n, { actor }) => ({
    signer: imp,
    keyId: n % 2 ? `${actor}#main-key",keyId="${imp}#main-key` : `${bob}#main-key",keyId="${actor}#main-key`,
  })),
  {
    name: "with a key document on another server that names the actor as its owner",
    weak: ["signature"],
    attempt: async (stage, n) => {
      const { evil, eve } = stage;
      const activity = dressed(await genuine(stage, n), n);
      const { publicKey } = evil.documents.get("/users/eve") as { publicKey: Json };
      const id = `${evil.origin}/keys/${n}`;
      const owned = { owner: activity.actor, controller: activity.actor };
      evil.documents.set(`/keys/${n}`, { "@context": security, ...publicKey, ...owned, id, type: "CryptographicKey" });
      return evil.send(inboxOf(stage, n), activity, { signer: eve, keyId: id });
    },
  },
  {
    name: "with a key at an address of the actor's server that leads to another",
    weak: ["signature"],
    attempt: async (stage, n) => {
      const { good, evil, eve } = stage;
      const activity = dressed(await genuine(stage, n), n);
      const { publicKey } = evil.documents.get("/users/eve") as { publicKey: Json };
      const id = `${good.origin}/redirect/${n}`;
      evil.documents.set(`/lie/${n}`, { "@context": security, ...publicKey, id, owner: activity.actor });
      good.documents.set(`/redirect/${n}`, (res) => res.writeHead(302, { location: `${evil.origin}/lie/${n}` }).end());
      return evil.send(inboxOf(stage, n), activity, { signer: eve, keyId: id });
    },
  },
  passedOn("passed on without anything that vouches for it", (_, activity) => activity),
  passedOn("passed on with a proof by somebody else", ({ evil, eve }, activity) => evil.prove(activity, eve)),
  passedOn("passed on with a proof by somebody else in the actor's name", ({ evil, eve }, activity) =>
    evil.prove(activity, eve, `${activity.actor}#proof-key`),
  ),
  passedOn("passed on with a proof over other words", ({ good }, activity, n) => ({
    ...good.prove({ ...activity, object: `https://else.example/${n}` }, activity.actor as string),
    object: activity.object,
  })),
  passedOn("passed on with a linked-data signature by somebody else", ({ evil, eve }, activity) =>
    evil.link(activity, eve),
  ),
  passedOn("passed on with a linked-data signature by somebody else in the actor's name", ({ evil, eve }, activity) =>
    evil.link(activity, eve, `${activity.actor}#main-key`),
  ),
  passedOn("passed on with a linked-data signature over other words", ({ good }, activity, n) => ({
    ...good.link({ ...activity, object: `https://else.example/${n}` }, activity.actor as string),
    object: activity.object,
  })),
];
