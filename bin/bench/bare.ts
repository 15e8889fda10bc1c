// The cheapest answer there is: a bare Node server that sends so many bytes. usage: bare.ts PORT BYTES
import { createServer } from "node:http";

const [port = "0", bytes = "10000"] = process.argv.slice(2);
const body = Buffer.alloc(Number(bytes), "a");
createServer((_, response) => response.writeHead(200, { "Content-Type": "text/html" }).end(body)).listen(
  Number(port),
  "127.0.0.1",
);
