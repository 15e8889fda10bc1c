import autocannon from "autocannon";

/** Closed-loop load: each connection asks for the next path as soon as it has its answer. */
export type Load = { origin: string; paths: string[]; connections: number; seconds: number };
/** What came of it: milliseconds of every answer, and how many were none of 2xx. */
export type Loaded = { seconds: number; latencies: number[]; failures: number; bytes: number };

/** The longest that one load may take, in seconds, however slow the answers are. */
const patience = 20;

/** Fires for so many seconds, and longer where not every connection has had two answers by then. */
async function fire({ origin, paths, connections, seconds }: Load): Promise<Loaded> {
  const latencies: number[] = [];
  let bytes = 0;
  let last = 0;
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const cannon = autocannon({
    url: origin,
    connections,
    duration: patience,
    timeout: patience,
    sampleInt: 50,
    // As browsers ask: answers come compressed.
    headers: { "accept-encoding": "gzip, deflate, br", "accept-language": "en" },
    requests: paths.map((path) => ({ path })),
  });
  let enough = false;
  const look = setInterval(() => {
    if (enough || elapsed() < seconds || latencies.length < 2 * connections) return;
    enough = true;
    cannon.stop();
  }, 20);
  cannon.on("response", (_, __, size, milliseconds) => {
    if (enough) return;
    latencies.push(milliseconds);
    bytes += size;
    last = elapsed();
  });
  const { non2xx, errors, timeouts } = await cannon;
  clearInterval(look);
  return { seconds: last, latencies, failures: non2xx + errors + timeouts, bytes };
}

// A process of its own: whoever measures must not take the measured one's turn.
process.on("message", async (load: Load) => process.send?.(await fire(load)));
process.once("disconnect", () => process.exit(0));
