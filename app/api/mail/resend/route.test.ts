import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setDatabase } from "#app/_web/database.ts";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { setOrigin } from "#lib/instance/commands.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { deliverMail } from "#lib/mail/deliver.ts";
import { getSilence } from "#lib/notification/suppression/queries.ts";
import { confirmParticipation } from "#lib/participation/commands.ts";
import { joinAsProfile } from "#lib/participation/profile/commands.ts";
import { join, listRows, makeEvent } from "#lib/participation/testing.ts";
import { addressKey } from "#lib/secrets.ts";
import { POST } from "./route.ts";

const given = getConfig();
const key = Buffer.from("a signing secret that nobody guesses");
const webhookSecret = `whsec_${key.toString("base64")}`;
const resend = { transport: "resend", apiKey: "re_test", baseUrl: "http://127.0.0.1:9", webhookSecret } as const;
let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
  setDatabase(base.db);
  await setOrigin(base.db, given.appUrl);
  await startSender(base.db);
});
beforeEach(() => setConfig({ ...given, mail: resend }));
afterAll(async () => {
  setConfig(given);
  await stopSender();
  await base.drop();
});

let count = 0;
const told = (type: string, to: string[], more = {}) =>
  JSON.stringify({ type, created_at: "2026-11-27T00:00:00.000Z", data: { email_id: "x", to, subject: "Hi", ...more } });
const bounced = (to: string) =>
  told("email.bounced", [to], { bounce: { type: "Permanent", subType: "General", message: "No" } });
const now = () => Math.floor(Date.now() / 1000);

/** A message as Svix signs it; a test changes one thing. */
function signed(body: string, { id = `msg_${++count}`, at = now(), by = key, version = "v1" } = {}) {
  const signature = createHmac("sha256", by).update(`${id}.${at}.${body}`).digest("base64");
  return { "svix-id": id, "svix-timestamp": String(at), "svix-signature": `${version},${signature} v1,other` };
}
const send = (body: string, headers: Record<string, string>) =>
  POST(
    new Request("http://localhost:3000/api/mail/resend", {
      method: "POST",
      body,
      headers: { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)), ...headers },
    }),
  );
const silence = async (email: string) =>
  (await getSilence(base.db, { emailKey: addressKey(email), participationId: null })).server;

describe("what Resend tells of our mail", () => {
  it("stops mail to an address that refused it, and shows the organiser that it cannot be reached", async () => {
    const event = await makeEvent(base.db);
    const ann = await person(base.db, "returned");
    const wish = { actor: ann.actor.id, guests: 0, message: "", answers: {} };
    await joinAsProfile(base.db, ann.viewer, event.id, wish);
    await confirmParticipation(base.db, await join(base.db, event.id, { email: "Bob@Example.org" }));
    await confirmParticipation(base.db, await join(base.db, event.id, { email: "cid@example.org" }));
    for (const to of ["Bob <bob@example.org>", "returned@example.org"]) {
      const body = bounced(to);
      expect((await send(body, signed(body))).status).toBe(204);
    }
    const rows = await listRows(base.db, event.id);
    expect(rows.map(({ email, unreachableAt }) => [email, unreachableAt !== null])).toEqual([
      [null, true],
      ["Bob@Example.org", true],
      ["cid@example.org", false],
    ]);
    expect([await silence("bob@example.org"), await silence("cid@example.org")]).toEqual(["bounce", null]);
    // What waits for them is dropped, never sent: nothing listens where it would go.
    const theirs = await base.db.select().from(schema.mails).where(eq(schema.mails.participationId, rows[1]!.id));
    const mail = theirs.find(({ message }) => message === "participation-receipt");
    await deliverMail(base.db, mail!.id);
    const [settled] = await base.db.select().from(schema.mails).where(eq(schema.mails.id, mail!.id));
    expect(settled).toMatchObject({ state: "dropped", reason: "suppressed: bounce" });
  });

  it("stops mail to whoever called it spam, and not for what is only late or has arrived", async () => {
    const complaint = told("email.complained", ["dan@example.org"]);
    expect((await send(complaint, signed(complaint))).status).toBe(204);
    const others = [
      told("email.bounced", ["eve@example.org"], { bounce: { type: "Transient" } }),
      told("email.delivered", ["eve@example.org"]),
      told("email.bounced", ["eve@example.org"]),
      "no JSON",
    ];
    for (const body of others) expect((await send(body, signed(body))).status).toBe(204);
    expect([await silence("dan@example.org"), await silence("eve@example.org")]).toEqual(["complaint", null]);
  });

  it("is not believed without its signature, with another, long ago, or again; then nothing changes", async () => {
    const fay = bounced("fay@example.org");
    const right = signed(fay);
    const { "svix-signature": signature, ...unsigned } = right;
    const forged: Record<string, string>[] = [
      {},
      unsigned,
      { ...right, "svix-signature": "" },
      { ...right, "svix-signature": signature.replace("v1,", "v2,") },
      { ...right, "svix-id": "msg_other" },
      { ...right, "svix-timestamp": String(now() - 1) },
      { ...right, "svix-timestamp": "soon" },
      signed(fay, { by: Buffer.from("another secret") }),
      signed(fay, { at: now() - 301 }),
      signed(fay, { at: now() + 302 }),
      signed(bounced("gus@example.org")),
    ];
    for (const headers of forged) expect((await send(fay, headers)).status).toBe(401);
    expect(await silence("fay@example.org")).toBeNull();
    // Its genuine twin is believed, once; again, also when the address is reached anew meanwhile, it is not.
    expect((await send(fay, right)).status).toBe(204);
    expect(await silence("fay@example.org")).toBe("bounce");
    await base.db.delete(schema.suppressions);
    expect((await send(fay, right)).status).toBe(401);
    expect(await silence("fay@example.org")).toBeNull();
  });

  it("has no door where the host gave no secret, or sends by other means", async () => {
    const body = bounced("hal@example.org");
    setConfig({ ...given, mail: { ...resend, webhookSecret: null } });
    expect((await send(body, signed(body))).status).toBe(404);
    setConfig({ ...given, mail: { transport: "smtp", url: "smtp://127.0.0.1" } });
    expect((await send(body, signed(body))).status).toBe(404);
    expect(await silence("hal@example.org")).toBeNull();
  });
});
