import type { Figures, openCannon, Target } from "./cannon.ts";
import { figuresOf, median } from "./cannon.ts";

/** A calendar of a thousand events: milliseconds, bytes as sent, and what others wait for meanwhile. */
export type FeedFigures = {
  entries: number;
  bytes: number;
  /** The first that somebody asks for after a start; the server has opened one by itself. */
  cold: number;
  again: number;
  unchanged: number;
  meanwhile: Figures;
};

const path = "/search.ics";

async function timed(address: string, headers: Record<string, string> = {}) {
  const started = performance.now();
  const answer = await fetch(address, { headers: { "accept-encoding": "gzip", ...headers } });
  const body = await answer.text();
  return { took: performance.now() - started, status: answer.status, tag: answer.headers.get("etag") ?? "", body };
}

/** The first request for the feed; to be asked before anything else was. */
export async function coldFeed(target: Target): Promise<Pick<FeedFigures, "entries" | "bytes" | "cold">> {
  const { took, status, body } = await timed(target.origin + path);
  if (status !== 200) throw new Error(`${path} answered ${status}.`);
  return { entries: body.split("BEGIN:VEVENT").length - 1, bytes: Buffer.byteLength(body), cold: Math.round(took) };
}

/** The feed again, unchanged, and others reading event pages one after the other while somebody reads nothing but feeds. */
export async function warmFeed(
  target: Target,
  cannon: ReturnType<typeof openCannon>,
  paths: string[],
  seconds: number,
): Promise<Pick<FeedFigures, "again" | "unchanged" | "meanwhile">> {
  const whole: number[] = [];
  const unchanged: number[] = [];
  let tag = "";
  for (let n = 0; n < 5; n++) {
    const answer = await timed(target.origin + path);
    whole.push(answer.took);
    tag = answer.tag;
  }
  for (let n = 0; n < 50; n++) {
    const answer = await timed(target.origin + path, { "if-none-match": tag });
    if (answer.status !== 304) throw new Error(`${path} answered ${answer.status} to its own ETag.`);
    unchanged.push(answer.took);
  }
  let going = true;
  const reading = (async () => {
    while (going) await timed(target.origin + path);
  })();
  const sample = await cannon.fire(target, { paths, connections: 1, seconds });
  going = false;
  await reading;
  return {
    again: Math.round(median(whole)),
    unchanged: Math.round(median(unchanged) * 10) / 10,
    meanwhile: figuresOf([sample]),
  };
}
