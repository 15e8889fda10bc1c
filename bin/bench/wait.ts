import { median } from "./cannon.ts";

/** What somebody who is signed in waits for, in milliseconds: the middle of several, and the first byte of it. */
export type Wait = { took: number; first: number; kilobytes: number };

async function ask(address: string, cookie: string): Promise<Wait> {
  const started = performance.now();
  const answer = await fetch(address, { headers: { cookie, "accept-encoding": "identity" } });
  if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}.`);
  let first = 0;
  let bytes = 0;
  for await (const piece of answer.body!) {
    first ||= performance.now() - started;
    bytes += piece.byteLength;
  }
  return { took: performance.now() - started, first, kilobytes: bytes / 1024 };
}

/** Asks for pages and files in somebody's session (none: an empty cookie), one after the other, `times` each. */
export async function waitFor<Name extends string>(
  paths: Record<Name, string>,
  { origin, cookie, times }: { origin: string; cookie: string; times: number },
): Promise<Record<Name, Wait>> {
  const waits = {} as Record<Name, Wait>;
  for (const [name, path] of Object.entries(paths) as [Name, string][]) {
    const all: Wait[] = [];
    for (let n = 0; n <= times; n++) all.push(await ask(origin + path, cookie));
    // The first is the one that compiles.
    const of = (part: keyof Wait) => Math.round(median(all.slice(1).map((one) => one[part])));
    waits[name] = { took: of("took"), first: of("first"), kilobytes: of("kilobytes") };
  }
  return waits;
}
