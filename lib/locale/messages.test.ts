import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { refusals } from "#lib/refusal.ts";
import en from "./en/index.ts";
import fr from "./fr/index.ts";
import { asLocale, locales, negotiate, translator } from "./index.ts";

type Tree = { [key: string]: string | Tree };
const flat = (tree: Tree, prefix = ""): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  );

const english = new Map(flat(en));
const french = new Map(flat(fr));

/** The arguments, plural and select branches, and tags of a message: "count (plural)", "b <>". */
function shape(message: string): string[] {
  const found = new Set<string>();
  // What one language says with a plural, another may say with the number alone ("fois").
  const kinds = ["literal", "argument", "argument", "date", "time", "select", "argument", "pound", "tag"];
  const walk = (elements: ReturnType<IntlMessageFormat["getAst"]>) => {
    for (const element of elements) {
      const kind = kinds[element.type]!;
      if (kind === "literal" || kind === "pound") continue;
      const name = "value" in element ? element.value : "";
      const choices = "options" in element && kind === "select" ? Object.keys(element.options).sort().join() : "";
      found.add(`${name} (${kind})${choices}`);
      if ("options" in element) for (const option of Object.values(element.options)) walk(option.value);
      if ("children" in element) walk(element.children);
    }
  };
  walk(new IntlMessageFormat(message, "en").getAst());
  return [...found].sort();
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const code = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return path === "lib/locale/en" || path === "lib/locale/fr" ? [] : code(path);
    return /\.tsx?$/.test(path) && !/\.(test|e2e)\./.test(path) ? [readFileSync(join(root, path), "utf8")] : [];
  });
const source = ["app", "lib", "bin"]
  .flatMap(code)
  .join("\n")
  .replace(/^\s*(\*|\/\/|\/\*\*).*$/gm, "");

describe("messages", () => {
  it("have the same keys in every language", () => {
    expect(english.size).toBeGreaterThan(60);
    expect([...french.keys()].filter((key) => !english.has(key))).toEqual([]);
    expect([...english.keys()].filter((key) => !french.has(key))).toEqual([]);
  });

  it("take the same arguments, choices and tags in every language", () => {
    const different = [...english].filter(
      ([key, text]) => JSON.stringify(shape(text)) !== JSON.stringify(shape(french.get(key) ?? "")),
    );
    expect(different.map(([key]) => key)).toEqual([]);
  });

  it("are not empty, not padded, and not left in English", () => {
    const all = [...english, ...french];
    expect(
      all
        .filter(([key, text]) => text.trim() === "" || (text !== text.trim() && !key.startsWith("operator.")))
        .map(([key]) => key),
    ).toEqual([]);
    const same = [...english].filter(
      ([key, text]) => french.get(key) === text && text.replace(/\{.*\}/g, "").split(/\s+/).length > 3,
    );
    expect(same.map(([key]) => key)).toEqual([]);
  });

  it("are typeset: narrow spaces in French, curly apostrophes, no glued fragments", () => {
    const faults = [...french].filter(([, text]) => {
      const words = text.replace(/\{[^{}]*\}/g, "x").replace(/https?:\/\/\S*|\d\d:\d\d|[\w.]+:[\w/*]+/g, "");
      return /[^\u202f\u00a0\s«{}']\s?[;!?»]|[a-zà-ü] :|« |'[a-zà-ü]|«[^\u202f\u00a0]/i.test(
        words.replace(/\u202f[:;!?»]/g, ""),
      );
    });
    expect(faults.map(([key, text]) => `${key}: ${text}`)).toEqual([]);
    expect(
      [...english]
        .filter(([, text]) => /\w'\w/.test(text.replace(/\{.*\}/g, "")))
        .map(([key, text]) => `${key}: ${text}`),
    ).toEqual([]);
  });

  it("are all used: by name, or by a name that is put together from a prefix", () => {
    const prefixes = [...source.matchAll(/`([a-zA-Z]+\.[a-zA-Z_-]*)\$\{/g)].map((match) => match[1]!);
    const scopes = [...source.matchAll(/namespace: "([a-zA-Z]+)"/g)].map((match) => match[1]!);
    const used = (key: string) =>
      source.includes(`"${key}"`) ||
      source.includes(`'${key}'`) ||
      source.includes(`\`${key}\``) ||
      prefixes.some((prefix) => key.startsWith(prefix)) ||
      (scopes.includes(key.split(".")[0]!) && source.includes(`"${key.split(".")[1]}"`));
    expect([...english.keys()].filter((key) => !used(key))).toEqual([]);
  });

  it("exist wherever the code names one", () => {
    const spaces = Object.keys(en).join("|");
    const named = [
      ...source.matchAll(new RegExp(`\\bt(?:\\.rich|\\.markup)?\\(\\s*"((?:${spaces})\\.[\\w.-]+)"`, "g")),
    ].map((match) => match[1]!);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((key) => !english.has(key))).toEqual([]);
  });

  it("say each refusal in each language, in a whole sentence", () => {
    for (const locale of locales)
      for (const code of Object.keys(refusals) as (keyof typeof refusals)[])
        expect(translator(locale)(`refusals.${code}`), code).toMatch(/^\p{Lu}.*[.!?]$/u);
  });
});

describe("the reader's language", () => {
  it.each([
    [undefined, "en"],
    ["", "en"],
    ["fr", "fr"],
    ["fr-CA, en;q=0.9", "fr"],
    ["en;q=0.5, fr;q=0.6", "fr"],
    ["de, fr;q=0.5", "fr"],
    ["de", "en"],
    ["fr;q=0, de", "en"],
    ["*", "en"],
    ["fr;q=x, en", "en"],
    [`${"x,".repeat(100_000)}fr`, "en"],
    ["\u0000,;;q=,fr;q=1;q=0", "fr"],
  ])("of %j is %s", (header, locale) => expect(negotiate(header)).toBe(locale));

  it("is read from a tag of any length", () => {
    expect(asLocale("fr-Latn-CA-x-y")).toBe("fr");
    expect(asLocale("français")).toBe("en");
    expect(asLocale(null, "fr")).toBe("fr");
  });
});
