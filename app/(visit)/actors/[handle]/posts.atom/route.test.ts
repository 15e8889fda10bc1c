import { afterAll, beforeAll, expect, it } from "vitest";
import { setDatabase } from "#app/_web/database.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { makeGroup } from "#lib/group/testing.ts";
import { setOrigin } from "#lib/instance/commands.ts";
import { makePost } from "#lib/post/testing.ts";
import { GET } from "./route.ts";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
  setDatabase(base.db);
  await setOrigin(base.db, "http://localhost:3000");
});
afterAll(() => base.drop());

it("has what a group of another server posts to everybody, and anew when an older one arrives", async () => {
  const group = await makeGroup(base.db, { host: "clubs.example", handle: "club", name: "Club" });
  const arrives = (name: string, change = {}) => {
    const uri = `https://clubs.example/p/${name.replaceAll(" ", "-")}`;
    return makePost(base.db, group, { uri, name, updatedAt: new Date("2026-01-01T08:00:00Z"), ...change });
  };
  await arrives("Thanks", { updatedAt: new Date() });
  await arrives("Between us", { visibility: "members" });
  const ask = (known = "") =>
    GET(new Request("http://localhost:3000/@club@clubs.example/posts.atom", { headers: { "if-none-match": known } }), {
      params: Promise.resolve({ handle: "club@clubs.example" }),
    });
  const first = await ask();
  const text = await first.text();
  for (const word of [
    "<title>Thanks</title>",
    "<name>Club (clubs.example)</name>",
    '<link rel="via" href="https://clubs.example/p/Thanks"/>',
    "/@club@clubs.example/posts.atom",
  ])
    expect(text).toContain(word);
  expect(text).not.toContain("Between us");
  const tag = first.headers.get("etag")!;
  expect((await ask(tag)).status).toBe(304);
  await arrives("Earlier");
  const later = await ask(tag);
  expect([later.status, (await later.text()).includes("Earlier")]).toEqual([200, true]);
});
