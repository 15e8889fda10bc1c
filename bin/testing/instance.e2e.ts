import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations, htmlFaults, openBrowser, overflow, visitor } from "./browser.ts";
import { type Instance, startInstance } from "./instance.ts";

let instance: Instance;
let browser: Browser;
beforeAll(async () => {
  instance = await startInstance();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await instance?.stop();
});

/** Serves one strange page to whoever asks, in place of the instance's. */
async function strange(html: string, path = "/strange") {
  const guest = await visitor(browser, instance.url);
  await guest.page.route(`**${path}`, (route) =>
    route.fulfill({
      body: html,
      contentType: "text/html",
      headers: { "content-security-policy": "script-src 'nonce-x'" },
    }),
  );
  await guest.page.goto(path);
  return guest;
}

describe("the browser harness", () => {
  it("finds nothing wrong with a page that is right", async () => {
    const guest = await visitor(browser, instance.url);
    await guest.page.goto("/");
    expect(await guest.page.title()).toBeTruthy();
    await guest.leave();
  });

  it.each([
    ["a request to another host", `<img src="http://other.example/pixel.png">`, /elsewhere: http:\/\/other.example/],
    ["a console error", `<script nonce="x">console.error("loud")</script>`, /console: loud/],
    ["a page error", `<script nonce="x">throw new Error("broken")</script>`, /page error: Error: broken/],
    ["a violation of the policy", `<script>document.title = "inline"</script>`, /console: .*Content Security Policy/],
  ])("notices %s", async (_, html, fault) => {
    const guest = await strange(html);
    await expect.poll(() => guest.faults.join("\n")).toMatch(fault);
    await expect(guest.leave()).rejects.toThrow(fault);
  });

  it("notices what axe, the validator and a ruler would", async () => {
    const html = `<!DOCTYPE html><html><head><title>x</title></head><body><img src="data:,"><p><div style="width:3000px">.</div></p></body></html>`;
    const guest = await strange(html);
    expect((await axeViolations(guest.page)).join()).toMatch(/image-alt/);
    expect((await overflow(guest.page)).join()).toMatch(/div/);
    expect((await htmlFaults(html)).join()).toMatch(/close-order|element-permitted/);
    await guest.context.close();
  });

  it("has letters to write with, so that what is too wide is seen", async () => {
    const guest = await visitor(browser, instance.url);
    await guest.page.setContent(`<p><span id="word" style="font: 20px sans-serif">Parvis</span></p>`);
    expect((await guest.page.locator("#word").boundingBox())!.width).toBeGreaterThan(30);
    await guest.leave();
  });

  it("runs no script for somebody without script", async () => {
    const guest = await visitor(browser, instance.url, { script: false, locale: "fr", width: 360, theme: "dark" });
    await guest.page.setContent(
      `<p id="said">quiet</p><script>document.getElementById("said").textContent = "loud"</script>`,
    );
    expect(await guest.page.textContent("#said")).toBe("quiet");
    await guest.leave();
  });
});
