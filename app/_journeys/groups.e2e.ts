import { sql } from "drizzle-orm";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  axeViolations,
  type Circumstances,
  htmlFaults,
  openBrowser,
  overflow,
  press,
  visitor,
} from "#bin/testing/browser.ts";
import { type Instance, startInstance } from "#bin/testing/instance.ts";
import { type Letter, letterTo } from "#bin/testing/letters.ts";
import { testSecret } from "#bin/testing/secret.ts";
import { type Connection, connect, schema, transact } from "#db/client.ts";
import { password, person } from "#lib/account/testing.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { updateInstance } from "#lib/instance/commands.ts";
import { enqueue, startSender, stopSender } from "#lib/jobs/enqueue.ts";

const { accounts } = schema;
let instance: Instance;
let browser: Browser;
let connection: Connection;
/** The group that the first story founds, and its thread, for the second. */
let [desk, talk] = ["", ""];
const group = "/@quai_vert";

beforeAll(async () => {
  instance = await startInstance();
  browser = await openBrowser();
  setConfig({ ...getConfig(), secretKey: testSecret, appUrl: instance.url });
  connection = connect(instance.databaseUrl!);
  await startSender(connection.db);
  await updateInstance(connection.db, { registration: "open" });
  for (const handle of ["ada", "bob", "eve"]) await person(connection.db, handle);
  await connection.db.update(accounts).set({ language: "fr", timezone: "Europe/Paris" });
});
afterAll(async () => {
  await browser?.close();
  await stopSender();
  await connection?.close();
  await instance?.stop();
});

const letter = (to: string, fits: (letter: Letter) => unknown) => letterTo(instance.dataDir, `${to}@example.org`, fits);
/** The first link of a letter whose path begins so, as a path of this server. */
function linkIn({ text }: Letter, path: string): string {
  const found = text.match(/https?:\S+/g)?.find((link) => link.startsWith(`${instance.url}${path}`));
  if (!found) throw new Error(`No link to ${path} in:\n${text}`);
  return found.slice(instance.url.length);
}
const tellNews = () => transact(connection.db, (tx) => enqueue(tx, "news", {}));

/** Lets two days go by: all that happened, happened two days before. */
async function twoDaysLater() {
  const moments = {
    accounts: ["created_at"],
    memberships: ["joined_at"],
    follows: ["created_at"],
    events: ["published_at"],
    discussions: ["created_at", "message_at"],
    discussion_messages: ["created_at"],
    discussion_readers: ["told_at", "read_at"],
    notification_choices: ["told_at"],
    mails: ["created_at"],
  };
  for (const [table, columns] of Object.entries(moments))
    await connection.db.execute(
      sql.raw(`update ${table} set ${columns.map((at) => `${at} = ${at} - interval '2 days'`).join(", ")}`),
    );
}

/** Opens the browser of somebody who is signed in. */
async function as(handle: string, circumstances: Circumstances) {
  const one = await visitor(browser, instance.url, circumstances);
  await one.page.goto("/sign-in?next=/dashboard");
  await one.page.fill("[name=email]", `${handle}@example.org`);
  await one.page.fill("[name=password]", password);
  await one.page.waitForTimeout(600);
  await one.page.click("main form button[value=password], main form button");
  await one.page.waitForURL(/dashboard/);
  return one;
}

describe("people of one town", () => {
  // Whom they invite from other servers: federation.e2e.ts.
  it("found a group, invite, discuss an event into being, read of it by mail, and lose no word with a role", async () => {
    const plain: Circumstances = { script: false, locale: "fr", width: 360, expected: [/status of 404/] };
    const [ada, bob, eve] = [await as("ada", plain), await as("bob", plain), await as("eve", plain)];

    await ada.page.goto("/dashboard/groups/new");
    await ada.page.fill("[name=handle]", "quai_vert");
    await ada.page.fill("[name=name]", "Le Quai vert");
    await ada.page.fill("[name=locality]", "Nantes");
    await ada.page.check("[name=openness][value=invite_only]");
    await ada.page.check("[name=membersShown]");
    await press(ada.page, "main form button:text('Fonder le groupe')");
    expect(await ada.page.textContent("#done")).toContain("Le groupe est fondé");
    desk = new URL(ada.page.url()).pathname.replace("/members", "");

    // By handle, and by an address without an account.
    for (const who of ["@bob", "cleo@example.org"]) {
      await ada.page.fill("[name=who]", who);
      await press(ada.page, "form[action$='/invitation'] button");
      expect(await ada.page.textContent("#done")).toContain("en route");
    }
    await bob.page.goto("/dashboard/groups");
    await press(bob.page, "main a[href^='/invitations/groups/']");
    await press(bob.page, "form[action$='/acceptance'] button");
    expect(await bob.page.textContent("#join")).toMatch(/Votre rôle ici\s: Membre\./);

    const cleo = await visitor(browser, instance.url, plain);
    const invitation = linkIn(await letter("cleo", () => true), "/invitations/groups/");
    await cleo.page.goto(invitation);
    expect(await cleo.page.textContent("h1")).toContain("Le Quai vert");
    await press(cleo.page, "main a[href='/sign-up']");
    await cleo.page.fill("[name=email]", "cleo@example.org");
    await cleo.page.fill("[name=handle]", "cleo");
    await cleo.page.fill("[name=password]", password);
    await cleo.page.waitForTimeout(600);
    await press(cleo.page, "form[action='/sign-up/request'] button");
    await cleo.page.goto(linkIn(await letter("cleo", ({ text }) => text.includes("/sign-up/")), "/sign-up/"));
    await press(cleo.page, "form[action$='/confirmation'] button");
    await cleo.page.goto(invitation);
    await press(cleo.page, "form[action$='/acceptance'] button");
    expect(await cleo.page.textContent("#done")).toContain("vous êtes membre");

    // Eve only follows, and sees nothing of what is said among them.
    await eve.page.goto(group);
    await press(eve.page, "form[action='/dashboard/following/change'] button");
    expect((await eve.page.goto(`${group}/discussions`))!.status()).toBe(404);

    const role = async (role: "member" | "moderator") => {
      await ada.page.goto(`${desk}/members?q=bob`);
      await ada.page.selectOption("select[name=role]", role);
      await press(ada.page, "form[action$='/role'] button");
      expect(await ada.page.textContent("#done")).toContain("Le rôle est changé");
    };
    await role("moderator");

    // A thread: who is named hears of it at once, and answers by the mail's link with a quotation and a picture for members.
    await ada.page.goto(`${group}/discussions/new`);
    await ada.page.fill("[name=name]", "Une fête sur le quai ?");
    await ada.page.fill("[name=content]", "Qui apporte les **tables**, @bob ?");
    await press(ada.page, "main form button:text('Lancer la discussion')");
    talk = new URL(ada.page.url()).pathname;
    await tellNews();
    const named = await letter("bob", ({ text }) => text.includes("Une fête sur le quai ?"));
    expect(named.text).toContain("Qui apporte les tables, @bob ?");
    await bob.page.goto(linkIn(named, "/discussions/"));
    expect(await bob.page.locator("#unread").count()).toBe(1);
    await press(bob.page, "article a[href*='quote=']");
    await bob.page.fill("#write textarea", "J’en ai **trois**.");
    await bob.page.click("summary:has(+ div [name=picture])");
    const blank = sharp({ create: { width: 40, height: 20, channels: 3, background: "#065e47" } });
    const file = { name: "a.png", mimeType: "image/png", buffer: await blank.png().toBuffer() };
    await bob.page.setInputFiles("[name=picture]", file);
    await press(bob.page, "#write form button:text('Envoyer')");
    expect(await bob.page.getAttribute("[name=pictureName]", "aria-invalid")).toBe("true");
    await bob.page.fill("[name=pictureName]", "Trois tables");
    await press(bob.page, "#write form button:text('Envoyer')");
    expect(await bob.page.textContent("article:target")).toMatch(/ada.*Qui apporte les tables.*J’en ai trois\./s);
    const picture = (await bob.page.getAttribute("article:target img[alt='Trois tables']", "src"))!;
    const shown = await ada.page.request.get(picture);
    expect([shown.status(), shown.headers()["cache-control"]]).toEqual([200, expect.stringMatching(/^private/)]);
    expect((await eve.page.request.get(picture)).status()).toBe(404);

    // An event in the group's name: its draft is shared by those who make its events, and by nobody else.
    await bob.page.goto(desk);
    await press(bob.page, "main a[href*='/dashboard/events/new?as=']");
    await bob.page.fill("[name=name]", "Fête sur le quai");
    await bob.page.fill("[name=placeName]", "Quai de la Fosse");
    await press(bob.page, "button[value=draft]");
    const id = new URL(bob.page.url()).pathname.split("/").at(-1)!;
    await ada.page.goto(desk);
    await press(ada.page, `main a[href='/dashboard/events/${id}']`);
    expect(await ada.page.textContent("h1")).toContain("Fête sur le quai");
    for (const { page } of [cleo, eve]) expect((await page.goto(`/events/${id}`))!.status()).toBe(404);
    await ada.page.goto(`/dashboard/events/${id}`);
    await press(ada.page, "form[action$='/publication'] button");
    for (const { page } of [cleo, eve]) expect((await page.goto(`/events/${id}`))!.status()).toBe(200);

    // The mails of the next mornings.
    await twoDaysLater();
    await tellNews();
    const followers = await letter("eve", ({ text }) => text.includes("Fête sur le quai"));
    expect(followers.text).toContain("Le Quai vert");
    await eve.page.goto(linkIn(followers, "/events/"));
    expect(await eve.page.textContent("h1")).toContain("Fête sur le quai");
    const digest = await letter("cleo", ({ text }) => text.includes("Une fête sur le quai ?"));
    expect(digest.text).toMatch(/Qui apporte les tables, @bob \?.*J’en ai trois\. Trois tables/s);
    await cleo.page.goto(linkIn(digest, "/discussions/"));
    expect(await cleo.page.textContent("main")).toMatch(/Qui apporte les tables.*J’en ai trois\./s);

    // What is wrong there is told to the host, in the words that one shows; it opens the discussion to nobody.
    const reported = await cleo.page.getAttribute("article:has-text('J’en ai trois') a[href^='/report']", "href");
    expect((await eve.page.goto(reported!))!.status()).toBe(404);
    await cleo.page.goto(reported!);
    expect(await cleo.page.textContent("main blockquote")).toBe("J’en ai trois. Trois tables");
    await cleo.page.fill("[name=content]", "Ce n’est pas vrai.");
    await cleo.page.waitForTimeout(600);
    await press(cleo.page, "form[action='/report/request'] button");
    expect(await cleo.page.textContent("#done")).toContain("Merci");
    const [flag] = await connection.db.select().from(schema.flags);
    expect(flag).toMatchObject({ content: "Ce n’est pas vrai.", quote: "J’en ai trois. Trois tables" });

    await bob.page.goto(`/dashboard/events/${id}/edit`);
    await role("member");
    await bob.page.fill("[name=name]", "Fête de bob");
    await bob.page.fill("[name=content]", "Un programme\nque j’ai mis une heure à écrire.");
    const answer = bob.page.waitForResponse((one) => one.request().method() === "POST");
    await press(bob.page, "button[value=save]");
    expect((await answer).status()).toBe(404);
    expect(await bob.page.textContent("main")).toMatch(/vous n’avez plus le droit.*une heure à écrire/s);
    expect(await bob.page.locator("pre").allTextContents()).toEqual(
      expect.arrayContaining(["Fête de bob", "Un programme\nque j’ai mis une heure à écrire."]),
    );
    expect(await overflow(bob.page)).toEqual([]);
    await eve.page.goto(`/events/${id}`);
    expect(await eve.page.textContent("h1")).toContain("Fête sur le quai");
    for (const one of [ada, bob, cleo, eve]) await one.leave();
  });

  it("see with script that somebody wrote, and from where on they have not read", async () => {
    await connection.db.update(accounts).set({ language: "en" });
    const [ada, bob] = [await as("ada", { locale: "en" }), await as("bob", { locale: "en" })];
    await bob.page.goto(`${talk}?at=end`);
    expect(await bob.page.textContent("main [role=status]")).toBe("");
    await ada.page.goto(`${talk}?at=end`);
    await ada.page.fill("#write textarea", "Then I bring the chairs.");
    await press(ada.page, "#write form button:text('Send')");
    await bob.page.click("main [role=status] a");
    await bob.page.waitForURL(/after=/);
    expect(await bob.page.textContent("main article")).toContain("Then I bring the chairs.");
    await bob.page.goto(`${group}/discussions`);
    expect(await bob.page.textContent("main li")).toContain("New for you");
    await press(bob.page, "main li h2 a");
    expect(await bob.page.textContent("#unread + article")).toContain("Then I bring the chairs.");
    await press(bob.page, "form[action$='/reading'] button");
    expect(await bob.page.locator("#unread").count()).toBe(0);
    for (const one of [ada, bob]) await one.leave();
  });

  it("find each of the group's pages accessible, valid and no wider than their window", async () => {
    const { page, leave } = await as("ada", { locale: "en" });
    const ofGroup = ["", "/members", "/discussions", "/discussions/new", "/posts", "/resources", "/resources/new"];
    const ofDesk = [
      "",
      "/posts",
      "/posts/new",
      "/members",
      "/requests",
      "/followers",
      "/log",
      "/settings",
      "/moving",
      "/closing",
    ];
    const found: string[] = [];
    for (const address of [
      ...ofGroup.map((path) => group + path),
      ...[talk, `${talk}/manage`, "/dashboard/groups", "/groups"],
      ...ofDesk.map((path) => desk + path),
    ]) {
      const note = (lines: string[]) => found.push(...lines.map((line) => `${address}: ${line}`));
      await page.setViewportSize({ width: 1200, height: 900 });
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(address);
      note(await axeViolations(page));
      note(await overflow(page));
      note((await htmlFaults(await page.content())).filter((fault) => !/doctype/i.test(fault)));
      await page.setViewportSize({ width: 360, height: 740 });
      await page.emulateMedia({ colorScheme: "dark" });
      note(await axeViolations(page, { only: "colours" }));
      note(await overflow(page));
    }
    await leave();
    expect(found).toEqual([]);
  });
});
