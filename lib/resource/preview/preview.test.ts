import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { addResource } from "../commands.ts";
import { readPreview } from "./commands.ts";
import { previewOf } from "./page.ts";

const { resources } = schema;
const html = { "Content-Type": "text/html; charset=utf-8" };
const page = "<html><head><title>A page</title></head></html>";

/** What a server answers; all but the first are to do nothing bad. */
const answers: Record<string, (res: ServerResponse) => void> = {
  "/page": (res) => res.writeHead(200, html).end(page),
  "/long": (res) => res.writeHead(200, html).end(page + "<p>".repeat(200_000)),
  "/slow": (res) => void setTimeout(() => res.writeHead(200, html).end(page), 500),
  "/bomb": (res) => res.writeHead(200, { ...html, "Content-Encoding": "gzip" }).end(gzipSync(Buffer.alloc(9_000_000))),
  "/binary": (res) => res.writeHead(200, { "Content-Type": "image/png" }).end(page),
  "/unsaid": (res) => res.writeHead(200).end(page),
  "/inside": (res) => res.writeHead(302, { Location: "http://127.0.0.1/secret" }).end(),
  "/metadata": (res) => res.writeHead(302, { Location: "http://169.254.169.254/latest/meta-data/" }).end(),
  "/round": (res) => res.writeHead(302, { Location: "/round" }).end(),
  "/fault": (res) => res.writeHead(500, html).end(page),
  "/cut": (res) => {
    res.writeHead(200, { ...html, "Content-Length": "9999" }).write(page);
    setTimeout(() => res.destroy(), 20);
  },
  "/dripping": (res) => {
    res.writeHead(200, html).write("<title>A page</title>");
    const drip = setInterval(() => res.write("<!-- x -->"), 100);
    res.once("close", () => clearInterval(drip));
  },
};
const good = ["/page", "/long", "/slow"];
const bad = Object.keys(answers).filter((path) => !good.includes(path));

const before = getConfig();
let base: TestDatabase;
let server: Server;
let origin: string;
let add: (url: string, name?: string) => Promise<string>;
beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
  server = createServer((req, res) => (answers[req.url!] ?? answers["/fault"]!)(res));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  setConfig({ ...before, privatePeers: [`127.0.0.1:${port}`] });
  const [ada, group] = [await person(base.db, "ada"), await makeGroup(base.db)];
  await enrol(base.db, group, { memberId: ada.actor.id });
  add = async (url, name = "") => {
    const id = newId();
    await base.db.execute(sql`delete from limits`);
    await addResource(base.db, ada.viewer, group, { type: "link", url, name, id, summary: "", folder: null });
    return id;
  };
});
afterAll(async () => {
  setConfig(before);
  await stopSender();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await base.drop();
});

const row = async (id: string) => (await base.db.select().from(resources).where(eq(resources.id, id)))[0]!;
const look = async (url: string, name?: string) => {
  const id = await add(url, name);
  await readPreview(base.db, id);
  return row(id);
};
const waiting = async () =>
  (
    await base.db.execute<{ id: string }>(
      sql`select data->>'resourceId' as id from pgboss.job where name = 'resource-preview'`,
    )
  ).map(({ id }) => id);

describe("the page behind a link", () => {
  it("is read by a job that was recorded with the link", async () => {
    const id = await add(`${origin}/page`);
    expect(await waiting()).toContain(id);
  });

  it("gives its title to a link without a name, and to no other", async () => {
    for (const path of good)
      expect(await look(`${origin}${path}`)).toMatchObject({ name: "A page", title: "A page", preview: "read" });
    expect(await look(`${origin}/page`, "Minutes")).toMatchObject({ name: "Minutes", title: "A page" });
  });

  it.each(bad)(
    "leaves the link as it is when it answers %s",
    async (path) => {
      const started = Date.now();
      const left = await look(`${origin}${path}`, "Minutes");
      expect(left).toMatchObject({ name: "Minutes", title: "", preview: "failed", url: `${origin}${path}` });
      expect(Date.now() - started).toBeLessThan(9_000);
    },
    20_000,
  );

  it("is not asked for on this machine or its network, which would have answered", async () => {
    const url = `${origin}/page`;
    setConfig({ ...getConfig(), privatePeers: [] });
    expect(await look(url)).toMatchObject({ title: "", preview: "failed" });
    setConfig({ ...getConfig(), privatePeers: [new URL(url).host] });
    expect(await look(url)).toMatchObject({ title: "A page" });
  });

  it("says nothing of a link that leads elsewhere by now, or is gone", async () => {
    const id = await add(`${origin}/slow`);
    const slow = readPreview(base.db, id);
    await base.db.update(resources).set({ url: "https://example.org/" }).where(eq(resources.id, id));
    await slow;
    expect(await row(id)).toMatchObject({ title: "", preview: "waiting" });
  });
});

describe("what a page says of itself", () => {
  const read = (text: string | Buffer, mediaType = "text/html") =>
    previewOf({ url: "https://example.org/", mediaType, body: Buffer.from(text) });

  it("is its title and description, of those for sharing first, as plain text", () => {
    expect(
      read(`<title> A &amp;
        B </title><meta name=description content="C <b>">`),
    ).toEqual({ title: "A & B", description: "C <b>" });
    const shared = `<META PROPERTY='og:title' CONTENT='Shared &quot;so&quot;'><meta property="og:description" content="">`;
    expect(read(`<title>A</title>${shared}<meta name="Description" content="D">`)).toEqual({
      title: 'Shared "so"',
      description: "D",
    });
    expect(read("<body><title>Drawn</title></body>")).toEqual({ title: "", description: "" });
  });

  it("is read in the encoding that the server or the page names", () => {
    const latin = Buffer.from('<meta charset="iso-8859-1"><title>Été</title>', "latin1");
    expect(read(latin).title).toBe("Été");
    expect(read(Buffer.from("<title>Été</title>", "latin1"), "text/html; charset=windows-1252").title).toBe("Été");
    expect(read("<title>Été</title>", "text/html; charset=none").title).toBe("Été");
  });

  it("is short and clean, however odd or long the page", () => {
    const { title } = read(`<title>\u202e${"a\u0007\u0000".repeat(9_000)}😀</title>`);
    expect(title).toMatch(/^(a ){149}a$/);
    const started = performance.now();
    for (const odd of ["<", "<title>", "<meta ", "&#x110000;", "<svg><title>", "<!--", "<script><!--<script>", "</"])
      expect(read(odd.repeat(128_000 / odd.length)).title.length).toBeLessThanOrEqual(300);
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});
