import { type AddressInfo, createConnection, createServer, type Socket } from "node:net";

/** A TCP connection to somewhere that can be cut and mended, as a network or a server does. */
export type Wire = { port: number; cut: () => Promise<void>; mend: () => Promise<void>; close: () => Promise<void> };

/** Listens on a free port and passes everything on to `host:port`. Cut, it refuses connections and drops those it has. */
export async function wireTo(host: string, port: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = createConnection(port, host);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  const listen = (at: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(at, "127.0.0.1", resolve);
    });
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  const cut = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { port: own, cut, mend: () => listen(own), close: () => (server.listening ? cut() : Promise.resolve()) };
}
