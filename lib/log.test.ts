import { spawn } from "node:child_process";
import { once } from "node:events";
import { DrizzleQueryError } from "drizzle-orm";
import { afterEach, describe, expect, it, vi } from "vitest";
import { effort } from "#bin/testing/effort.ts";
import { newId } from "./ids.ts";
import { log, redact, startLog } from "./log.ts";
import { linkToken, signedId } from "./secrets.ts";

afterEach(() => vi.restoreAllMocks());

/** The lines that `write` leads to. */
async function lines(write: () => void): Promise<string[]> {
  const printed: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  await startLog("debug");
  write();
  vi.restoreAllMocks();
  return printed;
}

describe("the log", () => {
  it("is lost where nobody reads it any more, and ends nothing", async () => {
    const talk = `const { log, startLog } = await import("#lib/log.ts"); await startLog();
      process.stdout.write("here");
      for (let n = 0; n < 20; n++) { log("web").info("Said"); await new Promise((done) => setTimeout(done, 20)); }
      process.exit(7);`;
    const child = spawn(process.execPath, [...process.execArgv, "--input-type=module", "-e", talk], { stdio: "pipe" });
    const ended = once(child, "exit");
    await once(child.stdout, "data");
    child.stdout.destroy();
    child.stderr.destroy();
    expect((await ended)[0]).toBe(7);
  });

  it("is one JSON line an entry, whatever the entry holds", async () => {
    const printed = await lines(() => {
      log("web").info("Started", { port: 3000 });
      log("jobs").error("Two\nlines \u2028 and \u0000", {
        error: new Error("deep\nfault", { cause: "x" }),
        nested: { a: [1] },
      });
    });
    expect(printed).toHaveLength(2);
    for (const line of printed) expect(line.match(/\n/g)).toHaveLength(1);
    expect(JSON.parse(printed[0]!)).toMatchObject({
      level: "info",
      room: "web",
      message: "Started",
      port: 3000,
      time: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(JSON.parse(printed[1]!)).toMatchObject({
      level: "error",
      error: { message: "deep\nfault" },
      nested: { a: [1] },
    });
  });

  it("holds no address and no token, wherever in the entry they stand", async () => {
    const token = linkToken("participation", newId(), 0);
    const signed = signedId("unsubscribe", newId());
    const secrets = ["ada@example.org", "josé.o'neil+x@bücher.example", token, signed];
    const printed = await lines(() => {
      for (const secret of secrets) {
        log("web").error(`Failed for ${secret}`, {});
        log("web").error("Failed", {
          to: secret,
          path: `/participations/${secret}`,
          error: new Error(`550 <${secret}> unknown`),
        });
        log("web").error("Failed", {
          list: [{ deep: { deeper: secret } }],
          [secret]: 1,
          url: `https://e.example/?to=${encodeURIComponent(secret)}`,
        });
      }
    });
    expect(printed).toHaveLength(12);
    for (const line of printed) {
      for (const secret of secrets) {
        expect(line).not.toContain(secret);
        expect(line).not.toContain(encodeURIComponent(secret));
      }
      expect(() => JSON.parse(line)).not.toThrow();
    }
  });

  it("holds no value of a query that failed, but its cause", async () => {
    const query = new DrizzleQueryError(
      "insert into participations (name) values ($1)",
      ["Ada\n    at Lovelace"],
      Object.assign(new Error("duplicate key"), { code: "23505" }),
    );
    const [line] = await lines(() => log("web").error("Failed", { error: query, list: [query] }));
    expect(line).not.toMatch(/Ada|Lovelace/);
    expect(JSON.parse(line!)).toMatchObject({
      error: { message: expect.stringContaining("insert into"), cause: { code: "23505", message: "duplicate key" } },
      list: [{ stack: expect.stringContaining("log.test.ts") }],
    });
  });

  it("never throws, whatever it is given", async () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const printed = await lines(() => {
      log("web").error("Circle", { circle });
      log("web").error("Odd", {
        big: 1n,
        none: undefined,
        symbol: Symbol("x"),
        call: () => 1,
        error: "plain",
        date: new Date(0),
      });
    });
    expect(printed.map((line) => JSON.parse(line).message)).toEqual(["Circle", "Odd"]);
  });

  it("keeps what is neither", () => {
    const id = newId();
    for (const text of [
      `/events/${id}`,
      "10 @ 20",
      "node_modules/@logtape/logtape/dist/x.js:1:2",
      "node_modules/next/dist/server/base-server.js:123:45",
      "a@b",
      '{"a":1}',
    ])
      expect(redact(text)).toBe(text);
  });

  it("takes no longer for hostile text", () => {
    for (const text of ["@", "a@", "a@a", "a.", "participations/", "A"].map((piece) =>
      piece.repeat(100_000 / piece.length),
    )) {
      const start = effort();
      redact(text);
      expect(effort() - start).toBeLessThan(200);
    }
  });
});
