import { createHash, createPublicKey, createSign, createVerify, generateKeyPairSync, verify } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export type Json = Record<string, unknown>;
export type Delivered = { activity: Json; headers: IncomingMessage["headers"]; path: string; body: string };

const media = "application/activity+json";

/**
 * Another server, written without Fedify: it serves actors and documents, signs by draft-cavage as Mastodon does, keeps
 * what it is sent, and checks signatures by itself.
 */
export class Peer {
  readonly documents = new Map<string, Json | number>();
  readonly inbox: Delivered[] = [];
  /** What to answer a POST with. */
  answer = 202;
  asked: string[] = [];
  #server: Server;
  #keys = new Map<string, string>();
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
          if (this.answer < 300)
            this.inbox.push({ activity: JSON.parse(body) as Json, headers: req.headers, path: req.url!, body });
          res.writeHead(this.answer).end();
        });
        return;
      }
      const found = this.documents.get(req.url ?? "");
      if (found === undefined) return res.writeHead(404).end();
      if (typeof found === "number") return res.writeHead(found).end();
      return res.writeHead(200, { "Content-Type": media }).end(JSON.stringify(found));
    });
  }

  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
    this.#origin = `http://localhost:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  stop(): Promise<void> {
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

  /** Makes an actor with a key pair of its own. Returns its id. */
  actor(name: string, change: Json = {}): string {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const id = this.uri(name);
    this.#keys.set(id, privateKey);
    this.documents.set(`/users/${name}`, {
      "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
      id,
      type: "Person",
      preferredUsername: name,
      name: `${name[0]!.toUpperCase()}${name.slice(1)}`,
      inbox: `${id}/inbox`,
      outbox: `${id}/outbox`,
      followers: `${id}/followers`,
      endpoints: { sharedInbox: `${this.#origin}/inbox` },
      publicKey: { id: `${id}#main-key`, owner: id, publicKeyPem: publicKey },
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

  /** Sends it, signed by its actor, or by `signer`, or as `change` says. */
  async send(
    inbox: string,
    activity: Json | string,
    {
      signer,
      change = {},
      date = new Date(),
    }: { signer?: string; change?: Record<string, string | null>; date?: Date } = {},
  ): Promise<Response> {
    const body = typeof activity === "string" ? activity : JSON.stringify(activity);
    const by = signer ?? ((activity as Json).actor as string);
    const url = new URL(inbox);
    const digest = `SHA-256=${createHash("sha256").update(body).digest("base64")}`;
    const lines = [
      `(request-target): post ${url.pathname}`,
      `host: ${url.host}`,
      `date: ${date.toUTCString()}`,
      `digest: ${digest}`,
    ];
    const signature = createSign("RSA-SHA256").update(lines.join("\n")).sign(this.#keys.get(by)!, "base64");
    const headers = {
      host: url.host,
      date: date.toUTCString(),
      digest,
      "content-type": media,
      signature: `keyId="${by}#main-key",algorithm="rsa-sha256",headers="(request-target) host date digest",signature="${signature}"`,
      ...change,
    };
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== null)) as Record<
      string,
      string
    >;
    return fetch(inbox, { method: "POST", headers: sent, body });
  }

  /** Activities of a kind that arrived, oldest first. */
  received(type: string): Json[] {
    return this.inbox.map(({ activity }) => activity).filter((activity) => activity.type === type);
  }
}

/** Reads a document as a peer does. */
export const read = async (url: string): Promise<{ status: number; json: Json; headers: Headers }> => {
  const answer = await fetch(url, { headers: { accept: media }, redirect: "manual" });
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

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
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
  const hash = (text: string) => createHash("sha256").update(text).digest();
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") }, format: "jwk" });
  const message = Buffer.concat([hash(canonical(options)), hash(canonical(document))]);
  return verify(null, message, key, fromBase58((proofValue as string).slice(1)));
}
