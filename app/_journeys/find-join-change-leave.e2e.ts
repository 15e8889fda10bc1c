import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visitor } from "#bin/testing/browser.ts";
import { type Instance, operate, startInstance } from "#bin/testing/instance.ts";

let instance: Instance;
let browser: Browser;
/** What there is to find, by the word that only its name has. */
let found: Map<string, string>;
beforeAll(async () => {
  instance = await startInstance({ mode: "demo" });
  browser = await openBrowser();
  found = await importEvents([...visits.map(wordOf), "calledoff"]);
});
afterAll(async () => {
  await browser?.close();
  await instance?.stop();
});

const visits = [
  { script: true, locale: "en", width: 1200, theme: "light" },
  { script: false, locale: "fr", width: 360, theme: "dark" },
  { script: true, locale: "fr", width: 360, theme: "light" },
  { script: false, locale: "en", width: 1200, theme: "dark" },
] as const;
const wordOf = ({ locale, script, width }: (typeof visits)[number]) => `zephyr${locale}${script ? "s" : "n"}${width}`;
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** An organiser's calendar of one entry for each word, read in by the host's tool; gives the events' ids by their words. */
async function importEvents(words: string[]): Promise<Map<string, string>> {
  const file = join(instance.dataDir, "atelier.ics");
  const entries = words.flatMap((word) => [
    "BEGIN:VEVENT",
    `UID:${word}@journey.example`,
    "DTSTAMP:20260101T000000Z",
    `SUMMARY:Réparer ensemble ${word}`,
    `DTSTART;TZID=Europe/Paris:${day(20).replaceAll("-", "")}T190000`,
    "DURATION:PT2H",
    "LOCATION:Halle Tony Garnier\\, 20 place Docteurs\\, 69007 Lyon\\, France",
    "GEO:45.7319;4.8245",
    "DESCRIPTION:Apportez ce qui ne marche plus.",
    "END:VEVENT",
  ]);
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//journey//", ...entries, "END:VCALENDAR", ""];
  writeFileSync(file, lines.join("\r\n"));
  await operate(instance, "event", "import", file, "--organizer", "atelier", "--create");
  const listed = JSON.parse(await operate(instance, "event", "list", "--organizer", "atelier", "--json")) as {
    id: string;
    name: string;
  }[];
  return new Map(listed.map(({ id, name }) => [name.split(" ").at(-1)!, id]));
}

/** Opens the newest mail to an address whose subject fits, in the mailbox, once it is there. */
async function openMail(page: Page, address: string, subject: RegExp): Promise<string> {
  for (let tries = 0; tries < 150; tries++) {
    await page.goto(`/mailbox?to=${address}`);
    const link = page.getByRole("link", { name: subject }).first();
    if ((await link.count()) > 0) {
      await link.click();
      return page.locator("article").innerText();
    }
    await sleep(100);
  }
  throw new Error(`No mail to ${address} like ${subject}.`);
}

const entry = async (id: string) => (await fetch(`${instance.url}/events/${id}/event.ics`)).text();
const property = (ics: string, name: string) =>
  new RegExp(`^${name}[^:\\r\\n]*:(.*)$`, "m").exec(ics.slice(ics.indexOf("BEGIN:VEVENT")))?.[1]?.trim();

const words = {
  en: {
    confirm: /^Confirm/,
    receipt: /^You’re coming/,
    changed: /^Changed/,
    cancelled: /^Cancelled/,
    left: /no longer coming/,
  },
  fr: {
    confirm: /^À confirmer/,
    receipt: /^C’est noté/,
    changed: /^Modifié/,
    cancelled: /^Annulé/,
    left: /^Participation annulée/,
  },
};

describe("from one search to a confirmed seat, and back", () => {
  it.each(visits)("find, take part, confirm, receive, be told of a change, leave (%j)", async (circumstances) => {
    const { locale } = circumstances;
    const word = wordOf(circumstances);
    const address = `${word}@example.org`;
    const id = found.get(word)!;
    const who = await visitor(browser, instance.url, circumstances);
    const { page, context } = who;

    await page.goto("/");
    await page.locator("input[name=q]").first().fill(`reparer ${word}`);
    await page.locator("input[name=q]").first().press("Enter");
    await page.getByRole("link", { name: word }).first().click();
    await page.waitForURL(`**/events/${id}`);
    expect(await page.locator("h1").innerText()).toContain(word);
    expect(await page.locator("main").innerText()).toMatch(/Lyon/);

    const form = page.locator(`form[action="/events/${id}/participations"]`);
    await form.locator("input[name=email]").fill(address);
    // Nobody fills a form in within the blink of an eye: robots do.
    await sleep(500);
    await form.locator("button[type=submit]").first().click();
    await page.waitForURL(/#join$/);

    const asked = await openMail(page, address, words[locale].confirm);
    const link = /http:\/\/localhost:\d+(\/participations\/[\w-]{43})/.exec(asked)![1]!;
    await page.goto(link);
    await page.locator(`form[action="${link}/confirmation"] button[type=submit]`).click();
    await page.getByRole("status").first().waitFor();
    const receipt = await openMail(page, address, words[locale].receipt);
    expect(receipt).toContain("event.ics");
    const before = await entry(id);

    await operate(instance, "event", "change", id, "--start", `${day(21)}T20:30`, "--end", `${day(21)}T22:00`, "--now");
    const changed = await openMail(page, address, words[locale].changed);
    expect(changed).toMatch(/19:00/);
    expect(changed).toMatch(/20:30/);
    const after = await entry(id);
    expect(property(after, "UID")).toBe(property(before, "UID"));
    expect(Number(property(after, "SEQUENCE"))).toBeGreaterThan(Number(property(before, "SEQUENCE") ?? 0));
    expect(property(after, "DTSTART")).toMatch(/T203000$/);

    await page.goto(link);
    expect(await page.locator("main").innerText()).toMatch(/20:30/);
    await page.locator(`a[href="${link}/leave"]`).click();
    // Whoever goes elsewhere before the form is on its way takes it back.
    await Promise.all([
      page.waitForResponse((answer) => answer.request().method() === "POST"),
      page.locator(`form[action="${link}/cancellation"] button[type=submit]`).click(),
    ]);
    await openMail(page, address, words[locale].left);

    expect((await context.cookies()).map(({ name }) => name)).toEqual([]);
    await who.leave();
  });

  it("tells those who come that it is called off, once, with an entry that says so", async () => {
    const id = found.get("calledoff")!;
    const who = await visitor(browser, instance.url, {});
    const { page } = who;
    await page.goto(`/events/${id}`);
    await page.locator(`form[action="/events/${id}/participations"] input[name=email]`).fill("off@example.org");
    await sleep(500);
    await page.locator(`form[action="/events/${id}/participations"] button[type=submit]`).first().click();
    await page.waitForURL(/#join$/);
    const link = /(\/participations\/[\w-]{43})/.exec(await openMail(page, "off@example.org", words.en.confirm))![1]!;
    await page.goto(link);
    await page.locator(`form[action="${link}/confirmation"] button[type=submit]`).click();
    await openMail(page, "off@example.org", words.en.receipt);
    await operate(instance, "event", "cancel", id);
    await openMail(page, "off@example.org", words.en.cancelled);
    expect(property(await entry(id), "STATUS")).toBe("CANCELLED");
    await page.goto("/mailbox?to=off@example.org");
    expect(await page.getByRole("link", { name: words.en.cancelled }).count()).toBe(1);
    await page.goto(`/events/${id}`);
    expect(await page.locator(`form[action="/events/${id}/participations"] input[name=email]`).count()).toBe(0);
    await who.leave();
  });
});
