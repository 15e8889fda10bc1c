import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { confirmAddress, requestAddress } from "#lib/account/address/commands.ts";
import { doorstep, linkOf, password, person } from "#lib/account/testing.ts";
import { addProfile } from "#lib/actor/commands.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import type { Refusal } from "#lib/refusal.ts";
import { cancelParticipation, confirmParticipation } from "../commands.ts";
import { decideParticipation } from "../decision/commands.ts";
import { eraseAddresses } from "../erasure/commands.ts";
import { requestLinks } from "../links/commands.ts";
import { listOwnParticipations } from "../mine/queries.ts";
import { joinEvent } from "../request/commands.ts";
import { askQuestion, countSeats, join, listMails, listRows, makeEvent, request, tokenOf } from "../testing.ts";
import { joinAsProfile } from "./commands.ts";
import { getOwnPlace } from "./queries.ts";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase({ max: 12 });
  await startSender(base.db);
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

let count = 0;
const someone = () => person(base.db, `ann${++count}`);
const wish = (actor: string, change = {}) => ({ actor, guests: 0, message: "", answers: {}, ...change });
const visitor = { kind: "visitor" } as const;
const words = (code: string) => expect.objectContaining({ code }) as Refusal;

describe("taking part as a profile", () => {
  it("takes the seat at once, types no address, and mails the receipt", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 3, maximumGuests: 2 });
    const { viewer, actor, account } = await someone();
    const joined = await joinAsProfile(base.db, viewer, event.id, wish(actor.id, { guests: 2 }));
    expect(joined).toEqual({ state: "accepted", repeated: false });
    const [row] = await listRows(base.db, event.id);
    expect(row).toMatchObject({ email: null, source: "account", name: actor.name, guests: 2, actorId: actor.id });
    expect(await countSeats(base.db, event.id)).toMatchObject({ taken: 3, held: 3 });
    expect(await listMails(base.db, event.id)).toEqual(["participation-receipt"]);
    const place = await getOwnPlace(base.db, event.id, { viewer, email: account.email! });
    expect(place).toMatchObject({ proven: true, state: "accepted", guests: 2 });
    const [mine] = await listOwnParticipations(base.db, account);
    expect(mine!.token).toBe(place.token);
  });

  it("asks, waits and is refused by the rules of the form", async () => {
    const { viewer, actor } = await someone();
    const approval = await makeEvent(base.db, { joinMode: "approval" });
    const asked = await joinAsProfile(base.db, viewer, approval.id, wish(actor.id, { message: "Please" }));
    expect(asked.state).toBe("pending");
    const full = await makeEvent(base.db, { maximumAttendeeCapacity: 1, seatsTaken: 1, waitingList: true });
    expect((await joinAsProfile(base.db, viewer, full.id, wish(actor.id))).state).toBe("waitlisted");
    const over = await makeEvent(base.db, { maximumAttendeeCapacity: 1, seatsTaken: 1 });
    await expect(joinAsProfile(base.db, viewer, over.id, wish(actor.id))).rejects.toEqual(words("event-full"));
    const asking = await makeEvent(base.db);
    await askQuestion(base.db, asking.id, { required: true });
    await expect(joinAsProfile(base.db, viewer, asking.id, wish(actor.id))).rejects.toEqual(words("answer-required"));
    expect(await listRows(base.db, asking.id)).toEqual([]);
    await decideParticipation(
      base.db,
      { kind: "operator" },
      {
        participationId: (await listRows(base.db, approval.id))[0]!.id,
        decision: "reject",
      },
    );
    await expect(joinAsProfile(base.db, viewer, approval.id, wish(actor.id))).rejects.toEqual(words("already-decided"));
  });

  it("is one place a person: twice at once, by another profile, and beside what their address asked", async () => {
    const event = await makeEvent(base.db);
    const { viewer, actor, account } = await someone();
    const second = await addProfile(base.db, viewer, {
      handle: `${actor.handle}b`,
      name: "",
      summary: "",
      locality: "",
      tone: null,
    });
    const both = { ...viewer, actorIds: [actor.id, second.id] };
    const tries = await Promise.all([
      ...[actor.id, second.id, actor.id].map((id) => joinAsProfile(base.db, both, event.id, wish(id))),
      joinEvent(base.db, visitor, request(event.id, { email: account.email! })),
    ]);
    expect(tries.filter((one) => typeof one === "object" && !one.repeated).length).toBe(1);
    expect((await listRows(base.db, event.id)).map(({ state }) => state)).toEqual(["accepted"]);
    expect(await countSeats(base.db, event.id)).toMatchObject({ taken: 1, held: 1 });
  });

  it("finds what the proven address took before, and takes up what it left", async () => {
    const event = await makeEvent(base.db);
    const { viewer, actor, account } = await someone();
    const token = await join(base.db, event.id, { email: account.email!.toUpperCase(), name: "Ann by mail" });
    await confirmParticipation(base.db, token);
    expect(await joinAsProfile(base.db, viewer, event.id, wish(actor.id))).toEqual({
      state: "accepted",
      repeated: true,
    });
    expect(await getOwnPlace(base.db, event.id, { viewer, email: account.email! })).toMatchObject({ token });
    await cancelParticipation(base.db, token);
    await joinAsProfile(base.db, viewer, event.id, wish(actor.id));
    const rows = await listRows(base.db, event.id);
    expect(rows).toMatchObject([{ email: null, name: actor.name, source: "account", state: "accepted" }]);
  });

  it("leaves and comes back by the link, and whoever types the address is sent that link, not told", async () => {
    const event = await makeEvent(base.db);
    const { viewer, actor, account } = await someone();
    await joinAsProfile(base.db, viewer, event.id, wish(actor.id));
    const id = await joinEvent(base.db, visitor, request(event.id, { email: account.email! }));
    await requestLinks(base.db, visitor, { email: account.email! });
    const token = await tokenOf(base.db, id);
    await cancelParticipation(base.db, token);
    await confirmParticipation(base.db, token);
    expect(await listMails(base.db, event.id)).toEqual([
      "participation-receipt",
      "already-participating",
      "participation-links",
      "participation-left",
      "participation-receipt",
    ]);
  });

  it("is for one's own profiles and proven addresses alone", async () => {
    const event = await makeEvent(base.db);
    const [ann, bob] = [await someone(), await someone()];
    await expect(joinAsProfile(base.db, ann.viewer, event.id, wish(bob.actor.id))).rejects.toEqual(words("not-found"));
    const draft = await makeEvent(base.db, { state: "draft" });
    await expect(joinAsProfile(base.db, ann.viewer, draft.id, wish(ann.actor.id))).rejects.toEqual(words("not-found"));
    await join(base.db, event.id, { email: ann.account.email! });
    await base.db.update(schema.accounts).set({ confirmedAt: null }).where(eq(schema.accounts.id, ann.account.id));
    await expect(joinAsProfile(base.db, ann.viewer, event.id, wish(ann.actor.id))).rejects.toEqual(
      words("address-unproven"),
    );
    const place = await getOwnPlace(base.db, event.id, { viewer: ann.viewer, email: ann.account.email! });
    expect(place).toMatchObject({ proven: false, state: null, token: null });
  });

  it("no longer answers for an address that the account gave up", async () => {
    const event = await makeEvent(base.db);
    const { viewer, actor, account, sessionId } = await someone();
    await joinAsProfile(base.db, viewer, event.id, wish(actor.id));
    const proof = { sessionId, password };
    await requestAddress(base.db, viewer, { email: `moved${count}@example.org`, proof });
    await confirmAddress(base.db, (await linkOf(base.db, account.id, "address"))!, doorstep);
    await join(base.db, event.id, { email: account.email! });
    expect((await listRows(base.db, event.id)).map(({ state }) => state).sort()).toEqual(["accepted", "unconfirmed"]);
  });

  it("is erased with the others, as long after the event as the host keeps addresses", async () => {
    await base.db.insert(schema.instance).values({ origin: "http://localhost", name: "Test" }).onConflictDoNothing();
    const long = { startTime: new Date("2020-01-01T10:00Z"), endTime: new Date("2020-01-01T12:00Z") };
    const event = await makeEvent(base.db);
    const { viewer, actor } = await someone();
    await joinAsProfile(base.db, viewer, event.id, wish(actor.id));
    await base.db.update(schema.events).set(long).where(eq(schema.events.id, event.id));
    await eraseAddresses(base.db);
    expect(await listRows(base.db, event.id)).toMatchObject([
      { name: "", emailKey: null, actorId: null, tokenHash: null },
    ]);
  });
});
