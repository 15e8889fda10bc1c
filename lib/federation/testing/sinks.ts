import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { type Database, schema } from "#db/client.ts";
import { newId } from "#lib/ids.ts";

/** A server that takes what it is sent, and counts. */
export type Sink = {
  host: string;
  /** What arrived, by its path, oldest first. */
  taken: { path: string; body: string; at: number }[];
  /** How many requests it held at once, at most. */
  most: number;
  /** What it answers, after so many milliseconds. */
  status: number | ((body: string) => number);
  headers: Record<string, string>;
  delay: number;
  asked: number;
};

/** Opens as many servers on this machine, each its own host by its port. */
export async function openSinks(count: number): Promise<{ sinks: Sink[]; close: () => void }> {
  const servers: Server[] = [];
  const sinks: Sink[] = [];
  for (let at = 0; at < count; at++) {
    const sink: Sink = { host: "", taken: [], most: 0, status: 202, headers: {}, delay: 0, asked: 0 };
    let held = 0;
    const server = createServer(async (req, res) => {
      sink.asked++;
      sink.most = Math.max(sink.most, ++held);
      let body = "";
      for await (const chunk of req) body += chunk;
      if (sink.delay > 0) await sleep(sink.delay);
      const status = typeof sink.status === "number" ? sink.status : sink.status(body);
      if (status < 300) sink.taken.push({ path: req.url!, body, at: Date.now() });
      held--;
      res.writeHead(status, sink.headers).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    sink.host = `localhost:${(server.address() as AddressInfo).port}`;
    servers.push(server);
    sinks.push(sink);
  }
  const close = () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  };
  return { sinks, close };
}

/**
 * Gives an actor that many followers on each sink, as rows. They share an inbox there, but for each `apart`-th sink, where
 * everybody has their own alone.
 */
export async function settleFollowers(
  db: Database,
  followedId: string,
  sinks: Sink[],
  { each = 1, apart = Number.POSITIVE_INFINITY } = {},
): Promise<void> {
  const rows = sinks.flatMap(({ host }, sink) =>
    Array.from({ length: each }, (_, at) => {
      const uri = `http://${host}/users/${at}`;
      const sharedInbox = (sink + 1) % apart === 0 ? null : `http://${host}/inbox`;
      return { id: newId(), type: "Person", handle: `f${at}`, host, uri, inbox: `${uri}/inbox`, sharedInbox };
    }),
  );
  for (let at = 0; at < rows.length; at += 1_000) {
    const some = rows.slice(at, at + 1_000);
    await db.insert(schema.actors).values(some.map((row) => ({ ...row, fetchedAt: sql`now()` })));
    await db
      .insert(schema.follows)
      .values(some.map(({ id, uri }) => ({ id: newId(), followerId: id, followedId, uri, state: "accepted" })));
  }
}
