import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Load, Loaded } from "./load.ts";

/** Something that answers: where, and as which process (for its processor time). */
export type Target = { origin: string; pid: number };

/** Milliseconds; `cpu` is the server's processor time an answer (its database not counted), null where unknown. */
export type Figures = {
  requests: number;
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  cpu: number | null;
  failures: number;
};

export type Sample = Loaded & { cpu: number | null };

/** User and system time of a process so far, in milliseconds; null where there is no /proc. */
function processorTime(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}

/** Resident memory of a process in megabytes; null where there is no /proc. */
export function residentMegabytes(pid: number): number | null {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024);
  } catch {
    return null;
  }
}

/** Opens the process that fires; one load at a time. */
export function openCannon(): {
  fire: (target: Target, load: Omit<Load, "origin">) => Promise<Sample>;
  close: () => void;
} {
  const child = fork(fileURLToPath(new URL("load.ts", import.meta.url)), { serialization: "advanced" });
  const fire = async (target: Target, load: Omit<Load, "origin">): Promise<Sample> => {
    const before = processorTime(target.pid);
    const loaded = await new Promise<Loaded>((resolve, reject) => {
      const gone = () => reject(new Error("The process that fires has ended."));
      child.once("exit", gone);
      child.once("message", (message) => {
        child.off("exit", gone);
        resolve(message as Loaded);
      });
      child.send({ ...load, origin: target.origin });
    });
    const after = processorTime(target.pid);
    return { ...loaded, cpu: before === null || after === null ? null : after - before };
  };
  return { fire, close: () => child.disconnect() };
}

/** The value that `share` of the sorted numbers do not exceed. */
const percentile = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;

const round = (value: number, digits = 1) => Math.round(value * 10 ** digits) / 10 ** digits;

export function median(values: number[]): number {
  return percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}

/** Several samples of the same as one: the median of their rates, and percentiles over all their answers. */
export function figuresOf(samples: Sample[]): Figures {
  const sorted = samples.flatMap(({ latencies }) => latencies).sort((a, b) => a - b);
  const cpu = samples.every((one) => one.cpu !== null) ? samples.reduce((sum, one) => sum + one.cpu!, 0) : null;
  return {
    requests: sorted.length,
    perSecond: round(median(samples.map(({ latencies, seconds }) => latencies.length / seconds))),
    p50: round(percentile(sorted, 0.5)),
    p95: round(percentile(sorted, 0.95)),
    p99: round(percentile(sorted, 0.99)),
    cpu: cpu === null ? null : round(cpu / sorted.length, 2),
    failures: samples.reduce((sum, { failures }) => sum + failures, 0),
  };
}
