import { expect, it } from "vitest";
import { mastodonShare, shareLink } from "./share-links.ts";

const shared = { name: "Café & co", url: "https://e.org/events/1", text: "Café & co · Sat 12 Dec, 14:00 · Lyon" };
const text = "Caf%C3%A9%20%26%20co%20%C2%B7%20Sat%2012%20Dec%2C%2014%3A00%20%C2%B7%20Lyon";
const url = "https%3A%2F%2Fe.org%2Fevents%2F1";

it.each([
  ["facebook", `https://www.facebook.com/sharer/sharer.php?u=${url}`],
  ["x", `https://x.com/intent/post?text=${text}&url=${url}`],
  ["bluesky", `https://bsky.app/intent/compose?text=${text}%20${url}`],
  ["whatsapp", `https://wa.me/?text=${text}%20${url}`],
  ["telegram", `https://t.me/share/url?url=${url}&text=${text}`],
  ["linkedin", `https://www.linkedin.com/sharing/share-offsite/?url=${url}`],
  ["mail", `mailto:?subject=Caf%C3%A9%20%26%20co&body=${text}%0D%0A${url}`],
] as const)("writes the address of %s as that service reads it", (target, expected) => {
  expect(shareLink(target, shared)).toBe(expected);
});

it("stays within what Bluesky takes, never half a sign", () => {
  const link = shareLink("bluesky", { ...shared, text: "👩‍👩‍👧‍👦".repeat(300) });
  const written = new URL(link).searchParams.get("text")!;
  expect([...new Intl.Segmenter().segment(written)]).toHaveLength(300);
  expect(written.endsWith(`… ${shared.url}`)).toBe(true);
});

it.each([
  ["mastodon.example", "mastodon.example"],
  [" HTTPS://Mastodon.Example/@ann ", "mastodon.example"],
  ["@ann@social.example", "social.example"],
  ["ann@social.example", "social.example"],
  ["a.example\\@b.example", "a.example"],
  ["a.example?x#y", "a.example"],
  ["münchen.example", "xn--mnchen-3ya.example"],
])("finds the server in %j", (typed, host) => {
  expect(mastodonShare(typed, shared)).toEqual({ host, href: `https://${host}/share?text=${text}%20${url}` });
});

it.each([
  "",
  "localhost",
  "127.0.0.1",
  "2130706433",
  "[::1]",
  "a.example:8080",
  "javascript:alert(1)",
  "-a.example",
  "a..example",
  "a b.example",
  'a".example',
  `${"a".repeat(64)}.example`,
  `${"abc.".repeat(70)}example`,
])("takes %j for no server", (typed) => {
  expect(mastodonShare(typed, shared)).toBe(null);
});
