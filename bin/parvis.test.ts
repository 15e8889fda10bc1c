import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";

const tool = fileURLToPath(new URL("node.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "parvis-tool-"));
let base: TestDatabase;

beforeAll(async () => {
  base = await testDatabase();
});
afterAll(async () => {
  await base.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Answer = { code: number | null; out: string; err: string };

function parvis(args: string[], env: Record<string, string> = {}, input = ""): Promise<Answer> {
  const settings = {
    APP_URL: "http://localhost:3000",
    DATABASE_URL: base.url,
    SECRET_KEY: randomBytes(48).toString("base64url"),
    NODE_ENV: "test" as const,
    DATA_DIR: folder,
    LANG: "en_GB.UTF-8",
  };
  const child = spawn(process.execPath, [tool, "bin/parvis.ts", ...args], { env: { ...settings, ...env } });
  const answer: Answer = { code: null, out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    answer.out += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    answer.err += chunk;
  });
  child.stdin.end(input);
  return new Promise((resolve) => child.once("close", (code) => resolve({ ...answer, code })));
}

const json = async (args: string[], env?: Record<string, string>) => {
  const { code, out, err } = await parvis([...args, "--json"], env);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
};

describe("the host's tool", { timeout: 120_000 }, () => {
  it("lists every fault of the settings at once, and says it in JSON too", async () => {
    const { code, err } = await parvis(["event", "list"], {
      APP_URL: "",
      DATABASE_URL: "",
      DATA_DIR: join(folder, "none"),
    });
    expect(code).toBe(1);
    expect(err).toMatch(/APP_URL is not set/);
    expect(err).toMatch(/MAIL_URL is not set/);
  });

  it("answers help with 0, wrong calls with 2, refusals with 1 and a sentence in the operator's language", async () => {
    const [url, origin] = [join(folder, "url"), join(folder, "origin")];
    writeFileSync(url, `${base.url}\n`);
    writeFileSync(origin, "http://localhost:3000\n");
    const fromFiles = { APP_URL: "", APP_URL_FILE: origin, DATABASE_URL: "", DATABASE_URL_FILE: url };
    const [help, wrong, odd, refused] = await Promise.all([
      parvis(["event", "--help"]),
      parvis(["event", "import", "x.ics", "--json"]),
      parvis(["user", "list", "--state", "here"]),
      parvis(["event", "list", "--organizer", "nobody", "--json"], { LANG: "fr_FR.UTF-8", ...fromFiles }),
    ]);
    expect([help.code, wrong.code, odd.code, refused.code]).toEqual([0, 2, 2, 1]);
    expect(JSON.parse(wrong.err).error.message).toContain("--organizer <handle>");
    expect(JSON.parse(refused.err).error).toEqual({
      code: "organizer-unknown",
      field: "--organizer",
      message: "--organizer : Personne ici ne porte cet identifiant.",
    });
  });

  it("makes an account with its profile, or nothing of either", async () => {
    const create = (email: string, handle: string) => ["user", "create", "--email", email, "--handle", handle];
    const made = await parvis([...create("ana@example.org", "ana"), "--password", "-"], {}, "correct horse\n");
    expect(made).toMatchObject({ code: 0, err: "" });
    expect(made.out).toContain("http://localhost:3000/@ana");
    const [twice, short] = await Promise.all([
      parvis([...create("bea@example.org", "ana"), "--password", "correct horse"]),
      parvis([...create("bea@example.org", "bea"), "--password", "short"]),
    ]);
    expect(twice).toMatchObject({ code: 1, err: "handle: This handle is taken.\n" });
    expect(short.err).toContain("at least 10 characters");
    expect(await base.db.$count(schema.accounts)).toBe(1);
  });

  it("imports, shows, changes, calls off and deletes an event, and says who is told", async () => {
    const file = join(folder, "events.ics");
    const lines = [
      "BEGIN:VCALENDAR",
      "BEGIN:VEVENT",
      "UID:1",
      "SUMMARY:Bal",
      "DTSTART;TZID=Europe/Paris:20300605T190000",
    ];
    writeFileSync(
      file,
      [...lines, "LOCATION:Lyon\\, France", "END:VEVENT", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR"].join("\n"),
    );
    const done = await json(["event", "import", file, "--organizer", "bal", "--create"]);
    expect(done).toMatchObject({ created: 1, faults: [{ line: 8, code: "name-missing" }] });
    const [{ id }] = await json(["event", "list", "--organizer", "bal"]);
    const change = ["event", "change", id, "--start", "2030-06-05T20:00", "--place", "Hôtel de Ville"];
    expect(await json(change)).toMatchObject({ sequence: 1, told: 0 });
    expect(await json(["event", "show", id])).toMatchObject({
      startTime: "2030-06-05T18:00:00.000Z",
      place: { name: "Hôtel de Ville", addressLocality: "Lyon" },
    });
    const days = ["event", "change", id, "--start", "2030-06-07", "--end", "2030-06-08"];
    await json(days);
    expect(await json(["event", "show", id])).toMatchObject({ allDay: true, endTime: "2030-06-08T22:00:00.000Z" });
    await json(["event", "change", id, "--start", "2030-06-07T19:00", "--end", "2030-06-07T21:00"]);
    // Moved by its start alone, it lasts as long as before.
    await json(["event", "change", id, "--start", "2030-06-09T20:00"]);
    expect(await json(["event", "show", id])).toMatchObject({
      ...{ allDay: false, startTime: "2030-06-09T18:00:00.000Z", endTime: "2030-06-09T20:00:00.000Z" },
    });
    expect((await parvis(["event", "change", id, "--start", "2030-03-31T02:30"])).err).toContain(
      "--start: This time does not exist",
    );
    expect(await parvis(["event", "cancel", id, "--message", "Orage"])).toMatchObject({ code: 0 });
    const removed = (await parvis(["event", "delete", id])).out;
    expect(removed).toContain("“Bal” is removed.");
    expect(removed).toContain("nobody is told");
    expect(await parvis(["event", "change", id, "--name", "x"])).toMatchObject({ code: 1, err: "This was removed.\n" });
  });

  it("says what waits and what the server is called", async () => {
    await json(["instance", "set", "--name", "Le Parvis", "--timezone", "Europe/Paris"]);
    const verbs = [["instance", "show"], ["jobs", "list"], ["jobs", "retry"], ["setup"]];
    const [instance, jobs, retried, setup] = await Promise.all(verbs.map((verb) => json(verb)));
    expect(setup).toEqual({
      administered: false,
      url: expect.stringMatching(/^http:\/\/localhost:3000\/setup\/[\w-]{43}$/),
    });
    expect(instance).toMatchObject({ name: "Le Parvis", timezone: "Europe/Paris" });
    expect(jobs.waiting).toContainEqual({ kind: "event-called-off", waiting: 1, running: 0, failing: 0 });
    expect(retried).toEqual({ retried: 0 });
  });

  it("judges a server, finds it again, and gives an actor new keys", async () => {
    const judged = await json(["instance", "block", "spam.example", "--note", "Spam"]);
    expect(judged).toMatchObject({ host: "spam.example", standing: "suspended", reach: { people: 0 } });
    const [all, one, keys, none] = await Promise.all([
      json(["instance", "list"]),
      json(["instance", "show", "spam.example"]),
      json(["keys", "rotate", "relay"]),
      parvis(["keys", "rotate", "nobody"]),
    ]);
    expect(all).toMatchObject([{ host: "spam.example", holds: "suspended" }]);
    expect(one).toMatchObject({ host: "spam.example", standing: "suspended", holds: "suspended", note: "Spam" });
    expect(keys).toEqual({ handle: "relay", rsa: "main-key-1", ed25519: "ed25519-key-1" });
    expect(none).toMatchObject({ code: 1, err: expect.stringContaining("\n") });
  });

  it("sends a mail to try the transport", async () => {
    expect(await json(["mail", "test", "ana@example.org"])).toMatchObject({
      transport: "outbox",
      to: "ana@example.org",
    });
    expect((await parvis(["mail", "test", "nobody"])).code).toBe(1);
  });
});
