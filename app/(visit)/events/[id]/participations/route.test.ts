import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setDatabase } from "#app/_web/database.ts";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { confirmParticipation } from "#lib/participation/commands.ts";
import { askQuestion, join, listMails, listRows, makeEvent, pass } from "#lib/participation/testing.ts";
import { POST as links } from "../../../participations/route.ts";
import { POST as resend } from "./mail/route.ts";
import { POST } from "./route.ts";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase({ max: 10 });
  setDatabase(base.db);
  await startSender(base.db);
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});
beforeEach(() => base.db.delete(schema.limits));

const origin = "http://localhost:3000";

/** The hidden fields of a form that was shown so many milliseconds ago. */
function guard(path: string, ago = 5_000): Record<string, string> {
  const now = Date.now;
  Date.now = () => now() - ago;
  const inputs = FormGuard({ path });
  Date.now = now;
  return Object.fromEntries(inputs.map(({ props }) => [props.name, props.value]));
}

type Fields = Record<string, string> | [string, string][];
const pairs = (fields: Fields) => (Array.isArray(fields) ? fields : Object.entries(fields));

function send(path: string, fields: Fields, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(pairs(fields));
  return new Request(`${origin}${path}`, {
    method: "POST",
    body,
    headers: { Origin: origin, "Sec-Fetch-Site": "same-origin", "x-parvis-client": "192.0.2.1", ...headers },
  });
}

const pathOf = (id: string) => `/events/${id}/participations`;
const joinBy = (id: string, fields: Fields, headers = {}, ago?: number) =>
  POST(send(pathOf(id), [...Object.entries(guard(pathOf(id), ago)), ...pairs(fields)], headers), {
    params: Promise.resolve({ id }),
  });

/** The form that an answer leads back to. */
async function formOf(answer: Response) {
  expect(answer.status).toBe(303);
  const id = new URL(answer.headers.get("location")!, origin).searchParams.get("form");
  const [form] = await base.db.select().from(schema.forms).where(eq(schema.forms.id, id!));
  return form!;
}

describe("the door to taking part", () => {
  it("answers 303 to the panel on the event's page", async () => {
    const event = await makeEvent(base.db);
    const answer = await joinBy(event.id, { email: "ada@example.org" });
    expect(answer.headers.get("location")).toMatch(new RegExp(`^/events/${event.id}\\?form=[0-9a-f-]{36}#join$`));
    expect((await formOf(answer)).outcome).toBe("sent");
    expect(await listMails(base.db, event.id)).toEqual(["confirm-participation"]);
  });

  it("takes nothing from the form that the form does not ask", async () => {
    const event = await makeEvent(base.db);
    const wish = {
      state: "accepted",
      confirmedAt: "2020-01-01",
      source: "organizer",
      id: "x",
      event_id: "x",
      language: "xx",
    };
    await joinBy(event.id, { email: "ada@example.org", ...wish, token_hash: "x", erased_at: "x" });
    const [row] = await listRows(base.db, event.id);
    expect(row).toMatchObject({ state: "unconfirmed", confirmedAt: null, source: "web", language: "en" });
  });

  it("gives a robot the page that people get, and no mail", async () => {
    const event = await makeEvent(base.db);
    const answer = await joinBy(event.id, { email: "bot@example.org", website: "https://spam.example" });
    expect((await formOf(answer)).outcome).toBe("sent");
    expect(await listRows(base.db, event.id)).toEqual([]);
    expect((await formOf(await joinBy(event.id, { email: "bot@example.org" }, {}, 0))).errors).toEqual({
      "": "form-too-fast",
    });
    const bare = await POST(send(pathOf(event.id), { email: "bot@example.org" }), {
      params: Promise.resolve({ id: event.id }),
    });
    expect((await formOf(bare)).errors).toEqual({ "": "form-stale" });
    expect(await listRows(base.db, event.id)).toEqual([]);
  });

  it("stops a network after thirty an hour, says how long, and keeps what was typed", async () => {
    const event = await makeEvent(base.db);
    let last: Response | null = null;
    for (let i = 0; i < 31; i++)
      last = await joinBy(event.id, { email: `p${i}@example.org`, website: "x", name: "Ada" });
    const form = await formOf(last!);
    expect(form.errors).toEqual({ "": "too-many-requests" });
    expect(Number(form.values.retry_after)).toBeGreaterThan(3_000);
    expect(form.values).toMatchObject({ email: "p30@example.org", name: "Ada" });
    expect(Number(last!.headers.get("retry-after"))).toBeGreaterThan(3_000);
  });

  it.each([
    ["a foreign origin", { Origin: "https://evil.example" }],
    ["a foreign site", { "Sec-Fetch-Site": "cross-site" }],
    ["a null origin from elsewhere", { Origin: "null", "Sec-Fetch-Site": "cross-site" }],
  ])("refuses %s with 403 and no effect", async (_, headers) => {
    const event = await makeEvent(base.db);
    expect((await joinBy(event.id, { email: "ada@example.org" }, headers)).status).toBe(403);
    expect(await listRows(base.db, event.id)).toEqual([]);
  });

  it("is a 404 for events that are not there, whatever the id looks like", async () => {
    for (const id of ["nonsense", "a\r\nb", "%00", "\0", "0".repeat(400)]) {
      const path = pathOf(encodeURIComponent(id));
      const request = send(path, { ...guard(path), email: "ada@example.org" });
      expect((await POST(request, { params: Promise.resolve({ id }) })).status).toBe(404);
      const bad = send(path, { ...guard(path), email: "not an address" });
      expect((await POST(bad, { params: Promise.resolve({ id }) })).status).toBe(303);
    }
  });
});

const big = "a".repeat(1_000_001);
const odd = [
  "[object Object]",
  "__proto__",
  "-0",
  "NaN",
  "1e309",
  "9007199254740993",
  "0x1",
  "1;2",
  "\0",
  "\ud800",
  "\u202e",
  big,
];
const zalgo = `Z${"\u0301".repeat(5000)}`;

describe("hostile input is answered at the field, never with a fault", () => {
  const fields = ["email", "name", "guests", "message", "website", "answers", "answers[x]", "answers[__proto__]"];
  it.each(fields)("in %s", async (field) => {
    const event = await makeEvent(base.db, { joinMode: "approval", maximumGuests: 5 });
    const question = await askQuestion(base.db, event.id);
    const names = field === "answers[x]" ? [field, `answers[${question.id}]`] : [field];
    for (const name of names)
      for (const value of [
        ...odd,
        zalgo,
        "%",
        "%zz",
        "<img src=x onerror=alert(1)>",
        "' or 1=1 --",
        '"'.repeat(600_000),
      ]) {
        await base.db.delete(schema.limits);
        const answer = await joinBy(event.id, [
          ...(name === "email" ? [] : [["email", "a@example.org"] as [string, string]]),
          [name, value],
        ]);
        expect([303, 413]).toContain(answer.status);
        if (answer.status === 303) expect((await formOf(answer)).outcome).toMatch(/refused|sent/);
      }
    for (const twice of names) {
      const answer = await joinBy(event.id, [
        ["email", "a@example.org"],
        [twice, "1"],
        [twice, "2"],
      ]);
      const form = await formOf(answer);
      if (twice !== "answers[x]" && twice !== "answers[__proto__]")
        expect(Object.values(form.errors)).toEqual(["bad-form"]);
    }
    expect((await listRows(base.db, event.id)).length).toBeLessThanOrEqual(2);
  });

  it("says what is wrong in the words of that field", async () => {
    const event = await makeEvent(base.db, { maximumGuests: 1 });
    const refused = async (fields: Record<string, string>) =>
      (await formOf(await joinBy(event.id, { email: "ada@example.org", ...fields }))).errors;
    expect(await refused({ email: "ada" })).toEqual({ email: "email-invalid" });
    expect(await refused({ email: "" })).toEqual({ email: "required" });
    expect(await refused({ email: "a@example.org\nBcc: b@example.org" })).toEqual({ email: "email-invalid" });
    expect(await refused({ email: "a@example.org, b@example.org" })).toEqual({ email: "email-invalid" });
    expect(await refused({ name: "a".repeat(101) })).toEqual({ name: "too-long" });
    expect(await refused({ name: "a\0" })).toEqual({ name: "text-invalid" });
    expect(await refused({ guests: "-1" })).toEqual({ guests: "number-invalid" });
    expect(await refused({ guests: "6" })).toEqual({ guests: "guests-too-many" });
    expect(await refused({ guests: "2" })).toEqual({ guests: "guests-too-many" });
    expect(await refused({ email: "ada", guests: "x" })).toEqual({ email: "email-invalid", guests: "number-invalid" });
  });

  it("a name cannot carry a second line", async () => {
    const event = await makeEvent(base.db);
    await joinBy(event.id, { email: "ada@example.org", name: "Ada\r\nBcc: x@example.org" });
    expect((await listRows(base.db, event.id))[0]!.name).toBe("Ada Bcc: x@example.org");
  });
});

describe("nobody learns who takes part", () => {
  /**
   * The ratio of the slowest to the quickest, by the best answer that each had: asked in turn five times, and as long as
   * they differ up to forty times. Load only adds to an answer; what an address costs is in each of them.
   */
  async function difference(whos: string[], ask: (who: string, round: number) => Promise<unknown>): Promise<number> {
    const best = whos.map(() => Number.POSITIVE_INFINITY);
    const ratio = () => Math.max(...best) / Math.min(...best);
    for (let round = 0; round < 5 || (ratio() >= 1.1 && round < 40); round++)
      for (const [at, who] of whos.entries()) {
        const start = performance.now();
        await ask(who, round);
        best[at] = Math.min(best[at]!, performance.now() - start);
      }
    return ratio();
  }
  const shape = async (answer: Response) => [
    answer.status,
    [...answer.headers.keys()].sort(),
    answer.headers.get("location")!.replace(/[0-9a-f-]{36}/g, "…"),
    (await answer.text()).length,
  ];

  it("by joining: new, asked, confirmed, declined and worn-out addresses get one answer in one time", async () => {
    const event = await makeEvent(base.db, { joinMode: "approval" });
    await join(base.db, event.id, { email: "asked@example.org" });
    await confirmParticipation(base.db, await join(base.db, event.id, { email: "known@example.org" }));
    for (let i = 0; i < 3; i++) await join(base.db, (await makeEvent(base.db)).id, { email: "worn@example.org" });
    await pass(base.db, event.id, 61);
    const shapes = new Set<string>();
    const ratio = await difference(["new", "asked", "known", "worn"], async (who, round) => {
      const email = who === "new" ? `new${round}@example.org` : `${who}@example.org`;
      const answer = await joinBy(event.id, { email }, { "x-parvis-client": `192.0.2.${round}` });
      shapes.add(JSON.stringify(await shape(answer)));
    });
    expect(shapes.size).toBe(1);
    expect(ratio).toBeLessThan(1.1);
  });

  it("by asking for links", async () => {
    const event = await makeEvent(base.db);
    await confirmParticipation(base.db, await join(base.db, event.id, { email: "known@example.org" }));
    const shapes = new Set<string>();
    const ratio = await difference(["known", "unknown"], async (who, round) => {
      const fields = { ...guard("/participations"), email: `${who}@example.org` };
      const answer = await links(send("/participations", fields, { "x-parvis-client": `192.0.2.${round}` }), {
        params: Promise.resolve({}),
      });
      shapes.add(JSON.stringify(await shape(answer)));
    });
    expect(shapes.size).toBe(1);
    expect(ratio).toBeLessThan(1.1);
    expect(await listMails(base.db, event.id)).toContain("participation-links");
  });
});

describe("sending the mail again", () => {
  const again = (id: string, sent: string) => {
    const path = `${pathOf(id)}/mail`;
    return resend(send(path, { ...guard(path), sent }), { params: Promise.resolve({ id }) });
  };

  it("waits for its minute, then mails, and knows no address but that of its own form", async () => {
    const event = await makeEvent(base.db);
    const form = await formOf(await joinBy(event.id, { email: "ada@example.org" }));
    expect((await again(event.id, form.id)).headers.get("location")).toContain("&wait=1#join");
    expect(await listMails(base.db, event.id)).toHaveLength(1);
    await pass(base.db, event.id, 61);
    const now = Date.now;
    Date.now = () => now() + 61_000;
    const answer = await again(event.id, form.id).finally(() => {
      Date.now = now;
    });
    expect((await formOf(answer)).outcome).toBe("sent-again");
    expect(await listMails(base.db, event.id)).toHaveLength(2);
    for (const foreign of [(await makeEvent(base.db)).id, "nonsense"])
      expect((await formOf(await again(foreign, form.id))).errors).toEqual({ "": "form-stale" });
  });
});
