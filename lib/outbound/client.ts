import type { Socket } from "node:net";
import { Agent, buildConnector, type Dispatcher, request } from "undici";
import { getConfig } from "#lib/config.ts";
import { Refusal } from "#lib/refusal.ts";
import { isPrivatePeer, isPublicAddress, portOf } from "./address.ts";

/** Milliseconds. Only the last one ends a body that drips. */
const deadlines = { connect: 3_000, headers: 5_000, whole: 10_000 };
const mostRedirects = 3;

const tcp = buildConnector({ timeout: deadlines.connect });

/**
 * Connects, looks at the address that the socket really reached, and only then speaks. Names, odd spellings of an
 * address and DNS answers that change between two questions all end here.
 */
export const guardedConnector =
  (admitted: () => string[]): buildConnector.connector =>
  (options, callback) => {
    const privatePeers = admitted();
    const port = options.port || (options.protocol === "https:" ? "443" : "80");
    const peer = isPrivatePeer(privatePeers, options.hostname, port);
    if (!peer && port !== "80" && port !== "443") return callback(new Refusal("address-refused"), null);
    tcp({ ...options, protocol: "http:", port }, (error, socket) => {
      if (error) return callback(error, null);
      if (!peer && !isPublicAddress((socket as Socket).remoteAddress)) {
        socket!.destroy();
        return callback(new Refusal("address-refused"), null);
      }
      if (options.protocol !== "https:") return callback(null, socket!);
      tcp({ ...options, port, httpSocket: socket! }, callback);
    });
  };

const agent = new Agent({
  connect: guardedConnector(() => getConfig().privatePeers),
  headersTimeout: deadlines.headers,
  bodyTimeout: deadlines.headers,
  keepAliveTimeout: 1_000,
  pipelining: 0,
});

/**
 * How a document is asked for. `sign` gives the headers of each hop, among them its signature. Of another media type than
 * `only` nothing is read. `beginning`: what goes beyond `most` bytes is left unread, instead of refused.
 */
export type Wanted = {
  accept: string;
  most: number;
  only?: RegExp;
  beginning?: boolean;
  within?: number;
  sign?: (url: URL) => Promise<Record<string, string>>;
};

export type Fetched = { url: string; mediaType: string; body: Uint8Array };

/**
 * Reads a document of another server: GET, at most three redirects, each judged anew and never down from https, at most
 * `most` bytes, `within` milliseconds in all (ten seconds).
 * @throws Refusal url-invalid, address-refused, address-unreachable (with everything that goes wrong there),
 * answer-too-large, answer-odd (not of the media type that is wanted), nothing-there (404), gone (410).
 */
export async function fetchDocument(
  address: string,
  { accept, within = deadlines.whole, sign, ...wanted }: Wanted,
): Promise<Fetched> {
  const signal = AbortSignal.timeout(within);
  let url = readAddress(address);
  try {
    for (let hops = 0; ; hops++) {
      const answer = await request(url, {
        dispatcher: agent,
        signal,
        headers: { ...(sign ? await sign(url) : { accept, "user-agent": "Parvis" }), "accept-encoding": "identity" },
      });
      const location = answer.headers.location;
      if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === "string") {
        await answer.body.dump({ limit: 1024, signal }).catch(() => {});
        if (hops === mostRedirects) throw new Refusal("address-unreachable");
        url = readAddress(location, url);
        continue;
      }
      const body = await readBody(answer, wanted);
      return { url: url.href, mediaType: String(answer.headers["content-type"] ?? ""), body };
    }
  } catch (error) {
    for (let at: unknown = error; at instanceof Error; at = at.cause) if (at instanceof Refusal) throw at;
    throw new Refusal("address-unreachable");
  }
}

/** How a POST was answered: its status, and the seconds after which another try is welcome. */
export type Answered = { status: number; retryAfter: number | null };

/**
 * Sends a body to another server: one try, no redirects, within ten seconds; of its answer only the head counts.
 * @throws Refusal url-invalid, address-refused, address-unreachable (with everything that goes wrong there).
 */
export async function postDocument(address: string, headers: Record<string, string>, body: string): Promise<Answered> {
  const url = readAddress(address);
  const signal = AbortSignal.timeout(deadlines.whole);
  try {
    const answer = await request(url, { dispatcher: agent, signal, method: "POST", headers, body });
    // Whatever else it says is not waited for: somebody who drips would hold a place in the line.
    const brief = AbortSignal.any([signal, AbortSignal.timeout(1_000)]);
    await answer.body.dump({ limit: 65_536, signal: brief }).catch(() => {});
    const after = String(answer.headers["retry-after"] ?? "");
    const seconds = /^\d{1,9}$/.test(after) ? Number(after) : (Date.parse(after) - Date.now()) / 1000;
    return { status: answer.statusCode, retryAfter: Number.isFinite(seconds) ? Math.max(0, seconds) : null };
  } catch (error) {
    for (let at: unknown = error; at instanceof Error; at = at.cause) if (at instanceof Refusal) throw at;
    throw new Refusal("address-unreachable");
  }
}

/** @throws Refusal url-invalid (also for user-info), address-refused for another port or a step down from https. */
function readAddress(address: string, from?: URL): URL {
  if (!URL.canParse(address, from?.href) || address.length > 2048) throw new Refusal("url-invalid");
  const url = new URL(address, from?.href);
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) throw new Refusal("url-invalid");
  if (from?.protocol === "https:" && url.protocol !== "https:") throw new Refusal("address-refused");
  const peer = isPrivatePeer(getConfig().privatePeers, url.hostname, portOf(url));
  if (!peer && portOf(url) !== "80" && portOf(url) !== "443") throw new Refusal("address-refused");
  return url;
}

/** An encoded answer is not read at all: a few bytes of it can become gigabytes. */
async function readBody(
  answer: Dispatcher.ResponseData,
  { most, only, beginning = false }: Pick<Wanted, "most" | "only" | "beginning">,
): Promise<Uint8Array> {
  const { body, headers, statusCode } = answer;
  const encoding = String(headers["content-encoding"] ?? "identity").toLowerCase();
  const fault =
    statusCode === 410
      ? "gone"
      : statusCode === 404
        ? "nothing-there"
        : statusCode !== 200 || encoding !== "identity"
          ? "address-unreachable"
          : only && !only.test(String(headers["content-type"] ?? ""))
            ? "answer-odd"
            : !beginning && Number(headers["content-length"] ?? 0) > most
              ? "answer-too-large"
              : null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (!fault)
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      length += chunk.byteLength;
      chunks.push(chunk);
      if (length > most) break;
    }
  if (fault || length > most) {
    body.on("error", () => {}).destroy();
    if (fault || !beginning) throw new Refusal(fault ?? "answer-too-large");
  }
  return Buffer.concat(chunks).subarray(0, most);
}
