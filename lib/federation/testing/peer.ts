import {
  createHash,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { signedStatements } from "./linked-data.ts";

export type Json = Record<string, unknown>;
export type Delivered = { activity: Json; headers: IncomingMessage["headers"]; path: string; body: string };

const media = "application/activity+json";

type Answering = Json | number | ((res: ServerResponse) => void);
type Keys = { publicKeyPem: string; privateKey: string; proofKey: KeyObject; multibase: string };

/** How a request is to be signed otherwise than by its actor, for where it goes, now. `change`: headers after signing; null: none. */
export type Signing = {
  signer?: string | undefined;
  keyId?: string | undefined;
  covered?: string[] | undefined;
  /** The inbox that it is signed for, if it is another than it is sent to. */
  meant?: string | undefined;
  change?: Record<string, string | null> | undefined;
  date?: Date | undefined;
};

/**
 * Another server, written without Fedify: it serves actors and documents, signs by draft-cavage as Mastodon does, keeps
 * what it is sent, and checks signatures by itself.
 */
export class Peer {
  readonly documents = new Map<string, Answering>();
  readonly inbox: Delivered[] = [];
  /** What to answer a POST with, by its headers. */
  answer: number | ((headers: IncomingMessage["headers"]) => number) = 202;
  asked: string[] = [];
  /** With whose key a document was last asked for, by its path. */
  readonly askers = new Map<string, string | undefined>();
  #server: Server;
  #keys = new Map<string, Keys>();
  #origin = "";

  constructor() {
    this.#server = createServer({ keepAliveTimeout: 120_000 }, (req, res) => {
      this.asked.push(`${req.method} ${req.url}`);
      if (req.method === "POST") {
        let body = "";
        req.on("data", (chunk) => {
          body += chunk;
        });
        req.on("end", () => {
          const answer = typeof this.answer === "number" ? this.answer : this.answer(req.headers);
          if (answer < 300)
            this.inbox.push({ activity: JSON.parse(body) as Json, headers: req.headers, path: req.url!, body });
          res.writeHead(answer).end();
        });
        return;
      }
      this.askers.set(req.url ?? "", /keyId="([^"#]*)/.exec(String(req.headers.signature))?.[1]);
      const found = this.documents.get(req.url ?? "");
      if (found === undefined) return res.writeHead(404).end();
      if (typeof found === "number") return res.writeHead(found).end();
      if (typeof found === "function") return found(res);
      return res.writeHead(200, { "Content-Type": media }).end(JSON.stringify(found));
    });
  }

  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
    this.#origin = `http://localhost:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  stop(): Promise<void> {
    spare.push(...new Set(this.#keys.values()));
    this.#keys.clear();
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  get origin(): string {
    return this.#origin;
  }
  get host(): string {
    return new URL(this.#origin).host;
  }
  uri(name: string): string {
    return `${this.#origin}/users/${name}`;
  }

  /** Makes an actor with a key pair of its own, or with that of another, which is quicker. Returns its id. */
  actor(name: string, change: Json = {}, like?: string): string {
    const id = this.uri(name);
    const keys = like ? this.#keys.get(like)! : (spare.pop() ?? newKeys());
    this.#keys.set(id, keys);
    const { publicKeyPem, multibase } = keys;
    this.documents.set(`/users/${name}`, {
      "@context": [
        "https://www.w3.org/ns/activitystreams",
        "https://w3id.org/security/v1",
        "https://w3id.org/security/multikey/v1",
        { assertionMethod: { "@id": "https://w3id.org/security#assertionMethod", "@type": "@id" } },
      ],
      id,
      type: "Person",
      preferredUsername: name,
      name: `${name[0]!.toUpperCase()}${name.slice(1)}`,
      inbox: `${id}/inbox`,
      outbox: `${id}/outbox`,
      followers: `${id}/followers`,
      endpoints: { sharedInbox: `${this.#origin}/inbox` },
      publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem },
      assertionMethod: [{ id: `${id}#proof-key`, type: "Multikey", controller: id, publicKeyMultibase: multibase }],
      ...change,
    });
    return id;
  }

  /** An activity of one of our actors. */
  activity(actor: string, type: string, object: unknown, more: Json = {}): Json {
    return {
      "@context": "https://www.w3.org/ns/activitystreams",
      id: `${this.#origin}/activities/${Math.random().toString(36).slice(2)}`,
      type,
      actor,
      object,
      ...more,
    };
  }

  /** A request with it, signed by its actor, or as `how` says. */
  signed(inbox: string, activity: Json | string, how: Signing = {}): { headers: Record<string, string>; body: string } {
    const { covered = ["(request-target)", "host", "date", "digest"], meant = inbox, date = new Date() } = how;
    const body = typeof activity === "string" ? activity : JSON.stringify(activity);
    const by = how.signer ?? ((activity as Json).actor as string);
    const url = new URL(meant);
    const signed: Record<string, string> = {
      host: url.host,
      date: date.toUTCString(),
      digest: `SHA-256=${createHash("sha256").update(body).digest("base64")}`,
    };
    const lines = covered.map((name) =>
      name === "(request-target)" ? `${name}: post ${url.pathname}${url.search}` : `${name}: ${signed[name]}`,
    );
    const signature = createSign("RSA-SHA256").update(lines.join("\n")).sign(this.#keys.get(by)!.privateKey, "base64");
    const headers = {
      ...signed,
      "content-type": media,
      signature: `keyId="${how.keyId ?? `${by}#main-key`}",algorithm="rsa-sha256",headers="${covered.join(" ")}",signature="${signature}"`,
      ...how.change,
    };
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== null)) as Record<
      string,
      string
    >;
    return { headers: sent, body };
  }

  /** Sends it so. */
  async send(inbox: string, activity: Json | string, how: Signing = {}): Promise<Response> {
    return fetch(inbox, { method: "POST", ...this.signed(inbox, activity, how) });
  }

  /** Asks for a document as one of our actors, with a signature over path, host and date, or as `how` says. */
  async ask(
    url: string,
    by: string,
    { meant = url, date = new Date() }: Pick<Signing, "meant" | "date"> = {},
  ): Promise<{ status: number; json: Json; headers: Headers }> {
    const { pathname, search, host } = new URL(meant);
    const signed = { "(request-target)": `get ${pathname}${search}`, host, date: date.toUTCString() };
    const lines = Object.entries(signed).map(([name, value]) => `${name}: ${value}`);
    const signature = createSign("RSA-SHA256").update(lines.join("\n")).sign(this.#keys.get(by)!.privateKey, "base64");
    const names = Object.keys(signed).join(" ");
    return read(url, {
      date: signed.date,
      signature: `keyId="${by}#main-key",algorithm="rsa-sha256",headers="${names}",signature="${signature}"`,
    });
  }

  /** Adds an object proof (FEP-8b32) with the key of `by`, which is said to be `method`. */
  prove(activity: Json, by: string, method = `${by}#proof-key`): Json {
    const options = {
      "@context": activity["@context"],
      type: "DataIntegrityProof",
      cryptosuite: "eddsa-jcs-2022",
      verificationMethod: method,
      proofPurpose: "assertionMethod",
      // Fedify writes it anew without its last zeros: a whole second has none.
      created: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
    };
    const message = Buffer.concat([options, activity].map((one) => sha256(canonical(one))));
    const proofValue = `z${toBase58(sign(null, message, this.#keys.get(by)!.proofKey))}`;
    return { ...activity, proof: { ...options, proofValue } };
  }

  /** Adds a linked-data signature (RsaSignature2017) with the key of `by`, which is said to be `creator`. */
  link(activity: Json, by: string, creator = `${by}#main-key`): Json {
    const options = { creator, created: new Date().toISOString() };
    const signer = createSign("RSA-SHA256").update(signedStatements(activity, options));
    const signatureValue = signer.sign(this.#keys.get(by)!.privateKey, "base64");
    return { ...activity, signature: { type: "RsaSignature2017", ...options, signatureValue } };
  }

  /** Activities of a kind that arrived, oldest first. */
  received(type: string): Json[] {
    return this.inbox.map(({ activity }) => activity).filter((activity) => activity.type === type);
  }
}

/** Reads a document as a peer does. */
export const read = async (
  url: string,
  more: Record<string, string> = {},
): Promise<{ status: number; json: Json; headers: Headers }> => {
  const answer = await fetch(url, { headers: { accept: media, ...more }, redirect: "manual" });
  const text = await answer.text();
  const json = /json/.test(answer.headers.get("content-type") ?? "") ? (JSON.parse(text) as Json) : {};
  return { status: answer.status, json, headers: answer.headers };
};

/** Whether a delivery carries a true draft-cavage signature of the actor that it names, over its digest. */
export async function isSigned({ headers, path, body, activity }: Delivered): Promise<boolean> {
  const parts = Object.fromEntries(
    [...String(headers.signature).matchAll(/(\w+)="([^"]*)"/g)].map((match) => [match[1]!, match[2]!]),
  );
  const { json } = await read(parts.keyId!.split("#")[0]!);
  const key = json.publicKey as { id: string; owner: string; publicKeyPem: string };
  if (key.id !== parts.keyId || key.owner !== json.id || activity.actor !== json.id) return false;
  const digest = `SHA-256=${createHash("sha256").update(body).digest("base64")}`;
  if (headers.digest !== digest || !parts.headers!.split(" ").includes("digest")) return false;
  const lines = parts
    .headers!.split(" ")
    .map((name) => (name === "(request-target)" ? `${name}: post ${path}` : `${name}: ${headers[name]}`));
  return createVerify("RSA-SHA256").update(lines.join("\n")).verify(key.publicKeyPem, parts.signature!, "base64");
}

/** RFC 8785 for the JSON that we send: no number here is written in two ways. */
const canonical = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(canonical).join(",")}]`
    : typeof value === "object" && value !== null
      ? `{${Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
          .join(",")}}`
      : JSON.stringify(value);

const sha256 = (text: string) => createHash("sha256").update(text).digest();

const slot = Symbol.for("parvis.peer-keys");
const worker = globalThis as { [slot]?: Keys[] };
worker[slot] ??= [];
/** Keys of servers that have ended, for the next: to make a pair takes longer than most tests. Nobody who lives shares one. */
const spare: Keys[] = worker[slot];

function newKeys(): Keys {
  const rsa = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const proof = generateKeyPairSync("ed25519");
  const raw = Buffer.from(proof.publicKey.export({ format: "jwk" }).x!, "base64url");
  const multibase = `z${toBase58(Buffer.concat([Buffer.from([0xed, 0x01]), raw]))}`;
  return { publicKeyPem: rsa.publicKey, privateKey: rsa.privateKey, proofKey: proof.privateKey, multibase };
}

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
function toBase58(bytes: Buffer): string {
  let text = "";
  for (let number = BigInt(`0x${bytes.toString("hex")}`); number > 0n; number /= 58n)
    text = alphabet[Number(number % 58n)] + text;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return "1".repeat(Math.max(0, zeros)) + text;
}

function fromBase58(text: string): Buffer {
  let number = 0n;
  for (const char of text) number = number * 58n + BigInt(alphabet.indexOf(char));
  const hex = number.toString(16);
  // Each leading 1 is a zero byte.
  const zeros = "00".repeat(/^1*/.exec(text)![0].length);
  return Buffer.from(zeros + (hex.length % 2 ? `0${hex}` : hex), "hex");
}

/** Whether an activity carries a true object proof (FEP-8b32, eddsa-jcs-2022) of its actor over all that it says. */
export async function isProven(activity: Json): Promise<boolean> {
  const { proof, signature: _, ...document } = activity as { proof: Json; signature: unknown } & Json;
  const { proofValue, ...options } = proof;
  const { json } = await read(activity.actor as string);
  const method = (json.assertionMethod as Json[]).find(({ id }) => id === proof.verificationMethod);
  if (!method || method.controller !== activity.actor) return false;
  const raw = fromBase58((method.publicKeyMultibase as string).slice(1)).subarray(2);
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") }, format: "jwk" });
  const message = Buffer.concat([sha256(canonical(options)), sha256(canonical(document))]);
  return verify(null, message, key, fromBase58((proofValue as string).slice(1)));
}
