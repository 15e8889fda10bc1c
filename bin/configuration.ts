import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import {
  type Config,
  type GeocoderConfig,
  geocoderKinds,
  type MailConfig,
  type Mode,
  type OpenIdConfig,
} from "#lib/config.ts";
import { webUrl } from "#lib/urls.ts";

/** Every fault of the configuration at once, one sentence a line. */
export class ConfigFault extends Error {
  readonly faults: string[];
  constructor(faults: string[]) {
    super(
      `The configuration has ${faults.length === 1 ? "a fault" : `${faults.length} faults`}:\n- ${faults.join("\n- ")}`,
    );
    this.name = "ConfigFault";
    this.faults = faults;
  }
}

type Env = Record<string, string | undefined>;

const loopback = (hostname: string) =>
  hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);

/** A setting as it stands, or in the file that NAME_FILE names; undefined where it is empty. What is wrong joins `faults`. */
export function readSetting(env: Env, name: string, faults: string[] = []): string | undefined {
  const file = env[`${name}_FILE`];
  if (file && env[name]) faults.push(`${name} and ${name}_FILE are both set. Keep one of them.`);
  if (!file) return env[name]?.trim() || undefined;
  try {
    return readFileSync(file, "utf8").trim() || undefined;
  } catch {
    faults.push(`${name}_FILE names "${file}", which cannot be read. Give the path of a readable file.`);
    return undefined;
  }
}

/**
 * Reads the settings of `product.md` from an environment. `NAME_FILE` gives the path of a file that holds NAME.
 * @throws ConfigFault with all faults, each naming what was read, what is expected and an example.
 */
export function parseConfig(env: Env, mode: Mode): Config {
  const faults: string[] = [];
  const read = (name: string) => readSetting(env, name, faults);
  const local = mode !== "production";
  const dataDir = resolve(read("DATA_DIR") ?? "./.data");
  const blocked = fileAmong(dataDir);
  if (blocked)
    faults.push(
      `DATA_DIR is "${dataDir}", but ${blocked === dataDir ? "that" : blocked} is a file. Name a directory; it is made when it is missing. Example: DATA_DIR=./.data`,
    );

  const storageDir = readStorage(read("STORAGE_URL"), faults);
  const port = readPort(read("PORT"), faults);
  const appUrl = readAppUrl(read("APP_URL"), mode, port, read("FEDERATION_PRIVATE_PEERS") ?? "", faults);
  const listenAt = read("HOST") ?? (local ? "127.0.0.1" : "0.0.0.0");
  if (!isIP(listenAt) && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(listenAt))
    faults.push(`HOST is "${listenAt}"; it is one IP address or name of this machine. Example: HOST=127.0.0.1`);
  const databaseUrl = read("DATABASE_URL") ?? null;
  if (databaseUrl && !(/^postgres(ql)?:\/\/./.test(databaseUrl) && URL.canParse(databaseUrl)))
    faults.push(
      "DATABASE_URL is no address that begins with postgres://. Example: DATABASE_URL=postgres://parvis:secret@127.0.0.1:5432/parvis",
    );

  const process_ = read("PROCESS") ?? "all";
  const parsedProcess = z.enum(["all", "web", "worker"]).safeParse(process_);
  if (!parsedProcess.success) faults.push(`PROCESS is "${process_}"; it is one of all, web, worker.`);
  else if (parsedProcess.data !== "all" && !databaseUrl)
    faults.push(
      `PROCESS=${process_} needs DATABASE_URL: the embedded database belongs to one process. Write PROCESS=all, or name a PostgreSQL.`,
    );

  const mail = readMail(read, dataDir, local, faults);
  const host = new URL(appUrl).hostname;
  const mailFrom = read("MAIL_FROM") ?? `parvis@${host}`;
  if (!/^[^\s@<>",;]+@[^\s@<>",;]+$/.test(mailFrom))
    faults.push(`MAIL_FROM is "${mailFrom}"; it is one plain address. Example: MAIL_FROM=events@${host}`);

  const privatePeers = list(read("FEDERATION_PRIVATE_PEERS"));
  for (const peer of privatePeers)
    if (!/^(\[[0-9a-f:]+\]|[a-z0-9.-]+):\d{1,5}$/i.test(peer))
      faults.push(
        `FEDERATION_PRIVATE_PEERS holds "${peer}"; each entry is exactly host:port, without wildcards. Example: 127.0.0.1:4001`,
      );

  const trustedProxies = list(read("TRUSTED_PROXIES"));
  for (const proxy of trustedProxies)
    if (!isIP(proxy))
      faults.push(
        `TRUSTED_PROXIES holds "${proxy}"; each entry is one IP address. Example: TRUSTED_PROXIES=127.0.0.1,::1`,
      );

  const openid = readOpenId(read, privatePeers, faults);
  const geocoder = readGeocoder(read("GEOCODER_URL"), faults);
  const [padUrl, callUrl] = [readTemplate("PAD_URL", read, faults), readTemplate("CALL_URL", read, faults)];
  const givenKey = checkSecret(read("SECRET_KEY"), databaseUrl !== null && !local, faults);
  if (faults.length > 0) throw new ConfigFault(faults);
  return {
    mode,
    appUrl,
    databaseUrl,
    dataDir,
    storageDir,
    secretKey: givenKey ?? keptSecret(dataDir),
    mail: mail as MailConfig,
    mailFrom,
    port,
    host: listenAt,
    process: parsedProcess.data as Config["process"],
    trustedProxies,
    privatePeers,
    benchmark: env.PARVIS_BENCHMARK === "1",
    openid,
    geocoder,
    padUrl,
    callUrl,
  };
}

/** What stands in the way of a directory: a file of its name, or of one above it. */
function fileAmong(directory: string): string | null {
  let nearest = directory;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  return statSync(nearest, { throwIfNoEntry: false })?.isDirectory() === false ? nearest : null;
}

/** The directory that pictures are kept in; null: the one under DATA_DIR. */
function readStorage(value: string | undefined, faults: string[]): string | null {
  if (!value || value === "file:") return null;
  const directory = value.startsWith("file:") ? resolve(value.slice(5)) : null;
  if (directory && !fileAmong(directory)) return directory;
  const read = value.replace(/\/\/[^/]*@/, "//…@");
  faults.push(
    `STORAGE_URL is "${read}"; it is file: and a directory, the one place where this version keeps pictures. Example: STORAGE_URL=file:/srv/parvis/media`,
  );
  return null;
}

const list = (value: string | undefined) =>
  (value ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

function readPort(value: string | undefined, faults: string[]): number {
  const port = Number(value ?? 3000);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  faults.push(`PORT is "${value}"; it is a whole number from 0 to 65535. Example: PORT=3000`);
  return 3000;
}

function readAppUrl(value: string | undefined, mode: Mode, port: number, peers: string, faults: string[]): string {
  if (!value && mode === "production")
    faults.push(
      "APP_URL is not set. Write the public address of this server, which never changes again. Example: APP_URL=https://events.example.org",
    );
  const text = value ?? `http://localhost:${port}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== "/" || /[?#@]/.test(text)) {
    const read = text.replace(/\/\/[^/]*@/, "//…@");
    faults.push(`APP_URL is "${read}"; it is an origin, without a path. Example: APP_URL=https://events.example.org`);
    return "http://localhost";
  }
  const exempt = loopback(url.hostname) || list(peers).includes(url.host);
  if (mode === "production" && url.protocol === "http:" && !exempt)
    faults.push(`APP_URL is "${text}"; a public server needs https. Example: APP_URL=https://${url.host}`);
  return url.origin;
}

function readMail(
  read: (name: string) => string | undefined,
  dataDir: string,
  local: boolean,
  faults: string[],
): MailConfig | null {
  const outbox: MailConfig = { transport: "outbox", directory: join(dataDir, "outbox") };
  const value = read("MAIL_URL") ?? (local ? "outbox:" : undefined);
  if (!value) {
    faults.push(
      "MAIL_URL is not set: nobody could take part. Examples: MAIL_URL=smtps://user:password@mail.example.org, MAIL_URL=resend:",
    );
    return null;
  }
  if (/^smtps?:\/\//.test(value) && URL.canParse(value) && new URL(value).hostname)
    return { transport: "smtp", url: value };
  if (value === "resend:") {
    const apiKey = read("RESEND_API_KEY");
    if (!apiKey) faults.push("MAIL_URL is resend: but RESEND_API_KEY is not set. Example: RESEND_API_KEY=re_…");
    const baseUrl = read("RESEND_BASE_URL") ?? null;
    if (baseUrl && !/^https?:\/\/[^/]/.test(baseUrl))
      faults.push(`RESEND_BASE_URL is "${baseUrl}"; it is a web address. Example: https://api.resend.com`);
    const webhookSecret = read("RESEND_WEBHOOK_SECRET") ?? null;
    if (webhookSecret && !/^whsec_[A-Za-z0-9+/]{20,}={0,2}$/.test(webhookSecret))
      faults.push(
        "RESEND_WEBHOOK_SECRET is no signing secret of a webhook. Example: RESEND_WEBHOOK_SECRET=whsec_… as Resend shows it",
      );
    return { transport: "resend", apiKey: apiKey ?? "", baseUrl, webhookSecret };
  }
  if (value.startsWith("file:") && value.length > 5) return { transport: "file", directory: resolve(value.slice(5)) };
  if (value === "outbox:") {
    if (local) return outbox;
    faults.push(
      "MAIL_URL is outbox:, which keeps mail for /mailbox and sends nothing; it is for demo and development. Example: MAIL_URL=smtps://user:password@mail.example.org",
    );
    return null;
  }
  faults.push(
    "MAIL_URL is not understood; it is one of smtp://…, smtps://…, resend:, file:DIR. Example: MAIL_URL=smtp://user:password@mail.example.org:587",
  );
  return null;
}

/** All of OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or none of them. */
function readOpenId(
  read: (name: string) => string | undefined,
  peers: string[],
  faults: string[],
): OpenIdConfig | null {
  const [issuer, clientId, clientSecret] = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"].map(read);
  if (!issuer && !clientId && !clientSecret) return null;
  if (!issuer || !clientId || !clientSecret) {
    faults.push(
      "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together, and one of them is not set. Example: OIDC_ISSUER=https://login.example.org",
    );
    return null;
  }
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  const near = url !== null && (loopback(url.hostname) || peers.includes(url.host));
  if (!url || !(url.protocol === "https:" || (url.protocol === "http:" && near)) || url.username || url.search)
    faults.push(
      `OIDC_ISSUER is "${issuer.replace(/\/\/[^/]*@/, "//…@")}"; it is the provider's https address. Example: OIDC_ISSUER=https://login.example.org`,
    );
  return { issuer, clientId, clientSecret, name: read("OIDC_NAME") ?? url?.hostname ?? "OpenID Connect" };
}

/** "kind+address": the address service that the host chose, which may stand anywhere; null: none. */
function readGeocoder(value: string | undefined, faults: string[]): GeocoderConfig | null {
  if (!value) return null;
  const [, kind, address = ""] = /^(\w+)\+(https?:\/\/.+)$/.exec(value) ?? [];
  const known = geocoderKinds.find((one) => one === kind);
  const url = URL.canParse(address) ? new URL(address) : null;
  if (known && url && !url.username && !url.password && !url.hash) return { kind: known, url: url.href };
  faults.push(
    `GEOCODER_URL is "${value.replace(/\/\/[^/]*@/, "//…@")}"; it is one of nominatim, photon, addok, a plus sign and the service's web address. Example: GEOCODER_URL=photon+https://photon.example.org`,
  );
  return null;
}

/** The address of a pad or call with `{name}` once, behind the host; null: groups make none. */
function readTemplate(name: string, read: (name: string) => string | undefined, faults: string[]): string | null {
  const value = read(name);
  if (!value) return null;
  const parts = value.split("{name}");
  const url = parts.length === 2 && value.length <= 1_000 ? webUrl(parts.join("name")) : null;
  if (url && /^https?:\/\/[^/?#]+[/?#]/.test(parts[0]!)) return value;
  faults.push(
    `${name} is "${value.replace(/\/\/[^/]*@/, "//…@")}"; it is a web address with {name} in its path. Example: ${name}=https://${name === "PAD_URL" ? "pad.example.org/p" : "meet.example.org"}/{name}`,
  );
  return null;
}

/** The key as given; null: none was given and none is required. */
function checkSecret(value: string | undefined, required: boolean, faults: string[]): string | null {
  if (value && (value.length < 32 || new Set(value).size < 10 || /^(change|secret|default|example)/i.test(value)))
    faults.push("SECRET_KEY is too short or a default. Make one with: openssl rand -base64 48");
  if (!value && required)
    faults.push(
      "SECRET_KEY is not set; with DATABASE_URL it is required, because all links in mails derive from it. Make one with: openssl rand -base64 48",
    );
  return value ?? null;
}

/** The key that was made at the first start and is kept in DATA_DIR: written aside, so that it is there whole or not. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, "secret.key");
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, randomBytes(48).toString("base64url"), { mode: 0o600 });
    try {
      linkSync(aside, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    rmSync(aside);
  }
  const key = readFileSync(file, "utf8").trim();
  if (key.length < 32) throw new ConfigFault([`${file} holds no key. Restore it, or links in mails already sent die.`]);
  return key;
}
