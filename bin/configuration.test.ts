import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Mode } from "#lib/config.ts";
import { ConfigFault, parseConfig } from "./configuration.ts";

const directory = () => mkdtempSync(join(tmpdir(), "parvis-config-"));
const right = () => ({
  APP_URL: "https://events.example.org",
  DATABASE_URL: "postgres://parvis:secret@127.0.0.1:5432/parvis",
  SECRET_KEY: "5e9a1c3f7b2d4860a1b2c3d4e5f60718293a4b5c6d7e8f90",
  MAIL_URL: "smtps://user:password@mail.example.org",
  DATA_DIR: directory(),
});

function faults(env: Record<string, string | undefined>, mode: Mode = "production"): string[] {
  try {
    parseConfig(env, mode);
    return [];
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
}

describe("the configuration", () => {
  it("is read whole in production", () => {
    const config = parseConfig(
      {
        ...right(),
        TRUSTED_PROXIES: "127.0.0.1, ::1",
        PORT: "8080",
        MAIL_FROM: "a@b.example",
        GEOCODER_URL: "nominatim+http://127.0.0.1:8080/osm?key=x",
        PAD_URL: "https://pad.example/p/{name}?lang=fr",
        STORAGE_URL: "file:/srv/pictures",
      },
      "production",
    );
    expect(config).toMatchObject({
      appUrl: "https://events.example.org",
      port: 8080,
      host: "0.0.0.0",
      process: "all",
      mailFrom: "a@b.example",
      storageDir: "/srv/pictures",
      trustedProxies: ["127.0.0.1", "::1"],
      geocoder: { kind: "nominatim", url: "http://127.0.0.1:8080/osm?key=x" },
      mail: { transport: "smtp", url: "smtps://user:password@mail.example.org" },
    });
  });

  it("needs nothing in demo and development: loopback, an embedded database, captured mail, a key of its own", () => {
    const DATA_DIR = directory();
    for (const mode of ["demo", "development"] as const) {
      const config = parseConfig({ DATA_DIR }, mode);
      expect(config).toMatchObject({ appUrl: "http://localhost:3000", host: "127.0.0.1", databaseUrl: null });
      expect(config.mail.transport).toBe("outbox");
      expect(config.secretKey).toBe(readFileSync(join(DATA_DIR, "secret.key"), "utf8"));
      expect(config.secretKey.length).toBeGreaterThanOrEqual(64);
    }
    expect(statSync(join(DATA_DIR, "secret.key")).mode & 0o777).toBe(0o600);
  });

  it.each([
    ["a pad without a name", { PAD_URL: "https://pad.example/p/" }, /^PAD_URL is .*Example: PAD_URL=https:/],
    ["a call that is named twice", { CALL_URL: "https://meet.example/{name}/{name}" }, /^CALL_URL is/],
    ["a pad whose name is its host", { PAD_URL: "https://{name}.example/" }, /^PAD_URL is/],
    ["a call of another scheme", { CALL_URL: "javascript:{name}" }, /^CALL_URL is/],
    ["a geocoder of another kind", { GEOCODER_URL: "google+https://maps.example" }, /^GEOCODER_URL is .*nominatim/],
    ["a geocoder without a kind", { GEOCODER_URL: "https://photon.example" }, /^GEOCODER_URL is/],
    ["a geocoder that is no web address", { GEOCODER_URL: "photon+ftp://photon.example" }, /^GEOCODER_URL is/],
    [
      "a geocoder with a password",
      { GEOCODER_URL: "photon+https://a:b@photon.example" },
      /^GEOCODER_URL is "photon\+https:\/\/…@/,
    ],
    ["no APP_URL", { APP_URL: undefined }, /^APP_URL is not set/],
    ["APP_URL that is no address", { APP_URL: "events" }, /^APP_URL is "events"; it is an origin/],
    ["APP_URL with a path", { APP_URL: "https://example.org/events" }, /it is an origin, without a path/],
    ["APP_URL with a query", { APP_URL: "https://example.org/?a" }, /it is an origin/],
    ["APP_URL with a name and password", { APP_URL: "https://a:b@example.org" }, /it is an origin/],
    ["APP_URL with only a password", { APP_URL: "https://:b@example.org" }, /it is an origin/],
    ["APP_URL of another scheme", { APP_URL: "ftp://example.org" }, /it is an origin/],
    ["APP_URL with a fragment", { APP_URL: "https://example.org/#a" }, /it is an origin/],
    ["http in public", { APP_URL: "http://example.org" }, /^APP_URL .* a public server needs https/],
    ["http on something like loopback", { APP_URL: "http://127.0.0.1.example.org" }, /needs https/],
    [
      "DATABASE_URL of another kind",
      { DATABASE_URL: "mysql://localhost/x" },
      /^DATABASE_URL is no address that begins with/,
    ],
    ["DATABASE_URL that is no address", { DATABASE_URL: "postgres://" }, /^DATABASE_URL/],
    ["no SECRET_KEY beside DATABASE_URL", { SECRET_KEY: undefined }, /^SECRET_KEY is not set/],
    ["a short SECRET_KEY", { SECRET_KEY: "short" }, /^SECRET_KEY is too short/],
    ["a default SECRET_KEY", { SECRET_KEY: `change-me-${"x".repeat(40)}` }, /^SECRET_KEY is .*default/],
    ["a SECRET_KEY of one letter", { SECRET_KEY: "a".repeat(48) }, /^SECRET_KEY/],
    ["no mail", { MAIL_URL: undefined }, /^MAIL_URL is not set: nobody could take part/],
    ["mail that is kept", { MAIL_URL: "outbox:" }, /^MAIL_URL is outbox:/],
    ["mail of another kind", { MAIL_URL: "imap://mail" }, /^MAIL_URL is not understood/],
    ["mail without a host", { MAIL_URL: "smtp://" }, /^MAIL_URL is not understood/],
    ["a directory without a name", { MAIL_URL: "file:" }, /^MAIL_URL is not understood/],
    ["resend without its key", { MAIL_URL: "resend:" }, /^MAIL_URL is resend: but RESEND_API_KEY/],
    [
      "RESEND_BASE_URL that is no address",
      { MAIL_URL: "resend:", RESEND_API_KEY: "re_1", RESEND_BASE_URL: "x" },
      /^RESEND_BASE_URL/,
    ],
    ["MAIL_FROM with a name", { MAIL_FROM: "Me <me@example.org>" }, /^MAIL_FROM is "Me <me@example.org>"/],
    ["MAIL_FROM with a line break", { MAIL_FROM: "me@example.org\r\nBcc: x@y.z" }, /^MAIL_FROM/],
    ["a host that is two words", { HOST: "a b" }, /^HOST is "a b"; it is one IP address or name/],
    ["a host with its port", { HOST: "127.0.0.1:3000" }, /^HOST is "127.0.0.1:3000"/],
    ["a directory that is a file", { DATA_DIR: fileURLToPath(import.meta.url) }, /^DATA_DIR is .*, but that is a file/],
    [
      "a directory in a file",
      { DATA_DIR: `${fileURLToPath(import.meta.url)}/data` },
      /^DATA_DIR is .*test.ts is a file/,
    ],
    [
      "pictures in a bucket",
      { STORAGE_URL: "s3://key:hunter2@bucket" },
      /^STORAGE_URL is "s3:\/\/…@bucket"; it is file:/,
    ],
    ["pictures in a file", { STORAGE_URL: `file:${fileURLToPath(import.meta.url)}` }, /^STORAGE_URL is "file:/],
    ["a port that is none", { PORT: "http" }, /^PORT is "http"/],
    ["a port too high", { PORT: "65536" }, /^PORT is "65536"/],
    ["a process that is none", { PROCESS: "both" }, /^PROCESS is "both"; it is one of all, web, worker/],
    [
      "a worker without a database to share",
      { PROCESS: "worker", DATABASE_URL: undefined },
      /^PROCESS=worker needs DATABASE_URL/,
    ],
    [
      "private peers without a port",
      { FEDERATION_PRIVATE_PEERS: "10.0.0.1" },
      /^FEDERATION_PRIVATE_PEERS holds "10.0.0.1"/,
    ],
    ["every private peer", { FEDERATION_PRIVATE_PEERS: "*:443" }, /exactly host:port/],
    ["a range of private peers", { FEDERATION_PRIVATE_PEERS: "10.0.0.0/8:80" }, /exactly host:port/],
    [
      "a proxy that is no address",
      { TRUSTED_PROXIES: "proxy.example.org" },
      /^TRUSTED_PROXIES holds "proxy.example.org"/,
    ],
    ["every proxy", { TRUSTED_PROXIES: "*" }, /^TRUSTED_PROXIES holds "\*"/],
    [
      "a file that is not there",
      { SECRET_KEY: undefined, SECRET_KEY_FILE: "/nowhere" },
      /^SECRET_KEY_FILE names "\/nowhere"/,
    ],
    ["a setting twice", { SECRET_KEY_FILE: "/etc/hostname" }, /^SECRET_KEY and SECRET_KEY_FILE are both set/],
  ])("says in words what is wrong with %s", (_, change, sentence) => {
    const found = faults({ ...right(), ...change });
    expect(found.filter((fault) => sentence.test(fault))).toHaveLength(1);
    for (const fault of found) expect(fault).not.toMatch(/undefined|\[object|ZodError/);
  });

  it("lists all faults at once, one a line", () => {
    const env = {
      APP_URL: "x",
      DATABASE_URL: "x",
      PORT: "x",
      PROCESS: "x",
      MAIL_URL: "x",
      FEDERATION_PRIVATE_PEERS: "x",
      MAIL_FROM: "x",
    };
    const found = faults(env);
    expect(found.length).toBeGreaterThanOrEqual(7);
    expect(() => parseConfig(env, "production")).toThrow(`The configuration has ${found.length} faults:\n- `);
  });

  it("lists a bad key together with the rest, and makes no key while anything is wrong", () => {
    const DATA_DIR = join(directory(), "fresh");
    expect(faults({ SECRET_KEY: "short", PORT: "x", DATA_DIR }, "demo").map((fault) => fault.split(" ")[0])).toEqual([
      "PORT",
      "SECRET_KEY",
    ]);
    expect(faults({ PORT: "x", DATA_DIR }, "demo")).toHaveLength(1);
    expect(() => statSync(join(DATA_DIR, "secret.key"))).toThrow();
  });

  it("reads any setting from a file", () => {
    const file = join(directory(), "secret");
    writeFileSync(file, "5e9a1c3f7b2d4860a1b2c3d4e5f60718293a4b5c\n");
    const { SECRET_KEY: _, ...rest } = right();
    expect(parseConfig({ ...rest, SECRET_KEY_FILE: file }, "production").secretKey).toBe(
      "5e9a1c3f7b2d4860a1b2c3d4e5f60718293a4b5c",
    );
  });

  it("makes its own key once, whole, and refuses an empty one", () => {
    const DATA_DIR = directory();
    const { secretKey } = parseConfig({ DATA_DIR }, "demo");
    expect(parseConfig({ DATA_DIR }, "demo").secretKey).toBe(secretKey);
    expect(readdirSync(DATA_DIR)).toEqual(["secret.key"]);
    writeFileSync(join(DATA_DIR, "secret.key"), "");
    expect(faults({ DATA_DIR }, "demo")).toEqual([expect.stringMatching(/secret.key holds no key/)]);
  });

  it("never repeats a password or key in what it says", () => {
    const found = faults({
      ...right(),
      DATABASE_URL: "mysql://parvis:hunter2@127.0.0.1/x",
      MAIL_URL: "imap://user:hunter2@mail.example.org",
      SECRET_KEY: "hunter2",
      APP_URL: "https://parvis:hunter2@example.org",
    });
    expect(found.length).toBeGreaterThanOrEqual(4);
    expect(found.join("\n")).not.toContain("hunter2");
  });

  it("lets loopback and private peers be http, for trials", () => {
    for (const APP_URL of ["http://localhost:3000", "http://127.0.0.1:4000", "http://[::1]:3000"])
      expect(faults({ ...right(), APP_URL })).toEqual([]);
    expect(faults({ ...right(), APP_URL: "http://10.0.0.2:4000", FEDERATION_PRIVATE_PEERS: "10.0.0.2:4000" })).toEqual(
      [],
    );
  });
});
