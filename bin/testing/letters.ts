import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export type Letter = { text: string; entry: Entry | null };

/** What a calendar would keep of an entry. `start`: zone and wall clock, as they stand. */
export type Entry = { method: string; uid: string; sequence: number; status: string; start: string };

/** The letters to an address that an instance has put into its folder, oldest first. */
export function lettersTo(dataDir: string, address: string): Letter[] {
  const folder = join(dataDir, "mail");
  // It is made for the first letter.
  return (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith(".eml") && !name.startsWith("."))
    .sort()
    .map((name) => readFileSync(join(folder, name), "latin1"))
    .filter((letter) => new RegExp(`^To: .*\\b${address}\\b`, "m").test(letter))
    .map((letter) => {
      const parts = partsOf(letter);
      const of = (type: string) => parts.find((part) => part.type === type)?.body;
      const calendar = of("text/calendar");
      return { text: of("text/plain") ?? "", entry: calendar ? readEntry(calendar) : null };
    });
}

/** The first letter to an address that fits, once it is there. */
export async function letterTo(dataDir: string, address: string, fits: (letter: Letter) => unknown): Promise<Letter> {
  for (let tries = 0; tries < 300; tries++) {
    const found = lettersTo(dataDir, address).find(fits);
    if (found) return found;
    await sleep(100);
  }
  throw new Error(`No such letter to ${address}.`);
}

type Part = { type: string; body: string };

/** The parts of a message that hold no others, decoded (RFC 2045, 2046). */
function partsOf(message: string): Part[] {
  const [head = "", ...rest] = message.split(/\r?\n\r?\n/);
  const headers = head.replace(/\r?\n[ \t]+/g, " ");
  const of = (name: string) => new RegExp(`^${name}: *(.*)$`, "im").exec(headers)?.[1] ?? "";
  const body = rest.join("\r\n\r\n");
  const boundary = /boundary="?([^";]+)/i.exec(of("Content-Type"))?.[1];
  if (boundary)
    return body
      .split(`--${boundary}`)
      .slice(1, -1)
      .flatMap((part) => partsOf(part.replace(/^\r?\n/, "")));
  const encoding = of("Content-Transfer-Encoding").toLowerCase();
  const bytes =
    encoding === "base64"
      ? Buffer.from(body, "base64")
      : Buffer.from(encoding === "quoted-printable" ? unquoted(body) : body, "latin1");
  return [{ type: of("Content-Type").split(";")[0]!.trim().toLowerCase(), body: bytes.toString("utf8") }];
}

const unquoted = (text: string) =>
  text
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/**
 * A calendar of one entry by a reading of its own (RFC 5545 3.1), which knows nothing of whoever wrote it. The zone of
 * its start must be defined in it.
 */
function readEntry(calendar: string): Entry {
  const lines = calendar.replace(/\r\n[ \t]/g, "").split("\r\n");
  const within = lines.slice(lines.indexOf("BEGIN:VEVENT"), lines.indexOf("END:VEVENT"));
  const value = (name: string, among = within) => {
    const found = among.filter((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`));
    if (found.length !== 1) throw new Error(`${found.length} × ${name}`);
    return found[0]!;
  };
  const plain = (name: string, among?: string[]) => value(name, among).slice(name.length + 1);
  const start = plain("DTSTART");
  const zone = /TZID=([^:;]+)/.exec(start)?.[1];
  if (zone && !lines.includes(`TZID:${zone}`)) throw new Error(`${zone} is not defined.`);
  return {
    method: plain("METHOD", lines),
    uid: plain("UID"),
    sequence: Number(plain("SEQUENCE")),
    status: plain("STATUS"),
    start,
  };
}
