import { createServer, type RequestListener } from "node:http";
import { fileURLToPath } from "node:url";
import next from "next";

// Two things to compare with, each in a process of its own: `bare` answers /N with N bytes and does nothing else; `blank`
// is a Next app of one empty dynamic page, without anything of ours.

const bodies = new Map<string, Buffer>();

const bare: RequestListener = (request, response) => {
  const path = request.url ?? "/0";
  if (!bodies.has(path)) bodies.set(path, Buffer.alloc(Number(path.slice(1)), "x"));
  const body = bodies.get(path)!;
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Length": body.length }).end(body);
};

async function blank(): Promise<RequestListener> {
  const app = next({ dev: false, dir: fileURLToPath(new URL("blank", import.meta.url)) });
  await app.prepare();
  return app.getRequestHandler();
}

const server = createServer(process.argv[2] === "blank" ? await blank() : bare);
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : null);
});
process.once("disconnect", () => process.exit(0));
