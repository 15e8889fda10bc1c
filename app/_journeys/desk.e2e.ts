import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, inArray } from "drizzle-orm";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations, htmlFaults, openBrowser, overflow, press, visitor } from "#bin/testing/browser.ts";
import { type Instance, startInstance } from "#bin/testing/instance.ts";
import { testSecret } from "#bin/testing/secret.ts";
import { type Connection, connect, schema } from "#db/client.ts";
import { password, person } from "#lib/account/testing.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { makeEvent } from "#lib/participation/testing.ts";

/** An address service as Photon is one. */
let away = false;
const geocoder = createServer((_, res) => {
  if (away) return res.writeHead(503).end();
  const properties = { type: "house", housenumber: "19", street: "Rue Boyer", postcode: "75020", city: "Paris" };
  const geometry = { type: "Point", coordinates: [2.3925, 48.8686] };
  return res.end(JSON.stringify({ features: [{ geometry, properties: { ...properties, countrycode: "FR" } }] }));
});
let instance: Instance;
let browser: Browser;
let connection: Connection;
beforeAll(async () => {
  await new Promise<void>((resolve) => geocoder.listen(0, "127.0.0.1", resolve));
  const { port } = geocoder.address() as AddressInfo;
  instance = await startInstance({
    settings: { GEOCODER_URL: `photon+http://127.0.0.1:${port}`, PAD_URL: "https://pad.example/p/{name}" },
  });
  browser = await openBrowser();
  setConfig({ ...getConfig(), secretKey: testSecret, appUrl: instance.url });
  connection = connect(instance.databaseUrl!);
  await startSender(connection.db);
  for (const handle of ["ada", "bob"]) await person(connection.db, handle);
});
afterAll(async () => {
  await browser?.close();
  await stopSender();
  await connection?.close();
  await instance?.stop();
  geocoder.close();
});

async function signIn(page: Page, handle: string) {
  await page.goto("/sign-in?next=/dashboard");
  await page.fill("[name=email]", `${handle}@example.org`);
  await page.fill("[name=password]", password);
  await page.waitForTimeout(600);
  await page.click("main form button[value=password], main form button");
  await page.waitForURL(/dashboard/);
}

/** Which pages were looked at, in which state and at which width: once is enough. */
const seen = new Set<string>();

/** What a page must be, wherever the journey is. */
async function fine(page: Page, script: boolean) {
  if (script) expect(await overflow(page)).toEqual([]);
  const [refused, done] = [await page.locator("#errors").count(), await page.locator("#done").count()];
  const path = new URL(page.url()).pathname.replace(/[\da-f-]{36}/g, "");
  const state = [path, page.viewportSize()?.width, script, refused, done].join(" ");
  if (seen.has(state)) return;
  seen.add(state);
  if (script) expect(await axeViolations(page)).toEqual([]);
  expect((await htmlFaults(await page.content())).filter((fault) => !/doctype/i.test(fault))).toEqual([]);
  expect(await page.locator("h1").count()).toBe(1);
}

describe("an organiser", () => {
  it.each([
    { script: true, locale: "en", width: 1200, theme: "light" },
    { script: false, locale: "fr", width: 360, theme: "dark" },
  ] as const)("makes, publishes, changes, copies, calls off and deletes an event (%j)", async (circumstances) => {
    const { script } = circumstances;
    const ada = await visitor(browser, instance.url, { ...circumstances, expected: [/status of (400|404|409|410)/] });
    const { page } = ada;
    await signIn(page, "ada");
    await fine(page, script);

    // Refused forms come back filled in.
    await page.goto("/dashboard/events/new");
    await fine(page, script);
    await page.fill("[name=name]", "Café réparation");
    await page.fill("[name=content]", "Apportez ce qui est **cassé**.");
    await page.fill("[name=capacity]", "lots");
    await press(page, "button[value=publish]");
    expect(await page.locator("#errors li").count()).toBe(2);
    expect(await page.inputValue("[name=content]")).toBe("Apportez ce qui est **cassé**.");
    expect(await page.inputValue("[name=capacity]")).toBe("lots");
    await fine(page, script);

    // A picture survives a refusal, wants its words, and loses what nobody sees.
    await page.setInputFiles("[name=cover]", { name: "x.png", mimeType: "image/png", buffer: Buffer.from("<svg/>") });
    await press(page, "button[value=draft]");
    expect(await page.textContent("#errors")).toMatch(/cannot be read|ne peut pas être lu/);
    const picture = await sharp({ create: { width: 1200, height: 600, channels: 3, background: "#065e47" } })
      .jpeg()
      .toBuffer();
    await page.setInputFiles("[name=cover]", { name: "../a.jpg", mimeType: "text/html", buffer: picture });
    await page.fill("[name=placeName]", "Maison des associations");
    await page.fill("[name=capacity]", "5");
    await press(page, "button[value=publish]");
    expect(await page.locator("#errors a[href='#field-coverName']").count()).toBe(1);
    expect(await page.locator("form img[src^='/media/']").count()).toBe(1);
    await page.fill("[name=coverName]", "Une table avec des outils");
    await fine(page, script);

    // Another stands in the text, with its words; what else was typed is still there.
    const addPicture = () =>
      script ? page.click("button[value=picture]") : press(page, "button[value=picture]").then(() => {});
    await page.click("summary:has(+ div [name=picture])");
    await addPicture();
    await page.waitForSelector(script ? "details [role=status]:not(:empty)" : "#errors");
    if (!script) expect(await page.inputValue("[name=coverName]")).toBe("Une table avec des outils");
    await page.setInputFiles("[name=picture]", { name: "b.jpg", mimeType: "image/jpeg", buffer: picture });
    await page.fill("[name=pictureName]", "Le plan [à jour]");
    await addPicture();
    await page.waitForFunction(() =>
      document.querySelector<HTMLTextAreaElement>("[name=content]")?.value.includes("![Le plan \\[à jour\\]](/media/"),
    );
    expect(await page.inputValue("[name=pictureName]")).toBe("");
    await fine(page, script);

    // A draft is seen by its organiser alone.
    await page.fill("[name=capacity]", "5");
    await page.fill("[name=placeName]", "Maison des associations");
    if (!(await page.isVisible("[name=coordinates]"))) await page.click("summary:has(+ div [name=coordinates])");
    await page.fill("[name=coordinates]", "47.2173, -1.5534");
    await page.selectOption("[name=timezone]", "place");
    await page.click("summary:has(+ div [name=question1_label])");
    await page.fill("[name=question1_label]", "Qu’est-ce qui est cassé ?");
    await press(page, "button[value=preview]");
    const id = page.url().split("/").at(-1)!;
    expect(await page.textContent("h1")).toBe("Café réparation");
    const stranger = await visitor(browser, instance.url, { expected: [/status of 404/] });
    expect((await stranger.page.goto(`/events/${id}`))!.status()).toBe(404);
    expect(await page.getAttribute(".sheet img", "alt")).toBe("Une table avec des outils");
    expect(await page.getAttribute(".prose img[src*='/media/']", "alt")).toBe("Le plan [à jour]");
    await page.goto(`/dashboard/events/${id}`);
    await fine(page, script);
    await press(page, "form[action$=publication] button");
    expect(await page.locator("#done").count()).toBe(1);
    expect((await stranger.page.goto(`/events/${id}`))!.status()).toBe(200);
    await stranger.leave();
    const [made] = await connection.db.select().from(schema.events).where(eq(schema.events.id, id));
    expect(made).toMatchObject({
      timezone: "Europe/Paris",
      maximumAttendeeCapacity: 5,
      state: "published",
      sequence: 0,
    });

    // Two people edit: the second sees both versions, and nothing is lost.
    await page.goto(`/dashboard/events/${id}/edit`);
    await fine(page, script);
    const second = await ada.context.newPage();
    await second.goto(`/dashboard/events/${id}/edit`);
    await second.fill("[name=contact]", "Ada, 06 00 00 00 00");
    await press(second, "button[value=save]");
    await second.close();
    await page.fill("[name=startTime]", "18:30");
    const answer = page.waitForResponse(
      (response) => response.request().isNavigationRequest() && response.status() === 409,
    );
    await page.click("button[value=save]");
    await answer;
    expect(await page.textContent("#errors table")).toContain("06 00 00 00 00");
    expect(await page.inputValue("[name=startTime]")).toBe("18:30");
    await fine(page, script);
    await press(page, "button[value=save]");
    const [changed] = await connection.db.select().from(schema.events).where(eq(schema.events.id, id));
    expect(changed).toMatchObject({ startWall: expect.stringContaining("18:30"), sequence: 1 });

    // A copy is a draft of its own; on its day to come it appears by itself.
    await press(page, "form[action$=copy] button");
    await fine(page, script);
    await page.click("#later summary");
    await page.fill("[name=publishDate]", "2030-01-01");
    await page.fill("[name=publishTime]", "08:00");
    await press(page, "button[value=schedule]");
    expect(await page.locator("#done").count()).toBe(1);

    // Called off with a look at the mail, then deleted by its title.
    await page.goto(`/dashboard/events/${id}/cancellation`);
    await page.fill("[name=message]", "La salle est inondée.");
    await press(page, "button[value=preview]");
    expect(await page.textContent("#mail")).toContain("La salle est inondée.");
    await fine(page, script);
    await press(page, "button[value=cancel]");
    await page.goto(`/dashboard/events/${id}/deletion`);
    await page.fill("[name=title]", "Something else");
    await press(page, "main form button");
    await fine(page, script);
    expect(await page.inputValue("[name=title]")).toBe("Something else");
    await page.fill("[name=title]", "café réparation");
    await press(page, "main form button");
    expect(new URL(page.url()).pathname).toBe("/dashboard");
    expect((await page.goto(`/events/${id}`))!.status()).toBe(410);
    await ada.leave();
  });

  it.each([true, false])("looks an address up, and keeps all that was typed (script: %s)", async (script) => {
    const ada = await visitor(browser, instance.url, { script, width: 360 });
    const { page } = ada;
    await signIn(page, "ada");
    await page.goto("/dashboard/events/new");
    await page.fill("[name=capacity]", "lots");
    await page.fill("[name=placeName]", "La Bellevilloise");
    await page.fill("[name=streetAddress]", "19 rue boyer");
    expect(await page.inputValue("[name=timezone]")).toBe("UTC");
    await press(page, "button[value=lookup]");
    expect(await page.textContent("#places")).toContain("19 Rue Boyer, 75020 Paris");
    await fine(page, script);
    await press(page, "button[value=choose1]");
    const values = await Promise.all(
      ["placeName", "streetAddress", "coordinates", "timezone", "capacity"].map((name) =>
        page.inputValue(`[name=${name}]`),
      ),
    );
    expect(values).toEqual(["La Bellevilloise", "19 Rue Boyer", "48.8686, 2.3925", "Europe/Paris", "lots"]);
    expect(await page.locator("#places, #errors").count()).toBe(0);

    // A service that is away is a sentence beside its button.
    away = true;
    await page.fill("[name=streetAddress]", `${script ? 20 : 21} Rue Boyer`);
    await press(page, "button[value=lookup]");
    expect(await page.textContent("#errors")).toMatch(/does not answer|ne répond pas/);
    expect(await page.inputValue("[name=streetAddress]")).toMatch(/^2[01] Rue Boyer$/);
    await fine(page, script);
    away = false;
    await ada.leave();
  });

  it("writes Markdown by buttons, sees what becomes of it, and can take it back", async () => {
    const ada = await visitor(browser, instance.url, { width: 360, locale: "fr" });
    const { page } = ada;
    await signIn(page, "ada");
    await page.goto("/dashboard/events/new");
    const area = page.locator("[name=content]");
    await area.fill("Apportez vos outils");
    await area.selectText();
    await page.click('main button:text-is("Bold")');
    await page.keyboard.press("End");
    await page.keyboard.type(" <img src=x onerror=alert(1)>");
    expect(await area.inputValue()).toBe("**Apportez vos outils** <img src=x onerror=alert(1)>");
    await page.click("button[aria-pressed=false]");
    await page.waitForSelector(".prose strong");
    expect(await page.innerHTML(".prose")).toContain("<strong>Apportez vos outils</strong>");
    expect(await page.locator(".prose img").count()).toBe(0);
    await fine(page, true);
    await page.click("button[aria-pressed=true]");
    await area.focus();
    for (let times = 0; times < 40 && (await area.inputValue()) !== "Apportez vos outils"; times++)
      await page.keyboard.press("Control+z");
    expect(await area.inputValue()).toBe("Apportez vos outils");
    await ada.leave();
  });

  it("finds a draft as it was left: saved while it was written, kept by the browser where it could not be", async () => {
    const ada = await visitor(browser, instance.url, { expected: [/ERR_INTERNET_DISCONNECTED|status of (400|409)/] });
    const { page } = ada;
    await signIn(page, "ada");
    const drafts = () => connection.db.select().from(schema.events).where(eq(schema.events.name, "Written slowly"));
    const saved = (text: RegExp) =>
      page.waitForFunction(
        (words) => new RegExp(words).test(document.querySelector("#autosave")?.textContent ?? ""),
        text.source,
      );

    // A new event: its first save makes the draft, and the page is then its form.
    await page.goto("/dashboard/events/new");
    await page.fill("[name=capacity]", "12");
    await page.fill("[name=name]", "Written slowly");
    await saved(/saved at/);
    const [draft] = await drafts();
    expect(draft).toMatchObject({ state: "draft", maximumAttendeeCapacity: 12 });
    expect(new URL(page.url()).pathname).toBe(`/dashboard/events/${draft!.id}/edit`);
    await fine(page, true);
    await page.fill("[name=startTime]", "17:00");
    await page.waitForResponse((answer) => answer.url().endsWith("/revision") && answer.ok());
    expect(await drafts()).toMatchObject([{ sequence: 0, startWall: expect.stringContaining("17:00") }]);

    // What is wrong is said, and nothing of it is lost; offline the browser keeps it, closed or not.
    await page.fill("[name=capacity]", "lots");
    await saved(/needs mending/);
    await page.fill("[name=capacity]", "13");
    await ada.context.setOffline(true);
    await page.fill("[name=contact]", "Ada");
    await saved(/no connection/);
    await page.goto("about:blank");
    await ada.context.setOffline(false);
    await page.goto(`/dashboard/events/${draft!.id}/edit`);
    await page.click("text=Bring it back");
    expect(await page.inputValue("[name=contact]")).toBe("Ada");
    await saved(/saved at/);
    expect(await drafts()).toMatchObject([{ contact: "Ada", maximumAttendeeCapacity: 13 }]);

    // Another tab: the first one stops, and says why.
    const second = await ada.context.newPage();
    await second.goto(`/dashboard/events/${draft!.id}/edit`);
    await second.fill("[name=contact]", "Somebody");
    await second.fill("[name=placeName]", "Somewhere");
    await press(second, "button[value=publish]");
    await page.fill("[name=contact]", "Ada again");
    await saved(/Somebody else/);
    expect(await drafts()).toMatchObject([{ contact: "Somebody", state: "published" }]);

    // What is public is saved by its button alone, whatever a script asks for.
    await second.goto(`/dashboard/events/${draft!.id}/edit`);
    expect(await second.locator("#autosave").count()).toBe(0);
    const status = await second.evaluate(async () => {
      const form = document.querySelector<HTMLFormElement>("form[action$=revision]")!;
      const body = new URLSearchParams(
        [...new FormData(form)].filter(([, value]) => typeof value === "string") as [string, string][],
      );
      body.set("intent", "autosave");
      body.set("name", "Written over");
      const answer = await fetch(form.getAttribute("action")!, {
        method: "POST",
        body,
        headers: { accept: "application/json" },
      });
      return [answer.status, await answer.json()];
    });
    expect(status).toEqual([409, { errors: { "": "changed-meanwhile" } }]);
    expect(await drafts()).toHaveLength(1);
    await second.close();
    await ada.leave();
  });

  it.each([
    { script: true, locale: "en", width: 360, theme: "dark" },
    { script: false, locale: "fr", width: 1200, theme: "light" },
  ] as const)("reads a comment before everybody does, and answers it (%j)", async (circumstances) => {
    const { script } = circumstances;
    const [host] = await connection.db.select().from(schema.actors).where(eq(schema.actors.handle, "ada"));
    const { id } = await makeEvent(connection.db, { organizerId: host!.id, comments: "moderated" });
    const guest = await visitor(browser, instance.url, circumstances);
    const [ada, bob] = [
      await visitor(browser, instance.url, circumstances),
      await visitor(browser, instance.url, circumstances),
    ];
    const seen = async () => {
      await guest.page.goto(`/events/${id}`);
      return guest.page.textContent("#comments");
    };
    expect(await seen()).toMatch(/Sign in|Se connecter/);

    await signIn(bob.page, "bob");
    await bob.page.goto(`/events/${id}`);
    await bob.page.fill("#comments textarea", " ");
    await press(bob.page, "#comments form button");
    expect(await bob.page.locator("#comments #errors a[href='#field-content']").count()).toBe(1);
    await fine(bob.page, script);
    await bob.page.fill("#comments textarea", "Is there a **lift**, @ada?");
    await press(bob.page, "#comments form button");
    expect(bob.page.url()).toMatch(/#comment-/);
    expect(await bob.page.textContent("#comments article")).toMatch(/Waiting for approval|En attente/);
    expect(await bob.page.locator("#comments article a[href$='/@ada']").count()).toBe(1);
    expect(await seen()).not.toContain("lift");

    await signIn(ada.page, "ada");
    await ada.page.goto(`/dashboard/events/${id}`);
    await press(ada.page, "nav a[href$='/comments']");
    expect(await ada.page.textContent("nav a[aria-current]")).toMatch(/\(1\)/);
    await fine(ada.page, script);
    await press(ada.page, "button[value=published]");
    expect(await ada.page.locator("#done").count()).toBe(1);
    expect(await seen()).toContain("lift");
    await ada.page.goto(`/events/${id}`);
    await ada.page.click("#comments details summary");
    await ada.page.fill("#comments details textarea", "There is.");
    await press(ada.page, "#comments details form button");
    expect(await ada.page.textContent("#comments article:target")).toContain("There is.");
    await fine(ada.page, script);

    await bob.page.reload();
    await press(bob.page, "#comments article a[href$='/edit']");
    await fine(bob.page, script);
    await press(bob.page, "form[action$='/deletion'] button");
    expect(await seen()).toContain("There is.");
    expect(await seen()).not.toContain("lift");
    await fine(guest.page, script);
    for (const one of [guest, ada, bob]) await one.leave();
  });

  it.each([
    { script: true, locale: "en", width: 360, theme: "dark" },
    { script: false, locale: "fr", width: 1200, theme: "light" },
  ] as const)("discusses among the members of a group (%j)", async (circumstances) => {
    const { script } = circumstances;
    const people = await connection.db
      .select()
      .from(schema.actors)
      .where(inArray(schema.actors.handle, ["ada", "bob"]));
    const group = await makeGroup(connection.db);
    for (const { id, handle } of people)
      await enrol(connection.db, group, { memberId: id, role: handle === "ada" ? "moderator" : "member" });
    const [{ handle } = { handle: "" }] = await connection.db
      .select()
      .from(schema.actors)
      .where(eq(schema.actors.id, group));
    const [ada, bob] = [
      await visitor(browser, instance.url, circumstances),
      await visitor(browser, instance.url, circumstances),
    ];
    await signIn(ada.page, "ada");
    await signIn(bob.page, "bob");
    await ada.page.goto(`/@${handle}`);
    await press(ada.page, "a[href$='/discussions']");
    await fine(ada.page, script);
    await press(ada.page, "a[href$='/discussions/new']");
    await ada.page.fill("[name=name]", "The key");
    await ada.page.fill("[name=content]", " ");
    await press(ada.page, "main form button[type=submit]:not([tabindex], [value])");
    expect(await ada.page.inputValue("[name=name]")).toBe("The key");
    await fine(ada.page, script);
    await ada.page.fill("[name=content]", "Who has it, @bob?");
    await press(ada.page, "main form button[type=submit]:not([tabindex], [value])");
    await fine(ada.page, script);

    await bob.page.goto(`/@${handle}/discussions?q=who`);
    expect(await bob.page.textContent("main li")).toMatch(/New for you|Nouveau pour vous/);
    await press(bob.page, "main li h2 a");
    expect(await bob.page.locator("#unread").count()).toBe(1);
    await press(bob.page, "article a[href*='quote=']");
    await fine(bob.page, script);
    await bob.page.fill("#write textarea", "I **have**.");
    await press(bob.page, "#write form button[type=submit]:not([tabindex], [value])");
    expect(await bob.page.textContent("article:target")).toMatch(/ada.*Who has it, @bob\?.*I have\./s);

    if (script) {
      await ada.page.click("main [role=status] a");
      await ada.page.waitForURL(/after=/);
    } else await ada.page.reload();
    expect(await ada.page.textContent("main")).toContain("I have.");
    await ada.page.goto(`/@${handle}/discussions`);
    await press(ada.page, "main li h2 a");
    await press(ada.page, "form[action$='/reading'] button");
    expect(await ada.page.locator("#unread").count()).toBe(0);
    await press(ada.page, "a[href$='/manage']");
    await fine(ada.page, script);
    await press(ada.page, "form:has([value=locked]) button");
    await bob.page.goto(new URL(bob.page.url()).pathname);
    expect(await bob.page.textContent("main")).toMatch(/is locked|est verrouillée/);
    expect(await bob.page.locator("#write").count()).toBe(0);
    await fine(bob.page, script);
    for (const one of [ada, bob]) await one.leave();
  });

  it.each([
    { script: true, locale: "en", width: 360, theme: "light" },
    { script: false, locale: "fr", width: 1200, theme: "dark" },
  ] as const)("keeps links with the members of a group (%j)", async (circumstances) => {
    const { script } = circumstances;
    const { page, leave } = await visitor(browser, instance.url, { ...circumstances, expected: [/status of 410/] });
    await signIn(page, "ada");
    const [ada] = await connection.db.select().from(schema.actors).where(eq(schema.actors.handle, "ada"));
    const [group, handle] = [newId(), `shelf${script ? 1 : 2}`];
    await makeGroup(connection.db, { id: group, handle });
    await enrol(connection.db, group, { memberId: ada!.id });
    const list = `/@${handle}/resources`;
    await page.goto(`/@${handle}`);
    await press(page, `a[href='${list}']`);
    await fine(page, script);

    await press(page, "a[href*='type=folder']");
    await fine(page, script);
    await page.fill("[name=name]", "Archive");
    await press(page, "main form button");
    const folder = new URL(page.url()).pathname;
    await fine(page, script);
    // Refused forms come back filled in.
    await press(page, "a[href*='type=link']");
    await page.fill("[name=url]", "javascript:alert(1)");
    await page.fill("[name=summary]", "What we agreed on");
    await press(page, "main form button");
    expect(await page.locator("#field-url-error").count()).toBe(1);
    expect(await page.inputValue("[name=summary]")).toBe("What we agreed on");
    expect(folder).toContain(await page.inputValue("[name=folder]"));
    await fine(page, script);
    await page.fill("[name=url]", "http://localhost:1/minutes");
    await press(page, "main form button");
    expect(new URL(page.url()).pathname).toBe(folder);
    expect(await page.textContent("main li article")).toMatch(/localhost.*What we agreed on/s);
    await press(page, "main li article p a");
    await fine(page, script);
    const link = new URL(page.url()).pathname;

    await press(page, "a[href$='/manage']");
    await fine(page, script);
    await page.fill("[name=name]", "Minutes");
    await press(page, "form[action$='/revision'] button");
    await press(page, "a[href$='/manage']");
    await page.selectOption("[name=folder]", "");
    await press(page, "form[action$='/move'] button");
    expect(await page.locator("main nav li").count()).toBe(2);
    await page.goto(`${list}?q=agreed`);
    expect(await page.textContent("main li h2")).toContain("Minutes");
    await fine(page, script);

    await page.goto(list);
    await press(page, "a[href*='type=pad']");
    await fine(page, script);
    await page.fill("[name=name]", "Next meeting");
    await press(page, "main form button");
    expect(await page.getAttribute("main section a", "href")).toMatch(
      /^https:\/\/pad\.example\/p\/next-meeting-\w{32}$/,
    );
    await page.goto(`${link}/manage`);
    await press(page, "form[action$='/deletion'] button");
    expect(await page.locator("main li article").count()).toBe(2);
    expect((await page.goto(link))!.status()).toBe(410);
    await fine(page, script);
    await leave();
  });

  it("finds another's event nowhere on the desk, and cannot touch it", async () => {
    const [event] = await connection.db
      .select()
      .from(schema.events)
      .where(eq(schema.events.state, "scheduled"))
      .limit(1);
    const bob = await visitor(browser, instance.url, { expected: [/status of (403|404)/] });
    await signIn(bob.page, "bob");
    expect(await bob.page.textContent("main")).not.toContain(event!.name);
    for (const path of ["", "/edit", "/cancellation", "/deletion"])
      expect((await bob.page.goto(`/dashboard/events/${event!.id}${path}`))!.status()).toBe(404);
    // The form of one's own event, sent for another's.
    await bob.page.goto("/dashboard/events/new");
    for (const path of ["revision", "publication", "copy", "cancellation/request", "deletion/request"]) {
      const status = await bob.page.evaluate(
        async ([target]) => {
          const body = new URLSearchParams({
            name: "Mine",
            startDate: "2030-01-01",
            startTime: "10:00",
            timezone: "UTC",
            title: "x",
            seen: new Date().toISOString(),
          });
          return (await fetch(target!, { method: "POST", body, redirect: "manual" })).status;
        },
        [`/dashboard/events/${event!.id}/${path}`],
      );
      expect(status, path).toBe(404);
    }
    const organizer = await bob.page.evaluate(
      async ([actor]) => {
        const body = new URLSearchParams({
          organizer: actor!,
          name: "Forged",
          startDate: "2030-01-01",
          startTime: "10:00",
          timezone: "UTC",
        });
        return (await fetch("/dashboard/events", { method: "POST", body, redirect: "manual" })).status;
      },
      [event!.organizerId],
    );
    expect(organizer).toBe(403);
    expect(await connection.db.$count(schema.events, eq(schema.events.name, "Forged"))).toBe(0);
    await bob.leave();
  });

  it("who is not signed in any more finds what was typed after signing in", async () => {
    const ada = await visitor(browser, instance.url, { script: false, expected: [/status of 409/] });
    await signIn(ada.page, "ada");
    await ada.page.goto("/dashboard/events/new");
    await ada.page.fill("[name=name]", "Typed before the end");
    await ada.context.clearCookies();
    await press(ada.page, "button[value=draft]");
    expect(new URL(ada.page.url()).pathname).toBe("/sign-in");
    await ada.page.fill("[name=email]", "ada@example.org");
    await ada.page.fill("[name=password]", password);
    await ada.page.waitForTimeout(600);
    await press(ada.page, "main form button");
    expect(await ada.page.inputValue("[name=name]")).toBe("Typed before the end");
    await ada.leave();
  });
});
