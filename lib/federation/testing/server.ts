import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { setOrigin } from "#lib/instance/commands.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { answerPeer } from "../door.ts";

export type Served = {
  base: TestDatabase;
  origin: string;
  /** Whose address the requests are said to come from. */
  client: { address: string };
  stop: () => Promise<void>;
};

/** The door for other servers behind real HTTP, on a database of its own. `peers`: hosts that may be private. */
export async function serveFederation(peers: () => string[]): Promise<Served> {
  const base = await testDatabase();
  const before = getConfig();
  const client = { address: "127.0.0.1" };
  // Busy tests pause for longer than Node keeps a connection: the next request would meet a closed one.
  const server: Server = createServer({ keepAliveTimeout: 120_000 }, async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const headers = Object.entries(req.headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    );
    const body = req.method === "POST" ? Buffer.concat(chunks) : null;
    const request = new Request(`http://inside${req.url}`, {
      method: req.method,
      headers: headers as [string, string][],
      body,
    });
    const answer = await answerPeer(base.db, request, client.address);
    res.writeHead(answer.status, Object.fromEntries(answer.headers));
    res.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  setConfig({ ...before, appUrl: origin, privatePeers: [new URL(origin).host, ...peers()] });
  await setOrigin(base.db, origin);
  await startSender(base.db);
  const stop = async () => {
    await stopSender();
    server.closeAllConnections();
    server.close();
    setConfig(before);
    await base.drop();
  };
  return { base, origin, client, stop };
}
