import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { eventStream } from "./event-stream.ts";

const paces = { look: 5, life: 60_000 };
const never = () => new AbortController().signal;
let count = 0;
const account = () => `account ${++count}`;
/** A connection that says the same until its client goes. */
const hold = (accountId: string, signal = never()) =>
  eventStream({ accountId, look: async () => "", signal, once: false, paces });

describe("an event stream", () => {
  it("says what is new, once each, and ends when there is no more to be said", async () => {
    const words = ["", "one", "one", "two", null];
    const look = async () => words.shift() ?? null;
    const answer = eventStream({ accountId: account(), look, signal: never(), once: false, paces })!;
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    expect(answer.headers.get("cache-control")).toContain("no-transform");
    const lines = (await answer.text()).split("\n\n").filter((line) => line.startsWith("data"));
    expect(lines).toEqual(["data: ", "data: one", "data: two"]);
  });

  it("says one word to whoever asks for no stream", async () => {
    const answer = eventStream({ accountId: account(), look: async () => "one", signal: never(), once: true })!;
    expect(await answer.text()).toBe("data: one\n\n");
  });

  it("looks no more once its client is gone", async () => {
    let looks = 0;
    const gone = new AbortController();
    const look = async () => String(++looks);
    const answer = eventStream({ accountId: account(), look, signal: gone.signal, once: false, paces })!;
    const reading = answer.text();
    await sleep(50);
    gone.abort();
    await reading;
    const then = looks;
    expect(then).toBeGreaterThan(1);
    await sleep(50);
    expect(looks).toBe(then);
  });

  it("has four connections an account, and room again for each that ends", async () => {
    const [mine, gone] = [account(), new AbortController()];
    const open = [1, 2, 3].map(() => hold(mine));
    const last = hold(mine, gone.signal);
    expect(hold(mine)).toBeNull();
    expect(hold(account())).not.toBeNull();
    gone.abort();
    await last!.text();
    expect(hold(mine)).not.toBeNull();
    await Promise.all(open.map((one) => one!.body!.cancel()));
  });

  it("ends after its time, so that the browser proves anew who it is", async () => {
    const look = async () => "";
    const brief = { look: 5, life: 30 };
    await eventStream({ accountId: account(), look, signal: never(), once: false, paces: brief })!.text();
  });
});
