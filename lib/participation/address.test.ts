import { expect, it } from "vitest";
import { likelyAddress, maskAddress } from "./address.ts";

it.each([
  ["a@gmial.com", "a@gmail.com"],
  ["a@gamil.com", "a@gmail.com"],
  ["a@gmail.co", "a@gmail.com"],
  ["a@GMAIL.CON", "a@gmail.com"],
  ["a@hotmial.fr", "a@hotmail.fr"],
  ["a@oragne.fr", "a@orange.fr"],
])("asks about %s", (typed, meant) => expect(likelyAddress(typed)).toBe(meant));

it.each(["a@gmail.com", "a@mail.com", "a@ymail.com", "a@example.org", "a@free.fr", "gmail.com", "@", "a@", ""])(
  "does not ask about %j",
  (address) => expect(likelyAddress(address)).toBeNull(),
);

it("shows the first letter and the domain alone, in one piece", () => {
  expect(maskAddress("ada@example.org")).toBe("a…\u2060@example.org");
  expect(maskAddress("😀x@example.org")).toBe("😀…\u2060@example.org");
});
