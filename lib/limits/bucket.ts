import { type Action, allowances } from "./allowances.ts";
import { networksOf } from "./network.ts";

const used = new Map<string, { count: number; until: number }>();
const most = 50_000;

/**
 * Uses an allowance once in the memory of this process, for reading, where a write for each page would cost more than the
 * page. Returns 0, or the seconds to wait. Several processes allow as many times more; addresses never reach the database.
 */
export function take(action: Action, client: string, now = Date.now()): number {
  const waits = allowances[action].windows.flatMap(({ count, seconds }) =>
    networksOf(client).map(({ name, share }) => {
      const key = `${action} ${seconds} ${name}`;
      const known = used.get(key);
      const window = known && known.until > now ? known : { count: 0, until: now + seconds * 1000 };
      if (window !== known) {
        used.delete(key);
        used.set(key, window);
      }
      window.count++;
      return window.count > count * share ? Math.ceil((window.until - now) / 1000) : 0;
    }),
  );
  forgetOver(now);
  return Math.max(...waits);
}

/** Gives one use back: it turned out to be no abuse. */
export function giveBack(action: Action, client: string): void {
  for (const { seconds } of allowances[action].windows)
    for (const { name } of networksOf(client)) {
      const window = used.get(`${action} ${seconds} ${name}`);
      if (window && window.count > 0) window.count--;
    }
}

/** From the oldest on, until one still runs; under a flood from everywhere the oldest go first. */
function forgetOver(now: number): void {
  for (const [key, { until }] of used) {
    if (until > now && used.size <= most) return;
    used.delete(key);
  }
}
