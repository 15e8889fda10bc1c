import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { isTyped } from "./typed-words.ts";

/** The names that controls of these kinds have in our pages, as far as they stand there in words. */
const namesOf = (kinds: string): string[] => {
  const control = new RegExp(`<(?:${kinds})\\b(?:=>|[^>])*?\\bname="([\\w-]+)"`, "g");
  const pages = globSync("app/**/*.tsx").map((path) => readFileSync(path, "utf8"));
  return [...new Set(pages.flatMap((page) => [...page.matchAll(control)].map(([, name]) => name!)))];
};

it("counts whatever somebody types in as typed: nothing of it is lost", () => {
  const names = namesOf("TextField|TextArea|MarkdownArea|textarea");
  expect(names.length).toBeGreaterThan(35);
  expect(names.filter((name) => !isTyped(name))).toEqual([]);
});

it("shows nobody the codes of what they chose", () => {
  const names = namesOf("SelectField|select|CheckField|RadioField|PictureField|FolderField|SpeakerField|button|Button");
  expect(names.length).toBeGreaterThan(45);
  // A search's, which changes nothing and is never refused.
  expect(names.filter(isTyped)).toEqual([]);
});
