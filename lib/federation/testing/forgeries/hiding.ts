import { type Forgery, inboxOf, misSigned, overreach, type Stage } from "./forgery.ts";

const spellings = [
  "127.0.0.1",
  "127.1",
  "2130706433",
  "0x7f000001",
  "0177.0.0.1",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "localhost",
  "0.0.0.0",
];
const hidden = ({ trap }: Stage, n: number, scheme = "http") =>
  `${scheme}://${spellings[n % spellings.length]}:${trap.port}/${n}`;

/** Addresses of this machine or its network, wherever an address may stand. */
export const hiding: Forgery[] = [
  misSigned("a key at a private address", ["key", "address"], (stage, n) => ({
    keyId: `${hidden(stage, n, "https")}#main-key`,
  })),
  overreach("an object at a private address", ["address"], async (stage, n) => ({
    by: "eve",
    type: n % 2 ? "Announce" : "Create",
    object: hidden(stage, n),
  })),
  overreach("an object whose address leads to a private one", ["address"], async (stage, n) => {
    const { evil } = stage;
    evil.documents.set(`/inside/${n}`, (res) => res.writeHead(302, { location: hidden(stage, n) }).end());
    return { by: "eve", type: n % 2 ? "Announce" : "Update", object: `${evil.origin}/inside/${n}` };
  }),
  {
    name: "an actor of a private address",
    weak: ["key", "address", "signature"],
    attempt: async (stage, n) => {
      const { evil, eve, ann } = stage;
      const actor = hidden(stage, n);
      const activity = { ...evil.activity(actor, "Follow", ann), id: `${new URL(actor).origin}/activities/${n}` };
      return evil.send(inboxOf(stage, n), activity, { signer: eve, keyId: `${actor}#main-key` });
    },
  },
];
