import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { absolute, ownHost, ownPath, webUrl } from "./urls.ts";

describe("ownPath", () => {
  it.each([
    ["/", "/"],
    ["/events/1?form=2#errors", "/events/1?form=2#errors"],
    ["/a/../b", "/b"],
    ["/search?q=a%2Fb", "/search?q=a%2Fb"],
    ["/search?next=https://e.example/", "/search?next=https://e.example/"],
  ])("keeps %j", (value, path) => expect(ownPath(value, "/default")).toBe(path));

  it.each([
    "//e.example",
    "///e.example",
    "/\\e.example",
    "\\\\e.example",
    "/\t/e.example",
    "/\n/e.example",
    "/\r/e.example",
    "/ /e.example\u0000",
    "https://e.example",
    "http:e.example",
    "http://localhost:3000@e.example/",
    "http://localhost:3000.e.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "e.example",
    "",
    "?q",
    "/.//e.example",
    "/..//e.example",
    "/x/..//e.example",
    "/%2e%2e//e.example",
    "/./\\e.example",
    `/${"a".repeat(2000)}`,
    null,
    undefined,
    ["/"],
    {},
  ])("never follows %j", (value) => expect(ownPath(value, "/default")).toBe("/default"));

  it("leads to no other host, whatever it is given", () => {
    const nasty = fc.string({
      unit: fc.constantFrom("/", "\\", ".", "%2e", "%2f", "@", ":", "e", "\t", "?", "#", "\u3002", "。"),
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webPath(),
          fc.string(),
          nasty,
          nasty.map((text) => `/${text}`),
        ),
        (value) => {
          const path = ownPath(value);
          expect(path.startsWith("/")).toBe(true);
          expect(path.startsWith("//")).toBe(false);
          // As a browser resolves a Location on any page of ours.
          expect(new URL(path, "http://localhost:3000/some/page?x").origin).toBe("http://localhost:3000");
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

describe("addresses", () => {
  it("of ours come from APP_URL", () => {
    expect(absolute("/events/1")).toBe("http://localhost:3000/events/1");
    expect(ownHost()).toBe("localhost:3000");
  });

  it("of others are http or https, without name and password, at most 2,048 characters", () => {
    expect(webUrl("HTTPS://Example.ORG:443/a b")).toBe("https://example.org/a%20b");
    for (const wrong of [
      "",
      "example.org",
      "javascript:alert(1)",
      "mailto:a@b.example",
      "https://a@b.example",
      "https://:p@b.example",
      "https://",
      `https://e.example/${"a".repeat(2048)}`,
      `https://e.example/${"é".repeat(1000)}`,
      1,
      null,
    ])
      expect(webUrl(wrong)).toBe(null);
  });
});
