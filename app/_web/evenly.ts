import { setTimeout as sleep } from "node:timers/promises";

/**
 * Answers no sooner than so many milliseconds after it was asked: what is done for a known address takes a little longer
 * than for an unknown one, and nobody outside shall be able to tell. What `work` throws comes at once.
 */
export async function evenly<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const [result] = await Promise.all([work, sleep(milliseconds)]);
  return result;
}
