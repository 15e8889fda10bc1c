import type { Browser } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations, htmlFaults, openBrowser, overflow, visitor } from "#bin/testing/browser.ts";
import { type Instance, startInstance } from "#bin/testing/instance.ts";
import { testSecret } from "#bin/testing/secret.ts";
import { type Connection, connect } from "#db/client.ts";
import { getAccountByEmail } from "#lib/account/queries.ts";
import { setupToken } from "#lib/account/setup/queries.ts";
import { linkOf, password, person, signUpLinks } from "#lib/account/testing.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { makeEvent } from "#lib/participation/testing.ts";

let instance: Instance;
let browser: Browser;
let connection: Connection;
beforeAll(async () => {
  instance = await startInstance({ expected: [/The OpenID Connect exchange failed/] });
  browser = await openBrowser();
  setConfig({ ...getConfig(), secretKey: testSecret, appUrl: instance.url });
  connection = connect(instance.databaseUrl!);
  await startSender(connection.db);
});
afterAll(async () => {
  await browser?.close();
  await stopSender();
  await connection?.close();
  await instance?.stop();
});

const pause = () => new Promise((resolve) => setTimeout(resolve, 600));
const accountOf = async (email: string) => (await getAccountByEmail(connection.db, email))!.id;

describe("a new server", () => {
  it("is set up by the link from its log, once, without script", async () => {
    // It answers a moment before it says so.
    const link = () => /\/setup\/[\w-]{43}/.exec(instance.log())?.[0];
    await expect.poll(link, { timeout: 20_000 }).toBeTruthy();
    const path = link()!;
    expect(path).toBe(`/setup/${await setupToken(connection.db)}`);
    const host = await visitor(browser, instance.url, { script: false, width: 360, expected: [/status of 404/] });
    expect((await host.page.goto(`/setup/${"x".repeat(43)}`))!.status()).toBe(404);
    await host.page.goto(path);
    await host.page.fill("[name=name]", "Agenda de Lyon");
    await host.page.selectOption("[name=registration]", "open");
    await host.page.click("main form button");
    await host.page.fill("[name=email]", "host@example.org");
    await host.page.fill("[name=password]", "short");
    await host.page.fill("[name=handle]", "host");
    await host.page.$eval("form[action*=administrator]", (form) => form.setAttribute("novalidate", ""));
    await host.page.click("main form button");
    expect(await host.page.textContent("#errors")).toContain("Password");
    expect(await host.page.inputValue("[name=email]")).toBe("host@example.org");
    expect(await host.page.inputValue("[name=password]")).toBe("");
    await host.page.fill("[name=password]", password);
    await host.page.click("main form button");
    expect(await host.page.textContent("h1")).toBe("Signing in");
    const mailed = await linkOf(connection.db, await accountOf("host@example.org"), "address");
    await host.page.goto(`/address/${mailed}`);
    await host.page.click("main form button");
    expect(await host.page.textContent("#done")).toContain("confirmed");
    for (const one of [path, `${path}/administrator`]) expect((await host.page.goto(one))!.status()).toBe(404);
    await host.leave();
  });
});

describe("somebody new", () => {
  it("opens an account, adds a profile, a town and a calendar, and deletes it all, without script, in French", async () => {
    const guest = await visitor(browser, instance.url, { script: false, locale: "fr", width: 360 });
    const { page } = guest;
    await page.goto("/sign-up");
    await page.fill("[name=email]", "zoe@example.org");
    await page.fill("[name=handle]", "Zoe");
    await page.fill("[name=password]", password);
    await pause();
    await page.click("main form button");
    expect(await page.textContent("#sent")).toContain("z…");
    await page.goto(`/sign-up/${(await signUpLinks(connection.db, "zoe@example.org")).at(-1)}`);
    expect(await page.textContent("dl")).toContain("@zoe");
    await page.click("main form button");
    expect(await page.textContent("#done")).toContain("Bienvenue");
    await page.goto("/settings/profiles/new");
    await page.fill("[name=handle]", "zoe_club");
    await page.setInputFiles("[name=icon]", { name: "me.svg", mimeType: "image/png", buffer: Buffer.from("<svg/>") });
    await page.click("main form[action$='/profile'] button:not([type=button])");
    expect(await page.textContent("#errors")).toContain("Image");
    const buffer = await sharp({ create: { width: 90, height: 60, channels: 3, background: "#065e47" } })
      .png()
      .toBuffer();
    await page.setInputFiles("[name=icon]", { name: "me.png", mimeType: "image/png", buffer });
    await page.click("main form[action$='/profile'] button:not([type=button])");
    expect(await page.textContent("main")).toContain("@zoe_club");
    await page.goto("/@zoe_club");
    const icon = await page.getAttribute("header img", "src");
    expect((await fetch(new URL(icon!, instance.url))).headers.get("content-type")).toBe("image/webp");
    await page.goto("/settings");
    await page.fill("[name=homeTown]", "Nirgendwo");
    await page.click("main form[action$='/preferences'] button");
    expect(await page.textContent("#errors")).toContain("ville");
    await page.goto("/settings/calendar");
    await page.click("main form[action$='/feed'] button");
    const feed = await page.inputValue("[name=address]");
    expect(await (await fetch(feed)).text()).toMatch(/^BEGIN:VCALENDAR/);
    await page.click("main form[action$='/feed'] button");
    expect((await fetch(feed)).status).toBe(404);
    await page.goto("/settings/deletion");
    await page.fill("[name=handle]", "@zoe");
    await page.fill("[name=password]", password);
    await page.click("main form[action$='/request'] button");
    expect(await page.textContent("#done")).toContain("supprimé");
    await guest.leave();
  });

  it.each([
    { locale: "en", width: 1200, theme: "light" },
    { locale: "fr", width: 360, theme: "dark" },
  ] as const)("finds each page whole and right: $locale, $width px, $theme", async (circumstances) => {
    const { db } = connection;
    const handle = `page_${circumstances.locale}`;
    const { actor } = await person(db, handle);
    const event = await makeEvent(db, { organizerId: actor.id, maximumGuests: 1 });
    const guest = await visitor(browser, instance.url, { ...circumstances, expected: [/status of 404/] });
    const { page } = guest;
    const wrong: string[] = [];
    const look = async (path: string) => {
      await page.goto(path);
      const found = [
        ...(await axeViolations(page)),
        ...(await overflow(page)),
        ...(await htmlFaults(await page.content())),
      ];
      wrong.push(...found.map((fault) => `${path.slice(0, 30)}: ${fault}`));
    };
    for (const path of ["/sign-in", "/sign-up", "/reset-password", `/sign-in/${"x".repeat(43)}`]) await look(path);
    await page.goto("/sign-in");
    await page.fill("[name=email]", `${handle}@example.org`);
    await page.fill("[name=password]", "wrong");
    await page.click("[value=password]");
    await look(page.url());
    await page.fill("[name=password]", password);
    await page.click("[value=password]");
    const pages = ["", "/profiles", "/profiles/new", `/profiles/${actor.id}`, "/security", "/address", "/password"];
    for (const one of [...pages, "/notifications", "/calendar", "/data", "/deletion"]) await look(`/settings${one}`);
    await look(`/events/${event.id}`);
    expect(await page.locator("[name=email]").count()).toBe(0);
    await page.selectOption("[name=guests]", "1");
    await page.click("form[action$='/place'] button");
    expect(await page.textContent("#join [role=status]")).toContain(handle);
    await look(page.url());
    await look("/dashboard/participations");
    await page.click("main li a[href^='/participations/']");
    expect(await page.inputValue("[name=guests]")).toBe("1");
    expect(wrong).toEqual([]);
    await guest.leave();
  });
});
