import { configure, getConsoleSink, getLogger, type LogRecord } from "@logtape/logtape";

const address = /[^\s"'<>@=]+@[^\s"'<>@]+\.[^\s"'<>@]+/g;
const token = /(participations|unsubscribe|calendar|setup|sign-in|confirm)\/[\w.~-]{20,}/g;

/** Takes addresses and link tokens out of a text, whoever wrote it there. */
export const redact = (text: string): string => text.replace(address, "[address]").replace(token, "$1/[token]");

const plain = (value: unknown): unknown =>
  value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value;

function line(record: LogRecord): string {
  const properties = Object.fromEntries(Object.entries(record.properties).map(([key, value]) => [key, plain(value)]));
  const entry = {
    time: new Date(record.timestamp).toISOString(),
    level: record.level,
    room: record.category.slice(1).join("."),
    message: record.message.map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(""),
    ...properties,
  };
  return redact(JSON.stringify(entry));
}

/** One JSON line an entry on stderr, without addresses or tokens. Called once a process, by what starts it. */
export async function startLog(level: "debug" | "info" | "warning" | "error" = "info"): Promise<void> {
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
