import { type Argon2Parameters, argon2, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { Refusal } from "#lib/refusal.ts";

const derive = { argon2: argon2 && promisify(argon2), scrypt: promisify(scrypt) as unknown as Scrypt };
type Scrypt = (password: string, salt: Buffer, length: number, options: object) => Promise<Buffer>;

/** OWASP's floor for argon2id: 19 MiB, two passes. For Node before 24.7, which has no argon2: scrypt with N = 2^17. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const logN = 17;

const tag = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");

const withArgon2 = (password: string, nonce: Buffer, { memory, passes, parallelism } = cost): Promise<Buffer> =>
  derive.argon2("argon2id", {
    message: password.normalize("NFKC"),
    nonce,
    parallelism,
    memory,
    passes,
    tagLength: cost.tagLength,
  } satisfies Argon2Parameters);

const withScrypt = (password: string, salt: Buffer, ln = logN): Promise<Buffer> =>
  derive.scrypt(password.normalize("NFKC"), salt, 32, { N: 2 ** ln, r: 8, p: 1, maxmem: 256 * 2 ** 20 });

/** Hashing is 19 MiB and some 30 ms of a core each: so many at a time, so many waiting, and the rest is told to wait. */
const most = { running: 4, waiting: 200 };
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= most.running) {
    if (waiting.length >= most.waiting) throw new Refusal("unavailable", { retryAfter: 5 });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

let nobodys: Promise<string> | undefined;

/**
 * Whether a password is an account's. Where there is no account or it has no password, a hash that nobody knows is tried
 * in its place: the answer takes as long.
 */
export async function passwordIs(password: string, hash: string | null | undefined): Promise<boolean> {
  nobodys ??= hashPassword(randomBytes(32).toString("base64"));
  const given = hash ?? (await nobodys);
  return (await verifyPassword(password, given)) && typeof hash === "string";
}

/** A password's hash as a PHC string with its algorithm, costs and salt: argon2id where this Node has it, else scrypt. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password));

async function hash(password: string): Promise<string> {
  const salt = randomBytes(16);
  if (!derive.argon2) return `$scrypt$ln=${logN},r=8,p=1$${tag(salt)}$${tag(await withScrypt(password, salt))}`;
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${tag(salt)}$${tag(await withArgon2(password, salt))}`;
}

/** Whether a password belongs to a hash made here. False for anything that is no such hash. */
export const verifyPassword = (password: string, hash: string): Promise<boolean> =>
  inTurn(() => verify(password, hash));

async function verify(password: string, hash: string): Promise<boolean> {
  const [, kind, ...rest] = hash.split("$");
  const [salt = "", expected = ""] = rest.slice(-2);
  const given = Buffer.from(expected, "base64");
  const number = (name: string) => Number(new RegExp(`\\b${name}=(\\d{1,7})\\b`).exec(hash)?.[1] ?? 0);
  if (given.length !== 32) return false;
  const nonce = Buffer.from(salt, "base64");
  if (kind === "argon2id") {
    const found = { ...cost, memory: number("m"), passes: number("t"), parallelism: number("p") };
    return timingSafeEqual(await withArgon2(password, nonce, found), given);
  }
  return kind === "scrypt" && timingSafeEqual(await withScrypt(password, nonce, number("ln")), given);
}
