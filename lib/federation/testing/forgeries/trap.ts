import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";

export type Trap = { port: number; touched: () => number; close: () => void };

/** Something on this machine that nobody may reach: it counts who connects. */
export async function openTrap(): Promise<Trap> {
  let count = 0;
  const server: Server = createServer((socket) => {
    count++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, touched: () => count, close: () => void server.close() };
}
