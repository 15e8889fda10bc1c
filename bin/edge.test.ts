import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { answerWith } from "#app/_web/request.ts";
import { getConfig } from "#lib/config.ts";
import { createEdge, listen, patience } from "./edge.ts";

const servers: Server[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

it("says in a sentence why it cannot listen where it was told to", async () => {
  const { port } = await edge();
  const other = () => createServer();
  await expect(listen(other(), { host: "127.0.0.1", port })).rejects.toThrow(
    `port ${port} of 127.0.0.1 is in use by another program. Stop that one`,
  );
  await expect(listen(other(), { host: "192.0.2.1", port: 0 })).rejects.toThrow('HOST is "192.0.2.1", which is no');
});

type Handle = (req: IncomingMessage, res: ServerResponse) => unknown;
/** As Next does: headers first, then the status. */
const html = (res: ServerResponse, status = 200, body = "<h1>Page</h1>") => {
  res.setHeader("Content-Type", "text/html; charset=utf-8");
  res.writeHead(status).end(body);
};

/** The edge in front of something that stands for Next, on a free port. */
async function edge(
  handle: Handle = (_, res) => html(res),
  { ready = true, stopping = false, config = {}, limits = patience } = {},
) {
  const server = createEdge(
    {
      config: { ...getConfig(), ...config },
      handle: async (req, res) => void (await handle(req, res)),
      ready: async () => ready,
      stopping: () => stopping,
    },
    limits,
  );
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { server, port, url: `http://127.0.0.1:${port}` };
}

/** Sends bytes as they are, and gives back all that comes until the connection ends (or `patience` is over). */
const raw = (port: number, bytes: string | Buffer, patience = 3_000) =>
  new Promise<string>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("error", () => resolve(answer));
    socket.on("close", () => resolve(answer));
    setTimeout(() => resolve(answer) ?? socket.destroy(), patience).unref();
  });

describe("what is stopped in front of the pages", () => {
  it("is the hundred-and-twenty-first search of a minute from one address, with the time to wait", async () => {
    const { url } = await edge(undefined, { config: { mode: "production", appUrl: "http://localhost" } });
    const statuses: number[] = [];
    for (let search = 0; search < 120; search++)
      statuses.push((await fetch(`${url}/search${search % 2 ? ".ics" : ""}?q=${search}`)).status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const refused = await fetch(`${url}/search?q=x`);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(50);
    expect(await refused.text()).toContain("Please wait a little");
    expect((await fetch(`${url}/events/1`)).status).toBe(200);
  });

  it("is Next's own navigation and actions: headers of that kind reach no page", async () => {
    let seen: string[] = [];
    const { url } = await edge((req, res) => {
      seen = Object.keys(req.headers);
      html(res);
    });
    await fetch(url, { headers: { rsc: "1", "next-router-state-tree": "%00", "next-action": "x", "x-kept": "1" } });
    expect(seen).toContain("x-kept");
    expect(seen.filter((name) => /^(rsc|next-)/.test(name))).toEqual([]);
  });
});

describe("what every answer carries", () => {
  it("is our headers, and a policy with a nonce of its own", async () => {
    const seen: string[] = [];
    const { url } = await edge((req, res) => {
      seen.push(String(req.headers["content-security-policy"]));
      html(res);
    });
    const policies: string[] = [];
    for (let round = 0; round < 20; round++) {
      const answer = await fetch(url);
      policies.push(answer.headers.get("content-security-policy")!);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": expect.stringContaining("camera=()"),
        vary: expect.stringContaining("Accept"),
      });
      expect(answer.headers.get("x-powered-by")).toBe(null);
    }
    // What Next reads its nonce from is what the browser is told.
    expect(seen).toEqual(policies);
    const nonces = policies.map((policy) => /'nonce-([^']{22,})'/.exec(policy)![1]!);
    expect(new Set(nonces).size).toBe(20);
    expect(policies[0]!.replaceAll(nonces[0]!, "N")).toBe(
      "default-src 'none'; script-src 'nonce-N' 'strict-dynamic'; style-src 'self' 'nonce-N'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
  });

  it("is HSTS where the server is public, and only there", async () => {
    const local = await edge();
    expect((await fetch(local.url)).headers.get("strict-transport-security")).toBe(null);
    const open = await edge(undefined, { config: { appUrl: "https://events.example.org" } });
    expect((await fetch(open.url)).headers.get("strict-transport-security")).toMatch(/^max-age=31536000/);
  });

  it("is never what a client sent as policy, nonce, address, host or scheme", async () => {
    let seen: IncomingMessage["headers"] = {};
    const { url } = await edge((req, res) => {
      seen = req.headers;
      html(res);
    });
    const lie = "script-src 'nonce-mine' *";
    const answer = await fetch(url, {
      headers: {
        "content-security-policy": lie,
        "content-security-policy-report-only": lie,
        "x-nonce": "mine",
        "x-parvis-client": "6.6.6.6",
        "x-parvis-activity": "6.6.6.6",
        "x-forwarded-for": "6.6.6.6",
        "x-forwarded-host": "e.example",
        "x-forwarded-proto": "https",
        "x-forwarded-port": "1",
        "x-real-ip": "6.6.6.6",
        forwarded: "for=6.6.6.6;host=e.example",
      },
    });
    expect(answer.headers.get("content-security-policy")).not.toContain("mine");
    expect(JSON.stringify(seen)).not.toMatch(/6\.6\.6\.6|e\.example|mine/);
    expect(seen).toMatchObject({
      "x-parvis-client": "127.0.0.1",
      "x-forwarded-host": "localhost:3000",
      "x-forwarded-proto": "http",
    });
  });

  it("believes a forwarded address from a proxy that is named, and only the proxy's own word", async () => {
    let client: unknown;
    const note: Handle = (req, res) => {
      client = req.headers["x-parvis-client"];
      html(res);
    };
    const { url } = await edge(note, { config: { trustedProxies: ["127.0.0.1"] } });
    await fetch(url, { headers: { "x-forwarded-for": "6.6.6.6, 192.0.2.7" } });
    expect(client).toBe("192.0.2.7");
    await fetch(url);
    expect(client).toBe("127.0.0.1");
    await fetch(url, { headers: { "x-forwarded-for": "not an address" } });
    expect(client).toBe("127.0.0.1");
    const other = await edge(note, { config: { trustedProxies: ["192.0.2.1"] } });
    await fetch(other.url, { headers: { "x-forwarded-for": "192.0.2.7" } });
    expect(client).toBe("127.0.0.1");
  });
});

describe("requests that are none", () => {
  it.each([
    ["TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", /^HTTP\/1.1 405/],
    ["CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", /^(HTTP\/1.1 (400|405)|$)/],
    ["an unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", /^HTTP\/1.1 400/],
    ["no host", "GET / HTTP/1.1\r\n\r\n", /^HTTP\/1.1 400/],
    ["two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", /^HTTP\/1.1 400/],
    [
      "length and chunks",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      /^HTTP\/1.1 400/,
    ],
    ["a folded header", "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n", /^HTTP\/1.1 400/],
    ["a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", /^HTTP\/1.1 400/],
    ["a NUL", "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n", /^HTTP\/1.1 400/],
    ["a head too long", `GET / HTTP/1.1\r\nHost: a\r\nX: ${"a".repeat(40_000)}\r\n\r\n`, /^HTTP\/1.1 431/],
    ["the absolute form", "GET http://e.example/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", /^HTTP\/1.1 400/],
    ["another host as path", "GET //e.example/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", /^HTTP\/1.1 400/],
    ["an asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", /^HTTP\/1.1 400/],
    ["noise", Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]), /^HTTP\/1.1 400/],
  ])("%s: refused before anybody reads them", async (_, bytes, status) => {
    const handle = vi.fn();
    const { port } = await edge(handle);
    expect(await raw(port, bytes)).toMatch(status);
    expect(handle.mock.calls.length).toBe(0);
  });

  it("declare a body of a gigabyte: 413 at once, and the connection is over", async () => {
    const handle = vi.fn();
    const { port } = await edge(handle);
    expect(await raw(port, "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1073741824\r\n\r\nabc")).toMatch(
      /^HTTP\/1.1 413/,
    );
    expect(handle.mock.calls.length).toBe(0);
  });

  it("go wrong in the middle of a body: 400, whoever was reading it", async () => {
    const { port, url } = await edge(async (req, res) => {
      try {
        for await (const _ of req);
        html(res);
      } catch {
        res.destroy();
      }
    });
    const bad = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
    expect(await raw(port, bad)).toMatch(/^(HTTP\/1.1 400|$)/);
    expect((await fetch(url)).status).toBe(200);
  });

  it("come slowly: half a head and half a body are cut off, and others are served meanwhile", async () => {
    expect(patience).toEqual({ headersTimeout: 15_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 });
    const short = { headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 100 };
    const read: Handle = async (req, res) => {
      for await (const _ of req);
      html(res);
    };
    const { port, url } = await edge(read, { limits: short });
    const half = ["GET / HTTP/1.1\r\nHost: a\r\nX-Half", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf"];
    const start = performance.now();
    const slow = Array.from({ length: 300 }, (_, at) => raw(port, half[at % 2]!, 8_000));
    const times: number[] = [];
    for (let round = 0; round < 50; round++) {
      const asked = performance.now();
      expect((await fetch(url)).status).toBe(200);
      times.push(performance.now() - asked);
    }
    expect(times.sort((a, b) => a - b)[47]).toBeLessThan(500);
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^(HTTP\/1.1 408|$)/);
    expect(performance.now() - start).toBeLessThan(4_000);
  });
});

describe("the state of the process", () => {
  it("is told by /livez and /readyz, in a word, without asking anybody for the first", async () => {
    const handle = vi.fn();
    const well = await edge(handle);
    for (const path of ["/livez", "/readyz"]) {
      const answer = await fetch(well.url + path);
      expect([answer.status, await answer.text(), answer.headers.get("cache-control")]).toEqual([
        200,
        "ok",
        "no-store",
      ]);
    }
    const away = await edge(handle, { ready: false });
    expect((await fetch(`${away.url}/livez`)).status).toBe(200);
    const answer = await fetch(`${away.url}/readyz`);
    expect([answer.status, await answer.text(), answer.headers.get("retry-after")]).toEqual([503, "not ready", "5"]);
    expect(handle.mock.calls.length).toBe(0);
  });

  it("while stopping is 503 with Retry-After, in the reader's language", async () => {
    const { url } = await edge(undefined, { stopping: true });
    const answer = await fetch(url, { headers: { "accept-language": "fr" } });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "30"]);
    expect(await answer.text()).toMatch(/<html lang="fr">.*De retour dans un instant/s);
  });
});

describe("a page", () => {
  it("chooses its status by a note, and nobody else's", async () => {
    const { url } = await edge((req, res) => {
      if (req.url === "/gone") answerWith(410);
      html(res);
    });
    const statuses = await Promise.all(
      ["/gone", "/", "/gone", "/"].map(async (path) => (await fetch(url + path)).status),
    );
    expect(statuses).toEqual([410, 200, 410, 200]);
  });

  it("that fails says so in words, with a number to quote, and without a stack", async () => {
    const { url } = await edge((_, res) => html(res, 500, "<pre>Error: secret at /srv/x.ts:1</pre>"));
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([500, "no-store"]);
    const text = await answer.text();
    expect(text).toMatch(/Something went wrong here.*quote [0-9a-f]{12}/s);
    expect(text).not.toMatch(/secret|\.ts|<pre>/);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it("that throws outside of Next is the same", async () => {
    const { url } = await edge(() => {
      throw new Error("secret");
    });
    const answer = await fetch(url);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("secret");
  });

  it("whose database is away is 503 with Retry-After, also when it was streamed as 200", async () => {
    const { url } = await edge((req, res) => {
      answerWith(503, 30);
      res.setHeader("Content-Type", "text/html");
      res.setHeader("Content-Length", "8");
      res.writeHead(req.url === "/early" ? 200 : 500);
      res.write("half");
      res.end("rest");
    });
    for (const path of ["/", "/early"]) {
      const answer = await fetch(url + path);
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "30"]);
      expect(await answer.text()).toMatch(/Back in a moment/);
    }
  });

  it("of ours that says what failed, and what had been typed, is left as it is", async () => {
    const { url } = await edge((_, res) => {
      res.setHeader("Content-Security-Policy", "default-src 'none'");
      html(res, 503, "<pre>picnic</pre>");
    });
    const answer = await fetch(url);
    expect([answer.status, await answer.text()]).toEqual([503, "<pre>picnic</pre>"]);
  });

  it("that is not there is kept by nobody in between", async () => {
    const { url } = await edge((_, res) => res.writeHead(404, { "Content-Type": "text/plain" }).end("Not found"));
    expect((await fetch(url)).headers.get("cache-control")).toBe("no-store");
  });

  it("that fails behind Next's compression is readable all the same", async () => {
    const compression = createRequire(import.meta.url)("next/dist/compiled/compression")();
    const { url } = await edge(
      (req, res) =>
        new Promise<void>((resolve) =>
          compression(req, res, () => {
            if (req.url === "/throws") throw new Error("secret");
            if (req.url === "/away") answerWith(503, 30);
            html(res, req.url === "/" ? 200 : 500, "x".repeat(5_000));
            resolve();
          }),
        ),
    );
    expect((await fetch(url)).headers.get("content-encoding")).toBe("gzip");
    for (const [path, words] of [
      ["/fails", /Something went wrong/],
      ["/away", /Back in a moment/],
      ["/throws", /Something went wrong/],
    ] as const) {
      const answer = await fetch(url + path);
      expect(answer.headers.get("content-encoding")).toBe(null);
      expect(await answer.text()).toMatch(words);
    }
  });

  it("asked for by HEAD has no body", async () => {
    const { port } = await edge((_, res) => html(res, 500));
    const answer = await raw(port, "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1.1 500/);
    expect(answer.split("\r\n\r\n")[1]).toBe("");
  });

  it("whose reader goes away harms nobody", async () => {
    const { port, url } = await edge(async (req, res) => {
      if (req.url === "/") return html(res);
      await sleep(50);
      html(res, 500);
    });
    await Promise.all(Array.from({ length: 20 }, () => raw(port, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n", 10)));
    await sleep(100);
    expect((await fetch(url)).status).toBe(200);
  });
});
