import { readFileSync } from "node:fs";
import { request as send } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doors, furnish } from "#bin/testing/doors.ts";
import { type Instance, startInstance } from "#bin/testing/instance.ts";
import { testSecret } from "#bin/testing/secret.ts";
import { type Connection, connect } from "#db/client.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { linkToken } from "#lib/secrets.ts";

const all = doors();

let instance: Instance;
let connection: Connection;
/** What stands for `[id]`, `[token]` … when it is right. */
let right: Record<string, string[]>;

beforeAll(async () => {
  instance = await startInstance({ mode: "demo", expected: [/./] });
  setConfig({ ...getConfig(), secretKey: testSecret, appUrl: instance.url });
  connection = connect(instance.databaseUrl!);
  await startSender(connection.db);
  right = await furnish(connection);
});
afterAll(async () => {
  await stopSender();
  await connection?.close();
  await instance?.stop();
});

const hostile = [
  "0",
  "-1",
  newId(),
  newId().toUpperCase(),
  "a".repeat(43),
  linkToken("participation", "x", 0),
  `${newId()}.${"A".repeat(43)}`,
  "..%2f..%2fetc%2fpasswd",
  "%2e%2e",
  "%00",
  "%0d%0aSet-Cookie:%20a=b",
  "%",
  "%zz",
  "%ff%fe",
  "%ed%a0%80",
  "'%20or%201=1--",
  "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
  "__proto__",
  "constructor",
  "[id]",
  "a;b=c",
  "%F0%9F%98%80",
  "x".repeat(5_000),
  "x.png",
  "null",
  "undefined",
];

const queries = [
  "",
  "?q=%00&near=%00&after=%00&form=%00",
  "?q=%ff&form=%ff",
  "?form=x&form=y&q=a&q=b&near=c&near=d",
  `?form=${newId()}&after=${newId()}`,
  `?q=${"%28%22%27%21%26%7C%3A%2A".repeat(20)}`,
  `?q=${"a".repeat(5_000)}`,
  "?radius=1e309&radius=-1&near=91,181&from=9999-99-99&to=-1&when=x&category[]=x&tag=%00&language=..&mode=__proto__&limit=1e9&after=x",
  "?near=48.85,2.35&radius=NaN&from=2026-12-05&to=1970-01-01&after=eyJhIjoxfQ",
  "?month=2026-13&month=0000-00&view=__proto__&day=x&to=%22%3E%3Cscript%3Ealert(2)",
  "?__proto__[x]=1&constructor=1&toString=1",
];

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };
/** Sends a path as it is written: `fetch` would tidy it first. */
const ask = (method: string, path: string, { headers = {}, body = "" as string | Buffer } = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const req = send(
      {
        host: "127.0.0.1",
        port: instance.port,
        method,
        path,
        headers: { host: `localhost:${instance.port}`, ...headers },
      },
      (res) => {
        let text = "";
        res.setEncoding("latin1");
        res.on("data", (chunk) => {
          text += chunk;
        });
        res.on("end", () => resolve({ status: res.statusCode!, headers: res.headers, body: text }));
        res.on("error", reject);
      },
    );
    req.setTimeout(20_000, () => req.destroy(new Error(`${method} ${path.slice(0, 200)} hangs`)));
    req.on("error", reject);
    req.end(body);
  });

/** The paths of a door with each value in each of its places, the others being right. */
function fill(path: string, values: string[]): string[] {
  const names = [...path.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map((match) => match[1]!);
  const good = (text: string, but?: string) =>
    text.replace(/\[(?:\.\.\.)?(\w+)\]/g, (whole, name: string) =>
      name === but ? whole : (right[name]?.[0] ?? newId()),
    );
  return names.flatMap((name) =>
    values.map((value) => good(path, name).replace(new RegExp(`\\[(?:\\.\\.\\.)?${name}\\]`), () => value)),
  );
}
const plain = (path: string) => [
  ...new Set(
    Object.keys(right).some((name) => path.includes(`[${name}]`))
      ? fill(path, []).concat(
          ...Object.entries(right)
            .filter(([name]) => path.includes(`[${name}]`))
            .map(([name, values]) =>
              values.map((value) =>
                path
                  .replace(`[${name}]`, value)
                  .replace(/\[(\w+)\]/g, (_, other: string) => right[other]?.[0] ?? newId()),
              ),
            ),
        )
      : [path.replace(/\[\w+\]/g, () => newId())],
  ),
];

/** So many of the values, other ones for each `at`: every value meets each kind of door, id and token many times. */
const share = <T>(values: T[], at: number, count: number): T[] =>
  Array.from({ length: count }, (_, next) => values[(at * count + next) % values.length]!);

/** What of an answer may never be: a fault, a stack, a header that was slipped in. */
function wrong(what: string, { status, headers, body }: Answer): string[] {
  const found: string[] = [];
  if (status >= 500) found.push(`${what}: ${status}`);
  if (/\n\s+at .*\.(ts|js|mjs):\d+|PostgresError|DrizzleQueryError|ECONNREFUSED|Failed query/.test(body))
    found.push(`${what}: shows its inside`);
  const kept = [headers["set-cookie"] ?? []]
    .flat()
    .filter((cookie) => !/Max-Age=0|Expires=Thu, 01 Jan 1970/i.test(cookie));
  if (kept.length > 0 && !what.includes("/preferences")) found.push(`${what}: sets a cookie`);
  if (/<script>alert\(/.test(body)) found.push(`${what}: repeats a script`);
  return found;
}

/** Ten at a time, so that the walk stays short. */
async function walk(asks: (() => Promise<string[]>)[]): Promise<string[]> {
  const found: string[] = [];
  const queue = [...asks];
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      for (let next = queue.shift(); next; next = queue.shift())
        found.push(...(await next().catch((error: Error) => [error.message])));
    }),
  );
  return found;
}

/** Memory of the instance. */
const megabytes = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${instance.child.pid}/status`, "utf8"))![1]) / 1024;
let afterFirst = 0;

let tried = 0;
const trying = (method: string, path: string, options?: Parameters<typeof ask>[2]) => async () => {
  tried++;
  return wrong(
    `${method} ${path.slice(0, 120)}${options?.headers ? ` ${JSON.stringify(options.headers).slice(0, 120)}` : ""}`,
    await ask(method, path, options),
  );
};

describe("every door, whoever comes", { timeout: 300_000 }, () => {
  it("is found by reading the folders", () => {
    expect(all.length).toBeGreaterThan(25);
    expect(all.filter(({ kind, methods }) => kind === "route" && methods.length === 0)).toEqual([]);
    // Ids and tokens of every kind that paths have are known to this walk.
    const names = new Set(
      all.flatMap(({ path }) => [...path.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map((match) => match[1]!)),
    );
    expect([...names].filter((name) => !right[name])).toEqual([]);
  });

  it("answers GET of hostile ids and queries in words, never with a fault", async () => {
    const asks = all.flatMap(({ path }, door) => [
      ...fill(path, share(hostile, door, 6)).map((one) => trying("GET", one)),
      ...plain(path).flatMap((one, at) =>
        // A list reads its query; a thing that has an id reads little of it.
        (path.includes("[") ? share(queries, door + at, 2) : queries).map((query) => trying("GET", one + query)),
      ),
    ]);
    expect(await walk(asks)).toEqual([]);
    afterFirst ||= megabytes();
  });

  it("answers methods that it has not, and headers that are odd", async () => {
    const odd: Record<string, string>[] = [
      { accept: "application/activity+json" },
      { accept: "\u00ff;;q=," },
      { "accept-language": "\u00ff,".repeat(300) },
      { cookie: "locale=__proto__; theme=%00; locale" },
      { cookie: `a=${"b".repeat(8_000)}` },
      { "if-none-match": "*", "if-modified-since": "never" },
      { range: "bytes=9-1,-,x" },
      { rsc: "1", "next-router-state-tree": "%00", "next-url": "/../x" },
      { "next-action": "x".repeat(42) },
      { "x-middleware-subrequest": "middleware:middleware:middleware" },
      { "x-http-method-override": "DELETE" },
      { "content-type": "application/json" },
    ];
    const methods = ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND"];
    const asks = all.flatMap(({ path }, door) =>
      plain(path).flatMap((one, at) => [
        ...share(methods, door + at, 2).map((method) => trying(method, one)),
        ...share(odd, door + at, 3).map((headers) => trying("GET", one, { headers })),
      ]),
    );
    expect(await walk(asks)).toEqual([]);
  });

  it("answers bodies of every kind, and does nothing for them", async () => {
    const form = "application/x-www-form-urlencoded";
    const own = { origin: instance.url, "sec-fetch-site": "same-origin" };
    const bodies: { headers: Record<string, string>; body: string | Buffer }[] = [
      { headers: {}, body: "" },
      { headers: { "content-type": form }, body: "" },
      { headers: { "content-type": form, ...own }, body: "" },
      {
        headers: { "content-type": form, ...own },
        body: "email=a%00b&name[]=x&__proto__[a]=b&constructor=1&answers[x]=y&answers=z&form_id=1&form_token=2",
      },
      { headers: { "content-type": form, ...own }, body: `email=${"a".repeat(100_000)}&locale=__proto__&theme=%ff` },
      { headers: { "content-type": form, ...own }, body: "a=b&".repeat(20_000) },
      { headers: { "content-type": form, origin: "https://e.example" }, body: "email=ada@example.org" },
      { headers: { "content-type": "multipart/form-data", ...own }, body: "x" },
      {
        headers: { "content-type": "multipart/form-data; boundary=b", ...own },
        body: '--b\r\nContent-Disposition: form-data; name="email"; filename="x.svg"\r\n\r\n<svg/>\r\n--b--\r\n',
      },
      { headers: { "content-type": "application/json", ...own }, body: '{"email":{"$ne":1}}' },
      { headers: { "content-type": "text/plain;charset=utf-7", ...own }, body: "[[[[[[" },
      { headers: { "content-type": form, "next-action": "a".repeat(42), ...own }, body: "1_a=b" },
      {
        headers: { "content-type": "multipart/form-data; boundary=b", "next-action": "a".repeat(42), ...own },
        body: '--b\r\nContent-Disposition: form-data; name="1_$ACTION_ID_x"\r\n\r\n[]\r\n--b--\r\n',
      },
    ];
    const count = async () =>
      (
        await connection.client`select (select count(*) from participations) as people, (select count(*) from events) as events, (select count(*) from actors) as actors, (select count(*) from suppressions) as stopped`
      )[0];
    const before = await count();
    const asks = all.flatMap(({ path, methods }, door) => [
      // Whoever takes bodies meets all of them; Next answers them for the others.
      ...plain(path).flatMap((one, at) =>
        (methods.includes("POST") && at === 0 ? bodies : share(bodies, door + at, 2)).map((body) =>
          trying("POST", one, body),
        ),
      ),
      ...fill(path, share(hostile, door, 3)).map((one, at) => trying("POST", one, bodies[(door + at) % bodies.length])),
    ]);
    expect(await walk(asks)).toEqual([]);
    expect(await count()).toEqual(before);
  });

  it("stays as quick and small as it was", async () => {
    expect(tried).toBeGreaterThan(3_000);
    const start = performance.now();
    expect((await ask("GET", "/")).status).toBe(200);
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(megabytes()).toBeLessThan(1.6 * afterFirst);
    // One line for each fault that is ours: there is none.
    const faults = instance
      .log()
      .split("\n")
      .filter((line) => /"level":"(error|fatal)"/.test(line));
    expect(faults.map((line) => line.slice(0, 300))).toEqual([]);
  });
});
