import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { getConfig, setConfig } from "./config.ts";
import { newId } from "./ids.ts";
import { addressKey, canonicalAddress, isToken, linkToken, mac, readSignedId, signedId, tokenHash } from "./secrets.ts";

const config = getConfig();
afterEach(() => void setConfig(config));

describe("tokens in links", () => {
  it("have 256 bits in 43 characters, and no pattern: 10,000 of neighbouring rows share none of their positions", () => {
    const tokens = Array.from({ length: 10_000 }, (_, at) =>
      linkToken("participation", newId(1_700_000_000_000 + at), 0),
    );
    expect(new Set(tokens).size).toBe(10_000);
    const ones = new Array<number>(256).fill(0);
    for (const token of tokens) {
      expect(isToken(token)).toBe(true);
      for (const [at, byte] of [...Buffer.from(token, "base64url")].entries())
        for (let bit = 0; bit < 8; bit++) ones[at * 8 + bit]! += (byte >> bit) & 1;
    }
    // Each bit is one in half of them: 6 standard deviations of 10,000 throws of a coin are 300.
    for (const count of ones) expect(Math.abs(count - 5_000)).toBeLessThan(300);
  });

  it("depend on purpose, row, generation and key, and on nothing else", () => {
    const id = newId();
    const token = linkToken("participation", id, 0);
    expect(linkToken("participation", id, 0)).toBe(token);
    expect(linkToken("participation", id, 1)).not.toBe(token);
    expect(linkToken("calendar", id, 0)).not.toBe(token);
    expect(linkToken("participation", newId(), 0)).not.toBe(token);
    setConfig({ ...config, secretKey: "another key that is long enough 0123456789" });
    expect(linkToken("participation", id, 0)).not.toBe(token);
  });

  it("are not what the database keeps of them", () => {
    const token = linkToken("participation", newId(), 0);
    expect(tokenHash(token)).toHaveLength(32);
    expect(tokenHash(token).toString("base64url")).not.toBe(token);
  });

  it("join their parts unambiguously", () => {
    expect(mac("limit", "a", "bc").equals(mac("limit", "ab", "c"))).toBe(false);
    expect(mac("limit", "1").equals(mac("limit", 1))).toBe(false);
  });
});

describe("signed ids", () => {
  it("open what they were made for", () => {
    const id = newId();
    expect(readSignedId("unsubscribe", signedId("unsubscribe", id))).toBe(id);
  });

  it("made for something else, cut, changed or invented open nothing", () => {
    const id = newId();
    const signed = signedId("unsubscribe", id);
    expect(readSignedId("participation", signed)).toBe(null);
    expect(readSignedId("unsubscribe", signed.replace(id, newId()))).toBe(null);
    for (let at = 0; at < signed.length; at++) {
      expect(readSignedId("unsubscribe", signed.slice(0, at))).toBe(null);
      const other = signed[at] === "A" ? "B" : "A";
      // The last character of a 256-bit value in base64 has two bits that say nothing.
      if (at < signed.length - 1)
        expect(readSignedId("unsubscribe", signed.slice(0, at) + other + signed.slice(at + 1))).toBe(null);
    }
    fc.assert(fc.property(fc.string(), (text) => readSignedId("unsubscribe", text) === null));
    fc.assert(fc.property(fc.string(), (text) => readSignedId("unsubscribe", `${id}.${text}`) === null));
  });
});

describe("one person, one address", () => {
  it.each([
    ["Ada@Example.ORG", "ada@example.org"],
    ["  ada@example.org \n", "ada@example.org"],
    ["ａｄａ@example.org", "ada@example.org"],
    ["ada@bücher.example", "ada@xn--bcher-kva.example"],
    ["ada@BÜCHER.example", "ada@xn--bcher-kva.example"],
    ["ada+club@example.org", "ada+club@example.org"],
    ["a'b!#$%&*/=?^_`{|}~-@example.org", "a'b!#$%&*/=?^_`{|}~-@example.org"],
    ["josé@example.org", "josé@example.org"],
  ])("%s is %s", (typed, canonical) => expect(canonicalAddress(typed)).toBe(canonical));

  it.each([
    "",
    "ada",
    "@example.org",
    "ada@",
    "ada@localhost",
    "ada@example",
    "ada@example.org.",
    "ada@.example.org",
    "ada@example..org",
    "ada@-example.org",
    "ada@127.0.0.1",
    "ada@[127.0.0.1]",
    "ada@example.org:25",
    "ada@example.org/x",
    "ada@example.org?x",
    "ada@example.org#x",
    "ada@user@example.org",
    "a@b@c.example",
    "ada b@example.org",
    "ada,bob@example.org",
    "ada@example.org,bob@example.org",
    "ada@example.org;bob@example.org",
    "Ada <ada@example.org>",
    '"ada"@example.org',
    ".ada@example.org",
    "ada.@example.org",
    "a..b@example.org",
    "ada@example.org\r\nBcc: bob@example.org",
    "ada\u0000@example.org",
    "ada@exa mple.org",
    "ada@exa%6dple.org",
    "ada@ex\u00adample.org\u0000",
    `${"a".repeat(65)}@example.org`,
    `ada@${"a".repeat(64)}.org`,
    `ada@${"abcdefgh.".repeat(30)}org`,
  ])("%j is no address", (typed) => expect(canonicalAddress(typed)).toBe(null));

  it("folds sub-addresses for limits alone", () => {
    expect(canonicalAddress("Ada+One@example.org", { fold: true })).toBe("ada@example.org");
    expect(canonicalAddress("+@example.org", { fold: true })).toBe("+@example.org");
  });

  it("is canonical at once: a second time changes nothing, capitals and blanks never matter", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.emailAddress(),
          fc.string(),
          fc.tuple(fc.string({ unit: "grapheme" }), fc.domain()).map((parts) => parts.join("@")),
        ),
        (typed) => {
          const once = canonicalAddress(typed);
          if (once === null) return;
          expect(canonicalAddress(once)).toBe(once);
          expect(canonicalAddress(` ${typed}\t`)).toBe(once);
          expect(once).toBe(once.toLowerCase());
          expect(once).not.toMatch(/[\s,;<>"\p{Cc}]/u);
          expect(once.split("@")).toHaveLength(2);
          expect(Buffer.byteLength(once)).toBeLessThanOrEqual(254);
          const [local, host] = once.split("@") as [string, string];
          const folded = canonicalAddress(typed, { fold: true });
          if (!local.startsWith("+") && !local.includes(".+") && Buffer.byteLength(local) < 50)
            expect(canonicalAddress(`${local.split("+")[0]}+other@${host}`, { fold: true })).toBe(folded);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("accepts ordinary addresses of every kind", () => {
    fc.assert(
      fc.property(
        fc.emailAddress(),
        (address) => Buffer.byteLength(address) > 254 || canonicalAddress(address) !== null,
      ),
    );
  });

  it("has a key from which it cannot be read", () => {
    expect(addressKey("ada@example.org")).toHaveLength(32);
    expect(addressKey(" Ada@Example.ORG").equals(addressKey("ada@example.org")), "however it is spelt").toBe(true);
    expect(addressKey("ada@example.org").equals(addressKey("adb@example.org"))).toBe(false);
  });
});
