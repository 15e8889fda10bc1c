import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeViolations, htmlFaults, openBrowser, overflow, press, visitor } from "#bin/testing/browser.ts";
import { Client } from "#bin/testing/client.ts";
import { type Instance, startInstance } from "#bin/testing/instance.ts";
import { type Entry, lettersTo, letterTo } from "#bin/testing/letters.ts";
import { testSecret } from "#bin/testing/secret.ts";
import { asSessionOf } from "#bin/testing/session.ts";
import { type Connection, connect } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { createEvent } from "#lib/event/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { confirmParticipation } from "#lib/participation/commands.ts";
import { listQuestions } from "#lib/participation/queries.ts";
import { countSeats, join, listMails, listRows } from "#lib/participation/testing.ts";
import { arrivalPath } from "#lib/urls.ts";

let instance: Instance;
let browser: Browser;
let connection: Connection;
let ada: Awaited<ReturnType<typeof person>>;
beforeAll(async () => {
  instance = await startInstance();
  browser = await openBrowser();
  setConfig({ ...getConfig(), secretKey: testSecret, appUrl: instance.url });
  connection = connect(instance.databaseUrl!);
  await startSender(connection.db);
  ada = await person(connection.db, "ada");
});
afterAll(async () => {
  await browser?.close();
  await stopSender();
  await connection?.close();
  await instance?.stop();
});

async function fine(page: Page) {
  expect(await axeViolations(page)).toEqual([]);
  expect(await overflow(page)).toEqual([]);
}
const addressOf = (name: string) => `${name}@journey.example`;
const picture = () =>
  sharp({ create: { width: 800, height: 400, channels: 3, background: "#065e47" } })
    .png()
    .toBuffer();
const joinAs = async (eventId: string, name: string) => {
  const token = await join(connection.db, eventId, { email: `${name}@example.org`, name });
  await confirmParticipation(connection.db, token);
  return token;
};
const inADay = () => new Date(Date.now() + 48 * 3_600_000).toISOString().slice(0, 19);

describe("an organiser and those who come", () => {
  it("five places, six people: published, joined by mail, one leaves, the first in the queue gets the place; moved, called off", async () => {
    const organiser = await visitor(browser, instance.url, { script: true, locale: "en", width: 1200 });
    const { page } = organiser;
    await asSessionOf(organiser.context, instance.url, ada.session);
    const [day, later] = [20, 27].map((days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10));
    const stamp = (date: string) => `TZID=Europe/Paris:${date.replaceAll("-", "")}T190000`;
    await page.goto("/dashboard/events/new");
    await page.fill("[name=name]", "Bicycle kitchen");
    await page.fill("[name=startDate]", day!);
    await page.fill("[name=endDate]", day!);
    await page.selectOption("[name=timezone]", "Europe/Paris");
    await page.fill("[name=placeName]", "The workshop");
    const [name, mimeType] = ["kitchen.png", "image/png"];
    await page.setInputFiles("[name=cover]", { name, mimeType, buffer: await picture() });
    await page.fill("[name=coverName]", "A bench with tools");
    await page.fill("[name=capacity]", "5");
    await page.check("[name=waitingList]");
    await page.click("summary:has(+ div [name=question1_label])");
    await page.fill("[name=question1_label]", "What do you bring?");
    await press(page, "button[value=publish]");
    const desk = new URL(page.url()).pathname;
    const eventId = desk.split("/").at(-1)!;
    const [question] = await listQuestions(connection.db, eventId);

    const names = ["ann", "ben", "cid", "dan", "eve", "fay"];
    const links: Record<string, string> = {};
    for (const name of names) {
      const client = new Client(instance.url);
      const event = `/events/${eventId}`;
      const typed = { email: addressOf(name), name, [`answers[${question!.id}]`]: `the bike of ${name}` };
      await client.fill(event, `${event}/participations`, typed);
      const { text } = await letterTo(instance.dataDir, addressOf(name), () => true);
      links[name] = /\/participations\/[\w-]{43}/.exec(text)![0];
      await client.fill(links[name], `${links[name]}/confirmation`);
    }
    const guest = await visitor(browser, instance.url, { script: false, width: 360 });
    await guest.page.goto(`/events/${eventId}`);
    expect(await guest.page.textContent("#join")).toContain("Join the waiting list (1 before you)");
    await guest.page.goto(links.fay!);
    expect(await guest.page.textContent("main")).toContain("You are number 1 in the queue");
    await guest.page.goto(`${links.ann}/leave`);
    await press(guest.page, "main form button");
    await letterTo(instance.dataDir, addressOf("fay"), ({ text }) => text.includes("A place"));
    await guest.page.goto(links.fay!);
    await press(guest.page, "form[action$=confirmation] button");
    expect(await guest.page.textContent("h1")).toBe("You’re coming");
    await guest.leave();
    expect(await countSeats(connection.db, eventId)).toEqual({ taken: 5, held: 5, accepted: 5 });

    // Another day: whoever comes is told once, by an entry that replaces the one they have.
    await page.goto(`${desk}/edit`);
    expect(await page.textContent("main")).toContain("5 people are told");
    await page.fill("[name=startDate]", later!);
    await page.fill("[name=endDate]", later!);
    await press(page, "button[value=save]");
    expect(await page.textContent("#done")).toContain("5 people are told");
    await connection.client`update pgboss.job set start_after = now() where name = 'event-changed'`;
    const had: Record<string, Entry> = {};
    for (const name of names.slice(1)) {
      const of = (start: string) =>
        letterTo(
          instance.dataDir,
          addressOf(name),
          ({ entry }) => entry?.start === start && entry.method === "PUBLISH",
        );
      const [before, after] = [await of(stamp(day!)), await of(stamp(later!))];
      expect(after.entry!.uid).toBe(before.entry!.uid);
      expect(after.entry!.sequence).toBeGreaterThan(before.entry!.sequence);
      had[name] = after.entry!;
    }
    expect(lettersTo(instance.dataDir, addressOf("ann")).some(({ entry }) => entry?.start === stamp(later!))).toBe(
      false,
    );

    const csv = await (await organiser.context.request.get(`${desk}/participants.csv`)).text();
    for (const name of names.slice(1)) expect(csv).toContain(`the bike of ${name}`);
    expect(csv).not.toContain("the bike of ann");

    await page.goto(`${desk}/cancellation`);
    await page.fill("[name=message]", "The workshop is flooded.");
    await press(page, "button[value=cancel]");
    for (const name of names.slice(1)) {
      const { text, entry } = await letterTo(
        instance.dataDir,
        addressOf(name),
        (one) => one.entry?.status === "CANCELLED",
      );
      expect(text).toContain("The workshop is flooded.");
      expect(entry).toMatchObject({ method: "CANCEL", uid: had[name]!.uid });
      expect(entry!.sequence).toBeGreaterThan(had[name]!.sequence);
    }
    await organiser.leave();
  }, 180_000);

  it.each([
    { script: true, locale: "en", width: 1200 },
    { script: false, locale: "fr", width: 360 },
  ] as const)(
    "are answered one or many at a time, taken back, added and written into a table (%j)",
    async (circumstances) => {
      const eventId = await createEvent(connection.db, ada.viewer, ada.actor.id, {
        ...{ name: "Workshop", timezone: "UTC", startWall: inADay(), state: "published", joinMode: "approval" },
        questions: [{ kind: "text" as const, label: "What do you bring?" }],
      });
      for (const name of ["ann", "ben", "=cid"]) await joinAs(eventId, name);
      const organiser = await visitor(browser, instance.url, circumstances);
      const { page } = organiser;
      await asSessionOf(organiser.context, instance.url, ada.session);
      const path = `/dashboard/events/${eventId}/participants`;
      await page.goto(path);
      expect(await page.locator("input[name=person]").count()).toBe(3);
      if (circumstances.script) await fine(page);
      for (const at of [0, 1]) await page.locator("input[name=person]").nth(at).check();
      await press(page, "button[value=approve]");
      expect(await page.locator("input[name=person]").count()).toBe(1);
      await press(page, "form[action$=undo] button");
      expect(await page.locator("input[name=person]").count()).toBe(3);
      expect(await countSeats(connection.db, eventId)).toEqual({ taken: 0, held: 0, accepted: 0 });
      await page.locator("input[name=person]").nth(0).check();
      await page.fill("[name=reason]", "We are too many this time.");
      await press(page, "button[value=reject]");
      await page.goto(path);
      await press(page, "button[value=approve]");
      expect(await page.locator("#errors").count()).toBe(1);
      await page.goto(`${path}?q=ben@`);
      expect(await page.locator("input[name=person]").count()).toBe(1);
      await page.check("input[name=person]");
      await press(page, "button[value=approve]");
      await page.goto(`${path}/new`);
      if (circumstances.script) await fine(page);
      await page.fill("[name=name]", "=1+1");
      await press(page, "main form button");
      expect(await countSeats(connection.db, eventId)).toEqual({ taken: 2, held: 2, accepted: 2 });
      if (circumstances.script) await fine(page);
      await page.goto(`${path}/sheet`);
      expect(await page.locator("tbody tr").count()).toBe(2);
      if (circumstances.script) await fine(page);
      const csv = await organiser.context.request.get(`${path}.csv`);
      expect(csv.headers()["content-disposition"]).toContain("participants.csv");
      const text = await csv.text();
      expect(text.charCodeAt(0)).toBe(0xfeff);
      expect(text).toContain('"\'=1+1"');
      expect(text).toContain('"ben@example.org"');
      expect((await (await organiser.context.request.get(`${path}.xlsx`)).body()).subarray(0, 2).toString()).toBe("PK");
      await page.goto(`/dashboard/events/${eventId}/messages`);
      if (circumstances.script) await fine(page);
      await page.fill("[name=name]", "Door code");
      await page.fill("[name=content]", "Ring at the <b>blue</b> door.");
      await page.check("[name=shown]");
      await press(page, "main form button");
      expect(await page.locator("#done").count()).toBe(1);
      for (let tries = 0; !(await listMails(connection.db, eventId)).includes("announcement") && tries < 50; tries++)
        await sleep(100);
      expect(await listMails(connection.db, eventId)).toContain("announcement");
      await page.goto(`/events/${eventId}`);
      expect(await page.textContent("section[aria-labelledby=news-title]")).toContain("Ring at the <b>blue</b> door.");
      if (circumstances.script) await fine(page);
      await organiser.leave();
      for (const file of ["participants.csv", "participants.xlsx"])
        expect((await fetch(`${instance.url}/dashboard/events/${eventId}/${file}`)).status).toBe(404);
    },
  );

  it("are met at the door by somebody who was invited to help, and who sees no address", async () => {
    const eventId = await createEvent(connection.db, ada.viewer, ada.actor.id, {
      ...{ name: "Open stage", timezone: "UTC", startWall: inADay(), state: "published" },
    });
    const ann = await joinAs(eventId, "ann");
    await joinAs(eventId, "bea");
    const mia = await person(connection.db, "mia");
    const organiser = await visitor(browser, instance.url, { script: true, locale: "en", width: 1200 });
    await asSessionOf(organiser.context, instance.url, ada.session);
    const team = `/dashboard/events/${eventId}/team`;
    await organiser.page.goto(team);
    await organiser.page.fill("[name=who]", "@nobody_of_that_name");
    await organiser.page.check("[value=helper]");
    await press(organiser.page, "main form[action$=invitation] button");
    expect(await organiser.page.textContent("#errors")).toContain("handle");
    await organiser.page.fill("[name=who]", "@mia");
    await press(organiser.page, "main form[action$=invitation] button");
    expect(await organiser.page.textContent("main")).toContain("No answer yet");
    await fine(organiser.page);
    const helper = await visitor(browser, instance.url, {
      script: false,
      locale: "fr",
      width: 360,
      expected: [/status of 404/],
    });
    await asSessionOf(helper.context, instance.url, mia.session);
    const { page } = helper;
    await page.goto("/dashboard");
    await press(page, "a[href^='/invitations/']");
    expect(await page.textContent("h1")).toContain("Open stage");
    await press(page, "form[action$=acceptance] button");
    expect(await page.textContent("#done")).toContain("Bienvenue");
    for (const path of ["check-in", "participants/sheet"]) {
      await page.goto(`/dashboard/events/${eventId}/${path}`);
      expect(await page.textContent("main")).toContain("ann");
      expect(await page.content()).not.toContain("ann@example.org");
    }
    // Found by name, ticked off by her row, taken back; the code of her page leads to her alone.
    const door = `/dashboard/events/${eventId}/check-in`;
    await page.goto(`${door}?q=ANN`);
    await press(page, "button[name=here]");
    expect(await page.textContent("main [role=status]")).toMatch(/ann.*Annuler|Sur place depuis \d\d:\d\d/);
    expect(await page.textContent("main")).toContain("1 personne est là, sur 2 attendues");
    await press(page, "main [role=status] button[name=gone]");
    expect(await page.textContent("main")).toContain("Personne n’est encore là");
    await page.goto(`${door}?q=nobody`);
    expect(await page.locator("button[name=here]").count()).toBe(0);
    const guest = await visitor(browser, instance.url, { locale: "en", width: 360 });
    await guest.page.goto(`/participations/${ann}`);
    expect(await guest.page.locator("svg[role=img]").count()).toBe(1);
    await fine(guest.page);
    await guest.leave();
    await page.goto(arrivalPath(eventId, (await listRows(connection.db, eventId))[0]!.id));
    await press(page, "main [role=status] button[name=here]");
    await organiser.page.goto(door);
    expect(await organiser.page.textContent("main")).toContain("Checked in");
    await fine(organiser.page);
    await page.goto(`/dashboard/events/${eventId}`);
    expect(await page.locator("a[href$='/edit'], a[href$='/deletion'], a[href$='/team']").count()).toBe(0);
    await organiser.page.goto(team);
    expect(await organiser.page.textContent("main")).toContain("@mia");
    await press(page, "form[action$=leaving] button");
    expect((await page.goto(`/dashboard/events/${eventId}`))!.status()).toBe(404);
    await helper.leave();
    await organiser.leave();
  });

  it("hide from whoever does not run the event", async () => {
    const eventId = await createEvent(connection.db, ada.viewer, ada.actor.id, {
      ...{ name: "Hidden list", timezone: "UTC", startWall: inADay(), state: "published" },
    });
    await joinAs(eventId, "ann");
    const bob = await person(connection.db, "bob");
    const other = await visitor(browser, instance.url, { expected: [/status of 404/] });
    await asSessionOf(other.context, instance.url, bob.session);
    for (const path of [
      "participants",
      "participants/new",
      "participants/sheet",
      "participants.csv",
      "participants.xlsx",
    ]) {
      const answer = await other.context.request.get(`/dashboard/events/${eventId}/${path}`);
      expect(answer.status(), path).toBe(404);
      expect(await answer.text()).not.toContain("ann@example.org");
    }
    await other.leave();
  });
});

describe("a group and those who read it", () => {
  it.each([
    { script: true, locale: "en", width: 360, theme: "dark" },
    { script: false, locale: "fr", width: 1200, theme: "light" },
  ] as const)("says something: a draft, shown to some, published, changed, taken away (%j)", async (circumstances) => {
    const { script } = circumstances;
    const [group, handle] = [newId(), `choir${script ? 1 : 2}`];
    await makeGroup(connection.db, { id: group, handle });
    await enrol(connection.db, group, { memberId: ada.actor.id, role: "moderator" });
    const writer = await visitor(browser, instance.url, circumstances);
    await asSessionOf(writer.context, instance.url, ada.session);
    const reader = await visitor(browser, instance.url, { expected: [/status of (404|410)/] });
    const { page } = writer;
    const look = async (there: Page) => {
      if (script) await fine(there);
      expect((await htmlFaults(await there.content())).filter((fault) => !/doctype/i.test(fault))).toEqual([]);
    };

    await page.goto(`/@${handle}`);
    await look(page);
    await press(page, "a[href$='/posts/new']");
    await page.fill("[name=name]", "Thanks");
    // Where scripts run, it is a draft before any button was pressed.
    if (script) await page.waitForFunction(() => document.querySelector("#autosave")?.textContent);
    // What is refused comes back as it was typed, with its picture.
    await page.fill("[name=tags]", "singing, winter");
    await page.setInputFiles("[name=cover]", { name: "a.png", mimeType: "image/png", buffer: await picture() });
    await press(page, "button[value=publish]");
    expect(await page.locator("#errors a[href='#field-coverName']").count()).toBe(1);
    expect([await page.inputValue("[name=name]"), await page.inputValue("[name=tags]")]).toEqual([
      "Thanks",
      "singing, winter",
    ]);
    await page.fill("[name=coverName]", "Forty people singing");
    await press(page, "button[value=publish]");
    expect(await page.locator("#errors a[href='#field-content']").count()).toBe(1);
    await look(page);
    await page.fill("[name=content]", "It was **good**.");
    await press(page, "button[value=preview]");
    const address = new URL(page.url()).pathname;
    expect(await page.textContent("main h1")).toBe("Thanks");
    await look(page);
    expect((await reader.page.goto(address))!.status()).toBe(404);

    await press(page, "aside a[href*='/dashboard/groups/']");
    await look(page);
    await press(page, "button[value=publish]");
    expect(new URL(page.url()).pathname).toBe(address);
    await look(page);
    expect((await reader.page.goto(address))!.status()).toBe(200);
    expect(await reader.page.getAttribute("article img", "alt")).toBe("Forty people singing");
    expect(await reader.page.innerHTML("article .prose")).toContain("<strong>good</strong>");
    expect(await reader.page.textContent("script[type='application/ld+json']")).toContain("BlogPosting");
    expect(await reader.page.getAttribute("head meta[property='og:image:alt']", "content")).toBe(
      "Forty people singing",
    );
    await press(reader.page, `article a[href='/@${handle}']`);
    await press(reader.page, `main section a[href='/@${handle}/posts']`);
    await fine(reader.page);
    await press(reader.page, "main li h2 a");
    expect(new URL(reader.page.url()).pathname).toBe(address);

    await press(page, "aside a[href*='/dashboard/groups/']");
    await press(page, "main a[href$='/deletion']");
    await look(page);
    await press(page, "form[action$='/deletion/request'] button");
    await look(page);
    expect((await reader.page.goto(address))!.status()).toBe(410);
    await fine(reader.page);
    await writer.leave();
    await reader.leave();
  });
});
