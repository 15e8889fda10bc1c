import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connection, connect, schema } from "#db/client.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { askQuestion, countSeats, join, listRows, makeEvent, makeRequests } from "#lib/participation/testing.ts";
import { openBrowser, visitor } from "../../../bin/testing/browser.ts";
import { type Instance, startInstance } from "../../../bin/testing/instance.ts";

const { events, participations } = schema;
let instance: Instance;
let base: Connection;
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  instance = await startInstance();
  base = connect(instance.databaseUrl!);
  await startSender(base.db);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stopSender();
  await base?.close();
  await instance?.stop();
});

const rows = (id: string) => base.db.execute(sql`select p::text from participations p where event_id = ${id}`);

describe("the page behind a mailed link", () => {
  it.each([true, false])(
    "confirms, changes, leaves, comes back and is erased by buttons alone (script: %s)",
    async (script) => {
      const event = await makeEvent(base.db, { maximumAttendeeCapacity: 3, maximumGuests: 2, name: "Repair café" });
      await askQuestion(base.db, event.id);
      const token = await join(base.db, event.id, { email: `script-${script}@example.org` });
      const who = await visitor(browser, instance.url, { script });
      const { page } = who;
      const press = (name: string) => page.getByRole("button", { name }).click();
      // The page's own policy (no-referrer) makes the browser send "Origin: null" with each of these forms.
      const origins: (string | undefined)[] = [];
      page.on("request", (request) => {
        if (request.method() === "POST") void request.allHeaders().then((headers) => origins.push(headers.origin));
      });

      await page.goto(`/participations/${token}`);
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Are you coming?");
      const tab = await who.context.newPage();
      await tab.goto(`/participations/${token}`);
      await page.getByLabel("Who comes with you?").selectOption("1");
      await press("Yes, I’m coming");
      await page.getByRole("status").getByText("Confirmed.").waitFor();
      expect((await countSeats(base.db, event.id)).taken).toBe(2);
      expect(origins).toContain("null");

      await tab.getByRole("button", { name: "Yes, I’m coming" }).click();
      await tab.getByRole("status").getByText("done already").waitFor();
      await tab.close();
      expect((await countSeats(base.db, event.id)).taken).toBe(2);

      await page.getByText("Change something").click();
      await page.getByLabel("Who comes with you?").selectOption("2");
      await page.getByLabel("What do you bring?").fill("A radio");
      await press("Keep these changes");
      await page.getByText("Your changes are kept.").waitFor();
      expect(await countSeats(base.db, event.id)).toMatchObject({ taken: 3, held: 3 });

      await page.getByRole("link", { name: "I can’t come" }).click();
      await press("Yes, I’m not coming");
      await page.getByRole("heading", { name: "You’re not coming" }).waitFor();
      expect((await countSeats(base.db, event.id)).taken).toBe(0);
      await press("I’m coming after all");
      await page.getByRole("heading", { name: "You’re coming" }).waitFor();

      const change = (values: object) => base.db.update(events).set(values).where(eq(events.id, event.id));
      await change({ hiddenAt: new Date() });
      await page.reload();
      await page.getByRole("heading", { name: "This event was taken down" }).waitFor();
      expect(await page.locator("main section").textContent()).toContain("Repair caféWhen");
      // Of a profile that is a member no more.
      await base.db
        .update(participations)
        .set({ actorId: event.organizerId })
        .where(eq(participations.eventId, event.id));
      await change({ hiddenAt: null, visibility: "members" });
      await page.reload();
      await page.getByRole("heading", { name: "This event is no longer open to you" }).waitFor();
      expect(await page.textContent("main")).not.toContain("Repair café");
      expect(await page.getByRole("link", { name: "I can’t come" }).count()).toBe(1);

      await page.getByRole("link", { name: "Delete my data" }).click();
      await press("Delete my data for good");
      await page.getByRole("heading", { name: "Your data is deleted" }).waitFor();
      expect((await listRows(base.db, event.id))[0]).toMatchObject({ email: null, name: "", state: "left" });
      const gone = await fetch(`${instance.url}/participations/${token}`);
      expect(gone.status).toBe(404);
      await who.leave();
    },
  );

  it("comes back filled in when the last places went meanwhile", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 2, maximumGuests: 2 });
    const token = await join(base.db, event.id);
    const who = await visitor(browser, instance.url, { script: false });
    await who.page.goto(`/participations/${token}`);
    await who.page.getByLabel("Who comes with you?").selectOption("2");
    await who.page.getByRole("button", { name: "Yes, I’m coming" }).click();
    await who.page.locator("#errors").getByText("not enough places").waitFor();
    expect(await who.page.getByLabel("Who comes with you?").inputValue()).toBe("2");
    expect((await listRows(base.db, event.id))[0]!.state).toBe("unconfirmed");
    await who.leave();
  });

  it("never acts on GET, HEAD, OPTIONS or a prefetch, ten times each; the button then works", async () => {
    const event = await makeEvent(base.db);
    const token = await join(base.db, event.id);
    const before = await rows(event.id);
    const doors = ["", "/confirmation", "/cancellation", "/change", "/erasure", "/leave", "/erase"];
    for (const door of doors)
      for (const method of ["GET", "HEAD", "OPTIONS"])
        for (const headers of [[], [["Purpose", "prefetch"]], [["Sec-Purpose", "prefetch;prerender"]]] as [
          string,
          string,
        ][][])
          for (let i = 0; i < (door === "" ? 10 : 2); i++) {
            const answer = await fetch(`${instance.url}/participations/${token}${door}`, { method, headers });
            expect(answer.status).toBeLessThan(500);
          }
    expect(await rows(event.id)).toEqual(before);
    const who = await visitor(browser, instance.url);
    await who.page.goto(`/participations/${token}`);
    await who.page.getByRole("button", { name: "Yes, I’m coming" }).click();
    await who.page.getByRole("heading", { name: "You’re coming" }).waitFor();
    await who.leave();
  });

  it("gives ten seats to two hundred who press their buttons at once", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 10 });
    const tokens = await makeRequests(base.db, event.id, 200);
    const statuses = await Promise.all(
      tokens.map(async (token) => {
        const answer = await fetch(`${instance.url}/participations/${token}/confirmation`, {
          method: "POST",
          redirect: "manual",
          headers: { Origin: instance.url, "Content-Type": "application/x-www-form-urlencoded" },
          body: "",
        });
        return `${answer.status} ${/[?&](done|form)=/.exec(answer.headers.get("location") ?? "")?.[1]}`;
      }),
    );
    expect(statuses.filter((status) => status === "303 done")).toHaveLength(10);
    expect(statuses.filter((status) => status === "303 form")).toHaveLength(190);
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 10, held: 10, accepted: 10 });
  });

  it("is kept by nobody, listed by nobody, and told to nobody", async () => {
    const event = await makeEvent(base.db);
    const token = await join(base.db, event.id);
    for (const path of [token, `${token}/leave`, "x".repeat(43), "short"]) {
      const answer = await fetch(`${instance.url}/participations/${path}`);
      expect(answer.headers.get("cache-control")).toContain("no-store");
      expect(answer.headers.get("x-robots-tag")).toBe("noindex");
      expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    }
    expect(instance.log()).not.toContain(token);
  });

  it("is one page with one status for every link that opens nothing", async () => {
    const event = await makeEvent(base.db);
    const token = await join(base.db, event.id);
    await base.db.execute(
      sql`update participations set expires_at = now() - interval '1 second' where event_id = ${event.id}`,
    );
    const pages = await Promise.all(
      [token, "x".repeat(43), token.slice(0, 42), `${token}x`, "%00", "%E0%A4%A", "a%0d%0ab"].map(async (one) => {
        const answer = await fetch(`${instance.url}/participations/${one}`);
        return [one, answer.status, (await answer.text()).match(/<h1[^>]*>([^<]*)/)?.[1]];
      }),
    );
    // "%E0%A4%A" is no URL at all, which Next says by itself.
    expect(pages.filter(([one]) => one !== "%E0%A4%A").map(([, ...rest]) => rest)).toEqual(
      Array(6).fill([404, "This link does not work"]),
    );
    expect(pages.find(([one]) => one === "%E0%A4%A")![1]).toBe(400);
  });

  it("takes no form from elsewhere, and no null origin without our token", async () => {
    const event = await makeEvent(base.db);
    const token = await join(base.db, event.id);
    const before = await rows(event.id);
    const post = (headers: Record<string, string>) =>
      fetch(`${instance.url}/participations/${token}/confirmation`, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
        body: "guests=0",
      });
    expect((await post({ Origin: "https://evil.example" })).status).toBe(403);
    expect((await post({ Origin: "null", "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    for (const headers of [{}, { Origin: "null" }, { Origin: "null", "Sec-Fetch-Site": "same-origin" }])
      expect((await post(headers as Record<string, string>)).status).toBe(303);
    expect(await rows(event.id)).toEqual(before);
  });
});
