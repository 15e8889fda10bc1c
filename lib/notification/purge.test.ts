import { expect, it } from "vitest";
import type { Database } from "#db/client.ts";
import { purge } from "./purge.ts";

it("an erasure that fails keeps no other from its turn, and is heard of", async () => {
  const done: string[] = [];
  const fails = async () => {
    throw new Error("no room");
  };
  const erases = async () => done.push("erased");
  await expect(purge({} as Database, [fails, erases, fails, erases])).rejects.toThrow("no room");
  expect(done).toEqual(["erased", "erased"]);
});
