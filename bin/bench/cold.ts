import { get } from "node:http";
import { openBrowser } from "../testing/browser.ts";

/** A page as a browser gets it that was never there: compressed bytes, of those scripts, and how many requests. */
export type Weight = { bytes: number; scripts: number; document: number; requests: number };

/** Opens each address in a fresh browser context and weighs what comes. */
export async function weigh(addresses: Record<string, string>): Promise<Record<string, Weight>> {
  const browser = await openBrowser();
  try {
    const weights: Record<string, Weight> = {};
    for (const [name, address] of Object.entries(addresses)) {
      const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
      const page = await context.newPage();
      const weight: Weight = { bytes: 0, scripts: 0, document: 0, requests: 0 };
      const weighing: Promise<void>[] = [];
      page.on("requestfinished", (request) => {
        weighing.push(
          request.sizes().then(({ responseBodySize }) => {
            weight.requests++;
            weight.bytes += responseBodySize;
            if (request.resourceType() === "script") weight.scripts += responseBodySize;
            if (request.resourceType() === "document") weight.document += responseBodySize;
          }),
        );
      });
      await page.goto(address, { waitUntil: "networkidle" });
      await Promise.all(weighing);
      weights[name] = weight;
      await context.close();
    }
    return weights;
  } finally {
    await browser.close();
  }
}

/** Bytes of a body as they are sent to whoever takes compressed ones. */
export const sentBytes = (address: string) =>
  new Promise<number>((resolve, reject) => {
    get(address, { headers: { "accept-encoding": "gzip, deflate, br" } }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.once("end", () => resolve(bytes));
    }).once("error", reject);
  });
