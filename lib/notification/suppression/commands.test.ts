import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { joinEvent } from "#lib/participation/request/commands.ts";
import { makeEvent, request } from "#lib/participation/testing.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { addressKey, signedId } from "#lib/secrets.ts";
import { purgeBounces, suppressAddress, wishMail } from "./commands.ts";
import { getSilence, getStopLink } from "./queries.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await startSender(test.db);
});
afterAll(async () => {
  await stopSender();
  await test.drop();
});

const link = (id: string) => signedId("unsubscribe", id);
const emailKey = addressKey("ada@example.org");

it("opens only links that were signed here, for this purpose", async () => {
  const event = await makeEvent(test.db);
  const id = await joinEvent(test.db, visitor, request(event.id));
  expect(await getStopLink(test.db, link(id))).toMatchObject({ participationId: id, eventName: event.name, emailKey });
  const genuine = link(id);
  const forged = [`${genuine.slice(0, -2)}xx`, id, `${id}.`, signedId("calendar", id), link("x"), `.${genuine}`, ""];
  for (const one of forged) {
    expect(await getStopLink(test.db, one)).toBeNull();
    await expect(wishMail(test.db, one, "server")).rejects.toThrow(Refusal);
  }
  expect(await getSilence(test.db, { emailKey, participationId: id })).toEqual({ server: null, event: false });
});

it("keeps an address's link working when its request is long gone, and keeps no address", async () => {
  const gone = link(emailKey.toString("hex"));
  await wishMail(test.db, gone);
  await wishMail(test.db, gone);
  expect(await getSilence(test.db, { emailKey, participationId: null })).toEqual({ server: "asked", event: false });
  expect(JSON.stringify(await test.db.execute(sql`select * from suppressions`))).not.toContain("ada");
  await wishMail(test.db, gone, "allow");
  expect((await getSilence(test.db, { emailKey, participationId: null })).server).toBeNull();
});

it("lets a wish outlast a bounce, and a bounce never end a wish", async () => {
  const silence = () => getSilence(test.db, { emailKey, participationId: null });
  await suppressAddress(test.db, emailKey, "bounce");
  expect((await silence()).server).toBe("bounce");
  await suppressAddress(test.db, emailKey, "asked");
  await suppressAddress(test.db, emailKey, "bounce");
  expect((await silence()).server).toBe("asked");
  await test.db.update(schema.suppressions).set({ createdAt: sql`now() - interval '40 days'` });
  await suppressAddress(test.db, addressKey("bob@example.org"), "bounce");
  await purgeBounces(test.db);
  expect((await silence()).server).toBe("asked");
});
