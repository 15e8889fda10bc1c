import { expect, it } from "vitest";
import { toAtom, xml } from "./atom.ts";

it("writes text as text, without what XML cannot hold", () => {
  expect(xml('a < b & "c" \u0000\u001b\ud800 🎈')).toBe("a &lt; b &amp; &quot;c&quot; \ufffd 🎈");
});

it("writes a feed whose ids are addresses and whose dates are instants (RFC 4287)", () => {
  const at = new Date("2026-12-05T18:00:00Z");
  const feed = {
    title: "Événements <ici>",
    self: "https://e.org/search.atom?q=a&b",
    page: "https://e.org/search",
    icon: "https://e.org/icon.svg",
    language: "fr",
    updated: at,
  };
  const entry = {
    url: "https://e.org/events/1",
    title: "]]><script>",
    summary: "L’été",
    author: "A & B",
    language: null,
    published: at,
    updated: at,
    tags: ['x"y'],
  };
  const text = toAtom(feed, [entry]);
  expect(text).toContain("<id>https://e.org/search.atom?q=a&amp;b</id>");
  expect(text).toContain("<title>]]&gt;&lt;script&gt;</title>");
  expect(text).toContain('<category term="x&quot;y"/>');
  expect(text).toContain("<updated>2026-12-05T18:00:00.000Z</updated>");
  expect(text.match(/<entry/g)).toHaveLength(1);
});
