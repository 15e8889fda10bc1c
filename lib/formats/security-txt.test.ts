import { describe, expect, it } from "vitest";
import { toSecurityTxt } from "./security-txt.ts";

describe("security.txt", () => {
  const from = { contact: "host@example.org", origin: "https://parvis.example", languages: ["en", "fr"] };
  const now = new Date("2026-11-27T04:00:00Z");

  it("names the host's address, languages and itself, and expires within a year", () => {
    expect(toSecurityTxt(from, now)).toBe(`Contact: mailto:host@example.org
Expires: 2027-05-26T00:00:00Z
Preferred-Languages: en, fr
Canonical: https://parvis.example/.well-known/security.txt
`);
  });

  it("leads to the page of who runs the server where there is no address", () => {
    expect(toSecurityTxt({ ...from, contact: "" }, now)).toContain("Contact: https://parvis.example/about\n");
  });
});
