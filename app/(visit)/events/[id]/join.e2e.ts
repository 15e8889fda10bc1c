import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connection, connect, schema } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { countSeats, listRows, makeEvent } from "#lib/participation/testing.ts";
import { openBrowser, visitor } from "../../../../bin/testing/browser.ts";
import { type Instance, startInstance } from "../../../../bin/testing/instance.ts";
import { lettersTo, letterTo } from "../../../../bin/testing/letters.ts";

let instance: Instance;
let base: Connection;
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  instance = await startInstance();
  base = connect(instance.databaseUrl!);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await base?.close();
  await instance?.stop();
});

const organized = async (change: object) => {
  const organizerId = newId();
  await base.db
    .insert(schema.actors)
    .values({ id: organizerId, type: "Person", handle: `a${organizerId.slice(-12)}`, name: "Atelier du Rhône" });
  return makeEvent(base.db, { organizerId, ...change });
};

describe("taking part on the event's page", () => {
  it.each([
    { script: true, locale: "en", width: 1200 },
    { script: false, locale: "fr", width: 360 },
  ] as const)("form, mail, button, receipt (%j)", async ({ script, locale, width }) => {
    const event = await organized({ maximumAttendeeCapacity: 4, maximumGuests: 2 });
    const address = `${locale}@example.org`;
    const who = await visitor(browser, instance.url, { script, locale, width });
    const { page } = who;
    const words =
      locale === "en"
        ? {
            email: "E-mail address",
            button: "I’m coming",
            sent: "Check your mail",
            confirm: "Yes, I’m coming",
            done: "You’re coming",
          }
        : {
            email: "Adresse e-mail",
            button: "Je viens",
            sent: "Consultez vos e-mails",
            confirm: "Oui, je viens",
            done: "Vous venez",
          };
    await page.goto(`/events/${event.id}`);
    await page.getByLabel(words.email).fill(address);
    await sleep(500);
    await page.getByRole("button", { name: words.button }).click();
    await page.locator("#join").getByText(words.sent).waitFor();
    expect(new URL(page.url()).hash).toBe("#join");
    expect(await page.locator("#join").textContent()).not.toContain(address);
    expect((await countSeats(base.db, event.id)).taken).toBe(0);

    const { text } = await letterTo(instance.dataDir, address, () => true);
    const link = /http:\/\/localhost:\d+(\/participations\/[\w-]{43})/.exec(text)![1]!;
    await page.goto(link);
    expect((await listRows(base.db, event.id))[0]!.state).toBe("unconfirmed");
    await page.getByRole("button", { name: words.confirm }).click();
    await page.getByRole("heading", { name: words.done }).waitFor();
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 1, held: 1, accepted: 1 });
    expect((await listRows(base.db, event.id))[0]!.language).toBe(locale);
    await letterTo(instance.dataDir, address, ({ entry }) => entry);
    expect(lettersTo(instance.dataDir, address)).toHaveLength(2);

    await page.goto(`/events/${event.id}`);
    await page
      .locator("#join")
      .getByText(locale === "en" ? "3 places left" : "3 places libres")
      .waitFor();
    await who.leave();
  });

  it("gives a refused form back filled in, with the focus on what is wrong, and sends nothing", async () => {
    const event = await organized({ maximumGuests: 5, maximumAttendeeCapacity: 2, joinMode: "approval" });
    const who = await visitor(browser, instance.url, {});
    const { page } = who;
    await page.goto(`/events/${event.id}#join`);
    await page.getByLabel("E-mail address").fill("many@example.org");
    await page.getByLabel("Name").fill("Ada <b>Lovelace</b>");
    await page.getByLabel("Who comes with you?").selectOption("4");
    await page.getByLabel("Message to the organiser").fill("“Quotes”\nand lines");
    await sleep(500);
    await page.getByRole("button", { name: "Ask to join" }).click();
    await page.locator("#errors").getByText("not enough places").waitFor();
    await page.locator("#errors:focus").waitFor({ timeout: 3_000 });
    expect(await page.getByLabel("E-mail address").inputValue()).toBe("many@example.org");
    expect(await page.getByLabel("Name").inputValue()).toBe("Ada <b>Lovelace</b>");
    expect(await page.getByLabel("Who comes with you?").inputValue()).toBe("4");
    expect(await page.getByLabel("Message to the organiser").inputValue()).toBe("“Quotes”\nand lines");
    expect(await page.getByLabel("Who comes with you?").getAttribute("aria-invalid")).toBe("true");
    expect(await page.title()).toMatch(/^Error: .* · /);
    expect(await listRows(base.db, event.id)).toEqual([]);
    // No address that people copy names what was typed, which stands there again all the same when the page is read anew.
    await page.waitForURL((url) => url.search === "");
    await page.reload();
    await page.locator("#errors").waitFor();
    expect(await page.getByLabel("E-mail address").inputValue()).toBe("many@example.org");
    await who.leave();
  });
});
