// Loads one address for a bounded time and prints what it measured as one line of JSON. A process of its own, so that the
// measuring does not slow what is measured. usage: load.ts URL CONNECTIONS SECONDS
import autocannon from "autocannon";

const [url = "", connections = "1", seconds = "3"] = process.argv.slice(2);
const times: number[] = [];
const statuses: Record<string, number> = {};

const run = autocannon({
  url,
  connections: Number(connections),
  duration: Number(seconds),
  timeout: 30,
  headers: { "accept-encoding": "gzip", accept: "text/html,text/calendar,*/*" },
});
run.on("response", (_client: unknown, status: number, _bytes: number, milliseconds: number) => {
  times.push(milliseconds);
  statuses[status] = (statuses[status] ?? 0) + 1;
});
const result = await run;
times.sort((a, b) => a - b);
const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
const line = {
  rate: times.length / result.duration,
  p50: at(0.5),
  p95: at(0.95),
  p99: at(0.99),
  statuses,
  errors: result.errors,
};
process.stdout.write(`${JSON.stringify(line)}\n`);
