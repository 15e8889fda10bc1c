import { expect, it } from "vitest";
import { entityTag, feed, unchanged } from "./feed.ts";

const asking = (tag: string) => new Request("http://localhost:3000/search.ics", { headers: { "If-None-Match": tag } });

it("answers 304 to whoever has the body, however the tag is written", () => {
  const tag = entityTag("ics", 1);
  expect(entityTag("ics", 1)).toBe(tag);
  expect(entityTag("ics", 2)).not.toBe(tag);
  for (const known of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
    const answer = unchanged(asking(known), tag);
    expect(answer?.status).toBe(304);
    expect(answer?.headers.get("etag")).toBe(tag);
  }
  expect(unchanged(asking('"other"'), tag)).toBeNull();
  expect(unchanged(new Request("http://localhost:3000/"), tag)).toBeNull();
});

it("sends a body piece by piece", async () => {
  async function* pieces() {
    yield "é";
    yield "t";
    yield "é";
  }
  const answer = feed(pieces(), "text/calendar", '"x"');
  expect(await answer.text()).toBe("été");
  expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
});
