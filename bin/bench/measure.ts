import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openBrowser } from "../testing/browser.ts";

export type Load = {
  rate: number;
  p50: number;
  p95: number;
  p99: number;
  statuses: Record<string, number>;
  errors: number;
};

const script = fileURLToPath(new URL("./load.ts", import.meta.url));

/** Requests per second and milliseconds of one address under so many connections, from another process. */
export async function load(url: string, connections: number, seconds: number): Promise<Load> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, url, String(connections), String(seconds)], {
    timeout: (seconds + 40) * 1000,
  });
  const result = JSON.parse(stdout) as Load;
  const wrong = Object.keys(result.statuses).filter((status) => status !== "200");
  if (wrong.length > 0 || result.errors > 0)
    throw new Error(`${url} answered ${JSON.stringify(result.statuses)}, ${result.errors} errors`);
  return result;
}

/** One request, in milliseconds until the last byte, and how many bytes it brought. */
export async function once(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ ms: number; bytes: number; status: number; etag: string }> {
  const began = performance.now();
  const answer = await fetch(url, { headers });
  const bytes = (await answer.arrayBuffer()).byteLength;
  return { ms: performance.now() - began, bytes, status: answer.status, etag: answer.headers.get("etag") ?? "" };
}

export type Weight = { requests: number; bytes: number; scripts: number; html: number };

/** What a browser that was never there fetches for a page: requests and bytes as they came over the wire. */
export async function weigh(url: string): Promise<Weight> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const session = await page.context().newCDPSession(page);
    const types = new Map<string, string>();
    const weight = { requests: 0, bytes: 0, scripts: 0, html: 0 };
    session.on("Network.responseReceived", ({ requestId, type }) => types.set(requestId, type));
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      weight.requests++;
      weight.bytes += encodedDataLength;
      if (types.get(requestId) === "Script") weight.scripts += encodedDataLength;
      if (types.get(requestId) === "Document") weight.html += encodedDataLength;
    });
    await session.send("Network.enable");
    await page.goto(url, { waitUntil: "networkidle" });
    return weight;
  } finally {
    await browser.close();
  }
}
