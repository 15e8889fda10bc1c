import { Agent, request } from "undici";
import { getConfig } from "#lib/config.ts";
import { Refusal } from "#lib/refusal.ts";
import { portOf } from "./address.ts";
import { guardedConnector } from "./client.ts";

const most = 1024 * 1024;
/**
 * A `fetch` for a provider that the host named in the configuration: its own host and port may be anywhere, whatever it
 * leads to must be public. No redirects, nothing packed, one MiB at most, `within` milliseconds in all, never down from https.
 * @throws Refusal address-refused, address-unreachable, answer-too-large
 */
export function providerFetch(provider: string, { within = 10_000 } = {}): typeof globalThis.fetch {
  const own = new URL(provider);
  const admitted = () => [...getConfig().privatePeers, `${own.hostname}:${portOf(own)}`];
  const agent = new Agent({ connect: guardedConnector(admitted), keepAliveTimeout: 1_000, pipelining: 0 });
  return async (input, init = {}) => {
    const asked = new Request(input, init);
    const url = new URL(asked.url);
    if (own.protocol === "https:" && url.protocol !== "https:") throw new Refusal("address-refused");
    const body = asked.body ? Buffer.from(await asked.arrayBuffer()) : null;
    const headers = {
      ...Object.fromEntries(asked.headers),
      "accept-encoding": "identity",
      "user-agent": `Parvis (+${getConfig().appUrl})`,
    };
    const signal = AbortSignal.timeout(within);
    try {
      const method = asked.method as "GET" | "POST";
      const answer = await request(url, { method, headers, body, dispatcher: agent, signal });
      const chunks: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
        length += chunk.byteLength;
        if (length > most) throw new Refusal("answer-too-large");
        chunks.push(chunk);
      }
      const type = String(answer.headers["content-type"] ?? "");
      return new Response(Buffer.concat(chunks), { status: answer.statusCode, headers: { "content-type": type } });
    } catch (error) {
      for (let at: unknown = error; at instanceof Error; at = at.cause) if (at instanceof Refusal) throw at;
      throw new Refusal("address-unreachable");
    }
  };
}
