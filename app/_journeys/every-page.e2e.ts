import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations, htmlFaults, openBrowser, overflow, visitor } from "#bin/testing/browser.ts";
import { doors, furnish } from "#bin/testing/doors.ts";
import { type Instance, startInstance } from "#bin/testing/instance.ts";
import { testSecret } from "#bin/testing/secret.ts";
import { type Connection, connect } from "#db/client.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import type { Locale } from "#lib/locale/index.ts";

let instance: Instance;
let connection: Connection;
let browser: Browser;
/** Addresses of every page, by its path in the folders. */
let pages: Map<string, string[]>;

beforeAll(async () => {
  instance = await startInstance({ mode: "demo" });
  browser = await openBrowser();
  setConfig({ ...getConfig(), secretKey: testSecret, appUrl: instance.url });
  connection = connect(instance.databaseUrl!);
  await startSender(connection.db);
  const right = await furnish(connection);
  const ids = async (query: string) => (await connection.client.unsafe<{ id: string }[]>(query)).map(({ id }) => id);
  const sent = () => ids("select id from mails where state = 'sent' order by id limit 1");
  while ((await sent()).length === 0) await sleep(100);
  // One event of each kind that looks different.
  const kinds = [
    "status = 'cancelled'",
    "status = 'tentative'",
    "end_time < now()",
    "start_time < now() and end_time > now()",
    "seats_taken >= maximum_attendee_capacity",
    "all_day",
    "attendance_mode = 'online'",
    "attendance_mode = 'mixed'",
    "join_mode = 'approval'",
    "join_mode = 'external'",
    "cover_id is not null and content <> ''",
    "language = 'ar'",
  ];
  const events = [...right.id!];
  for (const kind of kinds)
    events.push(...(await ids(`select id from events where listed and ${kind} order by id limit 1`)));
  const [mail] = await sent();
  const whose: [RegExp, string[]][] = [
    [/^\/mailbox\/\[id\]/, [mail!]],
    [/^\/events\/\[id\]$/, [...new Set(events)]],
    [/^\/posts\/\[id\]/, right.post!],
  ];
  pages = new Map(
    doors()
      .filter(({ kind }) => kind === "page")
      .map(({ path }) => {
        const id = whose.find(([pattern]) => pattern.test(path))?.[1] ?? [events[0]!];
        const values: Record<string, string[]> = { ...right, id };
        const name = /\[(\w+)\]/.exec(path)?.[1];
        return [path, name ? (values[name] ?? []).map((value) => path.replace(`[${name}]`, value)) : [path]];
      }),
  );
  for (const type of ["Person", "Group"]) {
    const [handle] = await ids(
      `select handle as id from actors where host is null and type = '${type}' and summary <> '' order by handle limit 1`,
    );
    pages.set(type, [`/@${handle}`]);
  }
  pages.set("not found", ["/nowhere", `/participations/${"a".repeat(43)}`]);
  pages.set("found", ["/search?q=lecture", "/search?q=zzzzzz", "/search?near=Lyon&radius=50&when=month", "/?view=x"]);
});
afterAll(async () => {
  await browser?.close();
  await stopSender();
  await connection?.close();
  await instance?.stop();
});

const missing = [/status of (404|410)/];

/** A page as it looks: without its scripts, and what is another at each visit: its nonce, what its forms carry along. */
function faceOf(html: string): string {
  const carried = html.matchAll(/ nonce="([^"]+)"|<input type="hidden"[^>]* value="([^"]{9,})"/g);
  const values = new Set([...carried].map(([, nonce, value]) => nonce ?? value!));
  return [...values]
    .flatMap((value) => [value, encodeURIComponent(value)])
    .reduce((face, value) => face.replaceAll(value, ""), html.replace(/<script[ >].*?<\/script>/gs, ""));
}

const looks: Partial<Record<Locale, Promise<Map<string, string>>>> = {};

/**
 * The addresses to look at, each with its HTML: of those that show a visitor the same to the letter, one. Most of the desk
 * shows whoever is not signed in the way there, and unknown people are as absent as unknown pages.
 */
function faces(locale: Locale): Promise<Map<string, string>> {
  const look = async () => {
    const seen = new Map<string, [string, string]>();
    for (const address of [...pages.values()].flat()) {
      const answer = await fetch(instance.url + address, { headers: { "accept-language": locale } });
      const html = await answer.text();
      const face = `${answer.status} ${faceOf(html)}`;
      if (!seen.has(face)) seen.set(face, [address, html]);
    }
    return new Map(seen.values());
  };
  looks[locale] ??= look();
  return looks[locale];
}

/** So high that the bar at the foot of an event lies over nothing. */
const height = 3_000;

type Circumstances = { locale: Locale; script: boolean };
type Look = (page: Page, note: (what: string, lines: string[]) => void) => Promise<void>;

/** Opens each face, on a wide window in light, looks at it, and returns what is wrong. */
async function visitAll({ locale, script }: Circumstances, look: Look): Promise<string[]> {
  const found: string[] = [];
  const { page, context, faults, leave } = await visitor(browser, instance.url, { locale, script, expected: missing });
  for (const address of (await faces(locale)).keys()) {
    const note = (what: string, lines: string[]) => found.push(...lines.map((line) => `${address} ${what}: ${line}`));
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.setViewportSize({ width: 1200, height });
    await page.goto(address);
    const lang = await page.getAttribute("html", "lang");
    if (lang !== locale) note("is", [`in ${lang}`]);
    note("at 1200 px is too wide", await overflow(page));
    await look(page, note);
    if ((await context.cookies()).length > 0) note("sets", ["a cookie"]);
    note("says", faults.splice(0));
  }
  await leave();
  return found;
}

/** Makes the window narrow. */
async function narrow(page: Page, note: Parameters<Look>[1]): Promise<void> {
  await page.setViewportSize({ width: 360, height });
  note("at 360 px is too wide", await overflow(page));
}

describe("every page", () => {
  it("has an address to be looked at", async () => {
    expect(pages.size).toBeGreaterThan(12);
    expect([...pages].filter(([, addresses]) => addresses.length === 0)).toEqual([]);
    expect((await faces("en")).size).toBeGreaterThan(45);
  });

  it("is accessible, fits and stays at home: by every rule, and in dark and narrow by those that these can break", async () => {
    const found = await visitAll({ locale: "en", script: true }, async (page, note) => {
      note("in light", await axeViolations(page));
      await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
      await narrow(page, note);
      note("in dark", await axeViolations(page, { only: "layout" }));
    });
    expect(found).toEqual([]);
  }, 300_000);

  it("is complete without script, fits and stays at home in French, too: the same words, and nothing hidden", async () => {
    const found = await visitAll({ locale: "fr", script: false }, async (page, note) => {
      if (!(await page.locator("h1").first().isVisible())) note("shows", ["no h1"]);
      const main = page.locator("main").innerText({ timeout: 2_000 });
      const words = await main.catch(() => "");
      if (words.length < 20 && !page.url().includes("/mailbox")) note("is", ["empty"]);
      await narrow(page, note);
    });
    expect(found).toEqual([]);
  }, 300_000);

  it("is valid HTML with one h1, a title of its own, and no word without its language", async () => {
    const found: string[] = [];
    const titles = new Map<string, string>();
    for (const [address, html] of await faces("en")) {
      found.push(...(await htmlFaults(html)).map((fault) => `${address}: ${fault}`));
      const count = html.match(/<h1[ >]/g)?.length ?? 0;
      if (count !== 1) found.push(`${address}: ${count} h1`);
      const title = /<title>([^<]*)</.exec(html)?.[1] ?? "";
      if (!title) found.push(`${address}: no title`);
      titles.set(address, title);
      // A message that was not found shows its name.
      const names = html
        .replace(/<script.*?<\/script>/gs, "")
        .match(/>(site|find|participation|refusals|faults)\.[a-z][A-Za-z]+</);
      if (names) found.push(`${address}: shows ${names[0]}`);
    }
    expect(found).toEqual([]);
  });

  it("can be reached and left by keyboard: the first stop is the way past the header", async () => {
    const { page, leave } = await visitor(browser, instance.url);
    await page.goto("/");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("href"))).toBe("#content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
    await leave();
  });

  it("keeps the language and theme that were chosen, and no other cookie", async () => {
    const { page, context, leave } = await visitor(browser, instance.url, { script: false });
    await page.goto(`/search?q=${newId()}`);
    await page.selectOption("select[name=locale]", "fr");
    await page.selectOption("select[name=theme]", "dark");
    await page.locator("form[action='/preferences'] button[type=submit]").click();
    expect([await page.getAttribute("html", "lang"), await page.getAttribute("html", "data-theme")]).toEqual([
      "fr",
      "dark",
    ]);
    const cookies = await context.cookies();
    expect(cookies.map(({ name }) => name).sort()).toEqual(["locale", "theme"]);
    for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    await leave();
  });
});
