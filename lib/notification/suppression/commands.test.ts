import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { suppressAndMark } from "#lib/mail/commands.ts";
import { joinAsProfile } from "#lib/participation/profile/commands.ts";
import { joinEvent } from "#lib/participation/request/commands.ts";
import { listRows, makeEvent, request } from "#lib/participation/testing.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { Refusal } from "#lib/refusal.ts";
import { addressKey, signedId } from "#lib/secrets.ts";
import { chooseNotifications } from "../choice/commands.ts";
import { defaults, subjects } from "../choice/matrix.ts";
import { getMatrix } from "../choice/queries.ts";
import { allowAddress, purgeBounces, suppressAddress, wishMail } from "./commands.ts";
import { choiceStopPath, getSilence, getStopLink, isSilenced } from "./queries.ts";

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
  expect(await isSilenced(test.db, { id, emailKey })).toBe(false);
  await wishMail(test.db, genuine);
  expect(await isSilenced(test.db, { id, emailKey })).toBe(true);
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

describe("the link in a mail to an account", () => {
  it.each(subjects)("switches %s off, and on again, and nothing else", async (subject) => {
    const { account } = await person(test.db, `stop${subject.replaceAll("-", "")}`);
    const all = { ...defaults, "reminder-week": "at-once", "reminder-morning": "at-once" } as const;
    await chooseNotifications(test.db, account.id, all);
    const signed = decodeURIComponent(choiceStopPath(account.id, subject).split("/").at(-1)!);
    expect(await getStopLink(test.db, signed)).toMatchObject({ choice: { accountId: account.id, subject } });
    await wishMail(test.db, signed);
    await wishMail(test.db, signed);
    expect(await getMatrix(test.db, account.id)).toEqual({ ...all, [subject]: "off" });
    expect(
      (await getSilence(test.db, { emailKey: addressKey(account.email!), participationId: null })).server,
    ).toBeNull();
    await wishMail(test.db, signed, "allow");
    expect(await getMatrix(test.db, account.id)).toEqual(all);
  });

  it("is no link for another account, another kind, or another purpose", async () => {
    const { account } = await person(test.db, "stopother");
    const id = `requests~${account.id}`;
    for (const one of [`${id}.x`, signedId("calendar", id), link(`everything~${account.id}`), link("requests~x")])
      expect(await getStopLink(test.db, one)).toBeNull();
  });
});

it("lets mail to an account's own address go again, once the account has proven it", async () => {
  const event = await makeEvent(test.db);
  const { viewer, account, actor } = await person(test.db, "again");
  await joinAsProfile(test.db, viewer, event.id, { actor: actor.id, guests: 0, message: "", answers: {} });
  const key = addressKey(account.email!);
  await test.db.transaction((tx) => suppressAndMark(tx, key, "bounce"));
  const unreachable = async () => (await listRows(test.db, event.id))[0]!.unreachableAt !== null;
  expect([(await getSilence(test.db, { emailKey: key, participationId: null })).server, await unreachable()]).toEqual([
    "bounce",
    true,
  ]);
  await test.db.update(schema.accounts).set({ confirmedAt: null });
  await expect(allowAddress(test.db, viewer)).rejects.toThrow(Refusal);
  await test.db.update(schema.accounts).set({ confirmedAt: sql`now()` });
  await allowAddress(test.db, viewer);
  expect([(await getSilence(test.db, { emailKey: key, participationId: null })).server, await unreachable()]).toEqual([
    null,
    false,
  ]);
});
