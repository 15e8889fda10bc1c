import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getConfig, setConfig } from "#lib/config.ts";
import { isPublicAddress } from "./address.ts";
import { fetchDocument } from "./client.ts";

const before = getConfig();
let server: Server;
let asked = 0;
let origin = "";

const answers: Record<string, (res: ServerResponse) => void> = {
  "/calendar": (res) => res.writeHead(200, { "Content-Type": "text/calendar" }).end("BEGIN:VCALENDAR"),
  "/moved": (res) => res.writeHead(302, { Location: "/calendar" }).end(),
  "/round": (res) => res.writeHead(302, { Location: "/round" }).end(),
  "/inside": (res) => res.writeHead(302, { Location: "http://127.1/secret" }).end(),
  "/metadata": (res) => res.writeHead(302, { Location: "http://169.254.169.254/latest/meta-data/" }).end(),
  "/bomb": (res) => res.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(Buffer.alloc(1_000_000))),
  "/long": (res) => res.writeHead(200).end(Buffer.alloc(5_000, 65)),
  "/declared": (res) => res.writeHead(200, { "Content-Length": "999999999" }).write("x"),
  "/dripping": (res) => {
    const drip = setInterval(() => res.write("x"), 50);
    res.once("close", () => clearInterval(drip));
  },
  "/gone": (res) => res.writeHead(404).end("no"),
  "/cut": (res) => {
    res.writeHead(200, { "Content-Length": "100" }).write("half");
    setTimeout(() => res.destroy(), 50);
  },
};

beforeAll(async () => {
  server = createServer((req, res) => {
    asked++;
    (answers[req.url ?? ""] ?? answers["/gone"]!)(res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  setConfig({ ...before, privatePeers: [`127.0.0.1:${port}`] });
});
afterAll(async () => {
  setConfig(before);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const read = (url: string) => fetchDocument(url, { accept: "text/calendar", most: 2_000 });

describe("reading from another server", () => {
  it("reads what a named private peer answers, also after a redirect", async () => {
    for (const path of ["/calendar", "/moved"]) {
      const { url, mediaType, body } = await read(`${origin}${path}`);
      expect([url, mediaType, Buffer.from(body).toString()]).toEqual([
        `${origin}/calendar`,
        "text/calendar",
        "BEGIN:VCALENDAR",
      ]);
    }
  });

  it("never speaks to this machine or its network, however the address is spelt", async () => {
    const port = new URL(origin).port;
    const others = [
      `http://localhost:${port}/`,
      `http://[::1]:${port}/`,
      "http://127.1/",
      "http://2130706433/",
      "http://0x7f.0.0.1/",
      "http://0/",
      "http://[::1]/",
      "http://[::ffff:127.0.0.1]/",
      "http://[::ffff:7f00:1]/",
      "http://127.0.0.1:22/",
    ];
    const seen = asked;
    for (const url of others) await expect(read(url), url).rejects.toMatchObject({ name: "Refusal" });
    for (const path of ["/inside", "/metadata"])
      await expect(read(`${origin}${path}`), path).rejects.toMatchObject({ name: "Refusal" });
    expect(asked - seen).toBe(2);
  });

  it("closes a connection that reached a private address before it sends a byte", async () => {
    // Without the judgement at the socket this server would be asked: port 80 is allowed, and the name is a name.
    const local = createServer(() => asked++);
    const listening = await new Promise<boolean>((resolve) => {
      local.once("error", () => resolve(false));
      local.listen(80, "127.0.0.1", () => resolve(true));
    });
    if (!listening) return;
    const seen = asked;
    for (const url of ["http://localhost/", "http://127.0.0.1/", "http://2130706433/"])
      await expect(read(url), url).rejects.toMatchObject({ code: "address-refused" });
    expect(asked).toBe(seen);
    setConfig({ ...getConfig(), privatePeers: [...getConfig().privatePeers, "localhost:80"] });
    const answered = new Promise((resolve) =>
      local.once("request", (_, res: ServerResponse) => resolve(res.end("ok"))),
    );
    await read("http://localhost/");
    await answered;
    local.closeAllConnections();
    await new Promise((resolve) => local.close(resolve));
  });

  it("refuses other schemes, passwords in addresses and other ports", async () => {
    for (const url of ["file:///etc/passwd", "ftp://example.org/", "http://a:b@example.org/", "no address"])
      await expect(read(url), url).rejects.toMatchObject({ code: "url-invalid" });
    await expect(read("https://example.org:8443/")).rejects.toMatchObject({ code: "address-refused" });
  });

  it("refuses answers that are packed, too long, cut off, not there or never end their redirects", async () => {
    const faults: Record<string, string> = {
      "/bomb": "address-unreachable",
      "/long": "answer-too-large",
      "/declared": "answer-too-large",
      "/cut": "address-unreachable",
      "/gone": "nothing-there",
      "/round": "address-unreachable",
    };
    for (const [path, code] of Object.entries(faults))
      await expect(read(`${origin}${path}`), path).rejects.toMatchObject({ code });
  });
});

describe("a server that drips", () => {
  it("is left when the whole exchange has lasted too long", async () => {
    const start = Date.now();
    const slow = fetchDocument(`${origin}/dripping`, { accept: "text/calendar", most: 2_000, within: 400 });
    await expect(slow).rejects.toMatchObject({ code: "address-unreachable" });
    expect(Date.now() - start).toBeLessThan(2_000);
  });
});

describe("an address of the public network", () => {
  it("is unicast, by allow-list", () => {
    for (const address of ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
      expect(isPublicAddress(address), address).toBe(true);
    const closed =
      "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255";
    const six =
      "::1 :: fe80::1 fc00::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: ff02::1 2001:db8::1";
    for (const address of [...closed.split(" "), ...six.split(" "), "", undefined, "localhost"])
      expect(isPublicAddress(address), String(address)).toBe(false);
  });
});
