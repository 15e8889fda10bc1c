import { configure, getConsoleSink, getLogger, type LogRecord } from "@logtape/logtape";

// Bounded, so that a long line costs no more than its length. "node_modules/@scope/…" is no address.
const address = /[^\s"'<>@=]{0,63}[^\s"'<>@=/](?:@|%40)[^\s"'<>@]{1,255}\.[^\s"'<>@]{1,63}/gi;
const token = /(?<![\w-])[\w-]{43}(?![\w-])/g;

/** Takes addresses and link tokens out of a text, whoever wrote it there; at most 20,000 characters of it. */
export const redact = (text: string): string =>
  text.slice(0, 20_000).replace(address, "[address]").replace(token, "[token]");

/** An error's message. Drizzle puts the values of a query into it: names, texts, keys. They go. */
const messageOf = (error: Error): string => error.message.replace(/\nparams: [\s\S]*$/, "");

/** What went wrong and why, as one text without addresses, tokens or values: for what is kept beside a job. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return redact(String(error));
  const own = redact(messageOf(error)).slice(0, 2_000);
  return error.cause instanceof Error ? `${own}: ${reason(error.cause)}` : own;
}

function plainError(error: Error): Record<string, unknown> {
  const message = messageOf(error);
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    message,
    ...(typeof code === "string" ? { code } : {}),
    stack: error.stack?.replace(error.message, () => message),
    ...(error.cause instanceof Error ? { cause: plainError(error.cause) } : {}),
  };
}

function plain(_: string, value: unknown): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value === "bigint") return String(value);
  if (value instanceof Error) return plainError(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key), inner]));
}

function line(record: LogRecord): string {
  const entry = {
    time: new Date(record.timestamp).toISOString(),
    level: record.level,
    room: record.category.slice(1).join("."),
    message: record.message.map((part) => (typeof part === "string" ? part : JSON.stringify(part, plain))).join(""),
  };
  try {
    return JSON.stringify({ ...entry, ...record.properties }, plain);
  } catch {
    return JSON.stringify({ ...entry, unprintable: Object.keys(record.properties) }, plain);
  }
}

const lost = () => {};

/**
 * One JSON line an entry on stderr, without addresses or tokens. Called once a process, by what starts it. When nobody reads
 * any more, what is said is lost, and the process goes on.
 */
export async function startLog(level: "debug" | "info" | "warning" | "error" = "info"): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    if (!stream.listeners("error").includes(lost)) stream.on("error", lost);
  await configure({
    reset: true,
    sinks: { lines: (record) => process.stderr.write(`${line(record)}\n`), meta: getConsoleSink() },
    loggers: [
      { category: ["parvis"], sinks: ["lines"], lowestLevel: level },
      { category: ["logtape", "meta"], sinks: ["meta"], lowestLevel: "error" },
    ],
  });
}

/** The log of one room: `log("jobs").error("Failed", { kind })`. */
export const log = (room: string) => getLogger(["parvis", room]);
