import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { getConfig } from "#lib/config.ts";
import { isId } from "#lib/ids.ts";
import { fromOf, headersOf, messageId, type Outgoing } from "./compose.ts";
import { putFile } from "./transports/folder.ts";

type Kept = Omit<Outgoing, "createdAt" | "attachments"> & {
  createdAt: string;
  attachments: { filename: string; contentType: string; content: string; cid?: string }[];
};

/** Keeps a mail as one JSON file (attachments in Base64) instead of sending it. */
export async function keepMail(directory: string, mail: Outgoing): Promise<void> {
  const attachments = mail.attachments.map((one) => ({ ...one, content: Buffer.from(one.content).toString("base64") }));
  const kept: Kept = { ...mail, createdAt: mail.createdAt.toISOString(), attachments };
  await putFile(directory, `${mail.id}.json`, JSON.stringify(kept, null, 1));
}

/** Where mail is kept, or null when it is really sent. */
export const outboxDirectory = (): string | null => {
  const { mail } = getConfig();
  return mail.transport === "outbox" ? mail.directory : null;
};

/** One kept mail, or null. */
export async function readKeptMail(directory: string, id: unknown): Promise<Outgoing | null> {
  if (!isId(id)) return null;
  try {
    const kept = JSON.parse(await readFile(join(directory, `${id}.json`), "utf8")) as Kept;
    const attachments = kept.attachments.map((one) => ({ ...one, content: Buffer.from(one.content, "base64") }));
    return { ...kept, createdAt: new Date(kept.createdAt), attachments };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** The newest kept mails first, at most `limit`, all or those to one address. Ids sort by time. */
export async function listKeptMail(directory: string, { to = "", limit = 200 } = {}): Promise<Outgoing[]> {
  const names = await readdir(directory).catch(() => []);
  const ids = names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -5));
  const mails: Outgoing[] = [];
  for (const id of ids.filter(isId).sort().reverse()) {
    if (mails.length >= limit) break;
    const mail = await readKeptMail(directory, id);
    if (mail && (!to || mail.to.toLowerCase() === to.toLowerCase())) mails.push(mail);
  }
  return mails;
}

/** The header lines of a kept mail, as its recipient would see them. */
export function shownHeaders(mail: Outgoing): [name: string, value: string][] {
  const from = fromOf(mail);
  return [
    ["From", `${from.name} <${from.address}>`],
    ["To", mail.to],
    ["Subject", mail.subject],
    ["Date", mail.createdAt.toUTCString()],
    ["Message-ID", messageId(mail.id)],
    ...Object.entries(headersOf(mail)),
  ];
}
