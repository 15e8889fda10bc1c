import { type Argon2Parameters, argon2, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

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

/** A password's hash as a PHC string with its algorithm, costs and salt: argon2id where this Node has it, else scrypt. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  if (!derive.argon2) return `$scrypt$ln=${logN},r=8,p=1$${tag(salt)}$${tag(await withScrypt(password, salt))}`;
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${tag(salt)}$${tag(await withArgon2(password, salt))}`;
}

/** Whether a password belongs to a hash made here. False for anything that is no such hash. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
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
