import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations, htmlFaults, openBrowser, overflow, visitor } from "#bin/testing/browser.ts";
import { type Instance, startInstance } from "#bin/testing/instance.ts";
import { testSecret } from "#bin/testing/secret.ts";
import { type Connection, connect } from "#db/client.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { confirmParticipation } from "#lib/participation/commands.ts";
import { joinEvent } from "#lib/participation/request/commands.ts";
import { makeEvent, request, tokenOf } from "#lib/participation/testing.ts";
import { visitor as anybody } from "#lib/policy/viewer.ts";

let sends: Instance;
let keeps: Instance;
let browser: Browser;
let connection: Connection;
/** Paths, as the mails of a participant of the instance that keeps mail name them. */
let stop: string;

beforeAll(async () => {
  sends = await startInstance();
  keeps = await startInstance({ settings: { MAIL_URL: "outbox:" }, mode: "demo" });
  browser = await openBrowser();
  setConfig({ ...getConfig(), secretKey: testSecret, appUrl: keeps.url });
  connection = connect(keeps.databaseUrl!);
  await startSender(connection.db);
  const event = await makeEvent(connection.db, { name: "Lecture au parc", publishedAt: new Date() });
  const id = await joinEvent(connection.db, anybody, request(event.id, { email: "mail@example.org", language: "fr" }));
  await confirmParticipation(connection.db, await tokenOf(connection.db, id));
});
afterAll(async () => {
  await browser?.close();
  await stopSender();
  await connection?.close();
  await Promise.all([sends?.stop(), keeps?.stop()]);
});

/** The newest mail to the participant with these words in its subject. */
async function openMail(words: RegExp, options: Parameters<typeof visitor>[2] = {}) {
  const guest = await visitor(browser, keeps.url, options);
  const link = guest.page.getByRole("link", { name: words }).first();
  await expect
    .poll(
      async () => {
        await guest.page.goto("/mailbox?to=mail@example.org");
        return link.count();
      },
      { timeout: 30_000, interval: 300 },
    )
    .toBe(1);
  await link.click();
  return guest;
}

describe("the mailbox", () => {
  it("is absent wherever mail is really sent", async () => {
    for (const path of ["/mailbox", "/mailbox/0193a000-0000-7000-8000-000000000000", "/mailbox/x/html"])
      expect((await fetch(sends.url + path)).status).toBe(404);
  });

  it("shows a mail as text and as a mail program would, and hands over its calendar entry", async () => {
    const guest = await openMail(/C’est noté/, { width: 360, theme: "dark", locale: "fr" });
    const { page } = guest;
    expect(await axeViolations(page)).toEqual([]);
    expect(await overflow(page)).toEqual([]);
    expect(await htmlFaults(await page.content())).toEqual([]);
    stop = new URL((await page.getByRole("link", { name: "/unsubscribe/" }).getAttribute("href"))!).pathname;
    const here = page.url();
    const file = await guest.context.request.get(`${here}/attachments/0`);
    expect(file.headers()["content-type"]).toBe("text/calendar; charset=utf-8; method=PUBLISH");
    expect(file.headers()["content-disposition"]).toContain("attachment");
    expect(await file.text()).toContain("SUMMARY:Lecture au parc");
    const shown = await guest.context.request.get(`${here}/html`);
    expect(shown.headers()["content-security-policy"]).toMatch(/^default-src 'none'; .*sandbox$/);
    expect(await shown.text()).toMatch(/<img src="data:image\/png;base64,[^"]+" alt=""/);
    await page.goto(`${here}/html`);
    await guest.leave();
  });
});

describe("the link that stops mail", () => {
  it("does nothing by being looked at", async () => {
    for (const method of ["GET", "HEAD", "OPTIONS"])
      for (const path of [stop, `${stop}/one-click`])
        await fetch(keeps.url + path, { method, headers: { "Sec-Purpose": "prefetch" } });
    const guest = await visitor(browser, keeps.url);
    const answer = await guest.page.goto(stop);
    expect(answer!.headers()).toMatchObject({ "referrer-policy": "no-referrer", "x-robots-tag": "noindex" });
    expect(await guest.page.getByRole("status").innerText()).toContain("You get mail about this event");
    expect(await axeViolations(guest.page)).toEqual([]);
    await guest.leave();
  });

  it("stops and allows mail with one button each, without script", async () => {
    const guest = await visitor(browser, keeps.url, { script: false, width: 360 });
    const { page } = guest;
    await page.goto(stop);
    for (const [button, words] of [
      ["No more mail about this event", "You get no more mail about this event"],
      ["No mail at all from this server", "This address gets no more mail"],
      ["Allow mail again", "You get mail about this event"],
    ] as const) {
      await page.getByRole("button", { name: button }).click();
      expect(await page.getByRole("status").innerText()).toContain(words);
    }
    await guest.leave();
  });

  it("takes One-Click from mail programs, which bring neither origin nor cookie, and nothing else", async () => {
    const post = (path: string, body: string) =>
      fetch(keeps.url + path, { method: "POST", body: new URLSearchParams(body), redirect: "manual" });
    expect((await post(`${stop}/one-click`, "List-Unsubscribe=Other")).status).toBe(400);
    expect((await post(`${stop}x/one-click`, "List-Unsubscribe=One-Click")).status).toBe(404);
    expect((await post(`${stop}/choice`, "wish=server")).status).toBe(303);
    const page = async () => (await fetch(keeps.url + stop)).text();
    expect(await page()).toContain("You get mail about this event");
    // Some send it in pieces, and say no length.
    const pieces = new Blob(["List-Unsubscribe=One-Click"]).stream();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const init = { method: "POST", headers, body: pieces, duplex: "half" as const };
    expect((await fetch(`${keeps.url}${stop}/one-click`, init)).status).toBe(204);
    expect(await page()).toContain("You get no more mail about this event");
  });

  it("is the common 404 when it is not ours, however it is spelt", async () => {
    for (const path of ["/unsubscribe/x", `${stop}x`, "/unsubscribe/%00"])
      expect((await fetch(keeps.url + path)).status).toBe(404);
    expect((await fetch(`${keeps.url}/unsubscribe/%E0%A4%A`)).status).toBe(400);
  });
});
