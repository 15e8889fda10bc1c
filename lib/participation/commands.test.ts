import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { operator, visitor } from "#lib/policy/viewer.ts";
import { linkToken } from "#lib/secrets.ts";
import { cancelParticipation, changeParticipation, confirmParticipation } from "./commands.ts";
import { decideParticipation } from "./decision/commands.ts";
import { eraseAddresses, eraseParticipation, expireParticipations } from "./erasure/commands.ts";
import { requestLinks } from "./links/commands.ts";
import { getParticipationByToken, listParticipations } from "./queries.ts";
import { askQuestion, countSeats, join, listMails, listRows, makeEvent, makeRequests, pass } from "./testing.ts";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase({ max: 20 });
  await startSender(base.db);
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});
beforeEach(() => base.db.delete(schema.limits));

const no = (code: string) => expect.objectContaining({ code });

describe("the mailed link", () => {
  it("confirms once, however often its button is pressed: one effect, one receipt", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 5 });
    const token = await join(base.db, event.id);
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirmParticipation(base.db, token)));
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 1, held: 1, accepted: 1 });
    expect(await listMails(base.db, event.id)).toEqual(["confirm-participation", "participation-receipt"]);
  });

  it("is only read by reading, ten times over", async () => {
    const event = await makeEvent(base.db);
    const token = await join(base.db, event.id);
    const dump = () =>
      base.db.execute(sql`select p::text, e::text from participations p join events e on e.id = event_id`);
    const before = await dump();
    for (let i = 0; i < 10; i++) expect(await getParticipationByToken(base.db, token)).not.toBeNull();
    expect(await dump()).toEqual(before);
  });

  it("is unguessable: 10,000 tokens of 256 bits, none twice, no bit that leans", async () => {
    const tokens = Array.from({ length: 10_000 }, () => linkToken("participation", newId(), 0));
    expect(new Set(tokens).size).toBe(10_000);
    const bytes = tokens.map((token) => Buffer.from(token, "base64url"));
    expect(bytes.every(({ length }) => length === 32)).toBe(true);
    for (let bit = 0; bit < 256; bit++) {
      const ones = bytes.filter((one) => (one[bit >> 3]! >> (bit & 7)) & 1).length;
      expect(Math.abs(ones - 5000)).toBeLessThan(300);
    }
  });

  it("is not in the database: a dump opens nothing", async () => {
    const event = await makeEvent(base.db);
    const token = await join(base.db, event.id);
    const tables = ["participations", "mails", "forms", "limits", "pgboss.job"];
    for (const table of tables) {
      const rows = await base.db.execute(sql.raw(`select t::text from ${table} t`));
      expect(JSON.stringify(rows)).not.toContain(token);
    }
  });

  it.each(["", "x", "a".repeat(42), "a".repeat(43), "a".repeat(44), `${"a".repeat(42)}\0`, "../../etc"])(
    "opens nothing as %j",
    async (token) => {
      expect(await getParticipationByToken(base.db, token)).toBeNull();
      for (const act of [confirmParticipation, cancelParticipation, eraseParticipation])
        await expect(act(base.db, token)).rejects.toEqual(no("not-found"));
    },
  );
});

describe("by approval", () => {
  it("a request takes no seat until the organiser says yes", async () => {
    const event = await makeEvent(base.db, { joinMode: "approval", maximumAttendeeCapacity: 2, maximumGuests: 1 });
    const token = await join(base.db, event.id, { guests: 1, message: "May I?" });
    expect(await confirmParticipation(base.db, token)).toEqual({ state: "pending", repeated: false });
    expect(await countSeats(base.db, event.id)).toMatchObject({ taken: 0 });
    const [row] = await listParticipations(base.db, operator, { eventId: event.id, state: "pending" });
    expect(row).toMatchObject({ message: "May I?", guests: 1 });
    const decide = (viewer = operator, decision: "approve" | "reject" = "approve") =>
      decideParticipation(base.db, viewer, { participationId: row!.id, decision });
    await expect(decide(visitor)).rejects.toEqual(no("not-found"));
    await decide();
    await expect(decide()).rejects.toEqual(no("already-decided"));
    await expect(decide(operator, "reject")).rejects.toEqual(no("already-decided"));
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 2, held: 2, accepted: 1 });
    expect(await listMails(base.db, event.id)).toEqual([
      "confirm-participation",
      "participation-requested",
      "participation-approved",
    ]);
  });

  it("who is declined stays declined, and hears it again when asking again", async () => {
    const event = await makeEvent(base.db, { joinMode: "approval" });
    const token = await join(base.db, event.id);
    await confirmParticipation(base.db, token);
    const [row] = await listRows(base.db, event.id);
    await decideParticipation(base.db, operator, { participationId: row!.id, decision: "reject" });
    await expect(confirmParticipation(base.db, token)).rejects.toEqual(no("already-decided"));
    await pass(base.db, event.id, 61);
    await join(base.db, event.id);
    expect((await listRows(base.db, event.id))[0]!.state).toBe("rejected");
    expect((await listMails(base.db, event.id)).filter((mail) => mail === "participation-rejected")).toHaveLength(2);
  });

  it("shows requests to nobody but who runs the event", async () => {
    const event = await makeEvent(base.db, { joinMode: "approval" });
    await confirmParticipation(base.db, await join(base.db, event.id));
    const account = { kind: "account" as const, accountId: newId(), role: "administrator" as const };
    const seen = async (actorIds: string[]) =>
      (await listParticipations(base.db, { ...account, actorIds }, { eventId: event.id })).length;
    expect(await seen([])).toBe(0);
    expect(await seen([newId()])).toBe(0);
    expect(await seen([event.organizerId])).toBe(1);
    expect(await listParticipations(base.db, visitor, { eventId: event.id })).toEqual([]);
  });
});

describe("afterwards", () => {
  it("leaving frees the seats, is told once, and coming back takes them again", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 2, maximumGuests: 1 });
    const token = await join(base.db, event.id, { guests: 1 });
    await confirmParticipation(base.db, token);
    await Promise.all(Array.from({ length: 10 }, () => cancelParticipation(base.db, token)));
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 0, held: 0, accepted: 0 });
    expect((await listMails(base.db, event.id)).filter((mail) => mail === "participation-left")).toHaveLength(1);
    expect(await confirmParticipation(base.db, token)).toEqual({ state: "accepted", repeated: false });
    expect((await countSeats(base.db, event.id)).taken).toBe(2);
  });

  it("changing takes and gives seats, and refuses what does not fit without touching the rest", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 4, maximumGuests: 5 });
    const question = await askQuestion(base.db, event.id);
    const token = await join(base.db, event.id, { guests: 1, answers: { [question.id]: "soup" } });
    await confirmParticipation(base.db, token);
    const change = (guests: number, name = "Ada L.") =>
      changeParticipation(base.db, token, { name, guests, answers: { [question.id]: "bread" } });
    await change(3);
    expect((await countSeats(base.db, event.id)).taken).toBe(4);
    await expect(change(4, "Nope")).rejects.toEqual(no("event-full"));
    await change(0);
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 1, held: 1, accepted: 1 });
    const found = await getParticipationByToken(base.db, token);
    expect(found!.participation.name).toBe("Ada L.");
    expect(found!.asked.map(({ value }) => value)).toEqual(["bread"]);
  });

  it("keeps guests whom the organiser no longer allows, and allows no more of them", async () => {
    const event = await makeEvent(base.db, { maximumGuests: 3 });
    const token = await join(base.db, event.id, { guests: 3 });
    await confirmParticipation(base.db, token);
    await base.db.update(schema.events).set({ maximumGuests: 0 }).where(eq(schema.events.id, event.id));
    const change = (guests: number) => changeParticipation(base.db, token, { name: "", guests, answers: {} });
    await change(2);
    await expect(change(3)).rejects.toEqual(no("guests-too-many"));
  });

  it("erasing leaves a row without a person, a free seat and a dead link", async () => {
    const event = await makeEvent(base.db, { maximumAttendeeCapacity: 1, joinMode: "free" });
    const question = await askQuestion(base.db, event.id);
    const canary = { email: "canary@example.org", name: "Canary", answers: { [question.id]: "Canary seed" } };
    const token = await join(base.db, event.id, canary);
    await confirmParticipation(base.db, token);
    await eraseParticipation(base.db, token);
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 0, held: 0, accepted: 0 });
    expect(await getParticipationByToken(base.db, token)).toBeNull();
    for (const table of ["participations", "answers", "mails", "forms", "limits", "pgboss.job"]) {
      const rows = await base.db.execute(sql.raw(`select t::text from ${table} t`));
      expect(JSON.stringify(rows)).not.toMatch(/canary/i);
    }
    const [row] = await listRows(base.db, event.id);
    expect(row).toMatchObject({ state: "left", emailKey: null, tokenHash: null });
    expect(row!.erasedAt).not.toBeNull();
  });
});

describe("the purge", () => {
  it("removes requests that nobody confirmed in 48 hours, with their mails, and nothing else", async () => {
    const event = await makeEvent(base.db);
    const token = await join(base.db, event.id);
    await confirmParticipation(base.db, await join(base.db, event.id, { email: "bea@example.org" }));
    await expireParticipations(base.db);
    expect(await listRows(base.db, event.id)).toHaveLength(2);
    await pass(base.db, event.id, 48 * 3600 + 1);
    expect(await getParticipationByToken(base.db, token)).toBeNull();
    await expireParticipations(base.db);
    expect((await listRows(base.db, event.id)).map(({ email }) => email)).toEqual(["bea@example.org"]);
    expect(await listMails(base.db, event.id)).toEqual(["confirm-participation", "participation-receipt"]);
  });

  it("erases addresses as many days after the event as the host keeps them; seats stay", async () => {
    await base.db.insert(schema.instance).values({ origin: "http://localhost", name: "Test" }).onConflictDoNothing();
    const event = await makeEvent(base.db);
    const tokens = await makeRequests(base.db, event.id, 3);
    for (const token of tokens) await confirmParticipation(base.db, token);
    const end = async (days: number) => {
      const endTime = new Date(Date.now() - days * 86_400_000);
      await base.db.update(schema.events).set({ startTime: endTime, endTime }).where(eq(schema.events.id, event.id));
      await eraseAddresses(base.db);
      return (await listRows(base.db, event.id)).filter(({ email }) => email !== null).length;
    };
    expect(await end(29.9)).toBe(3);
    expect(await end(30.1)).toBe(0);
    expect(await countSeats(base.db, event.id)).toEqual({ taken: 3, held: 3, accepted: 3 });
  });
});

describe("mail me all my links", () => {
  it("writes one mail to who takes part, and is silent to others", async () => {
    const event = await makeEvent(base.db);
    await confirmParticipation(base.db, await join(base.db, event.id));
    await requestLinks(base.db, visitor, { email: "ADA@example.org" });
    await requestLinks(base.db, visitor, { email: "nobody@example.org" });
    expect((await listMails(base.db, event.id)).filter((mail) => mail === "participation-links")).toHaveLength(1);
    await expect(requestLinks(base.db, visitor, { email: "not an address" })).rejects.toEqual(no("email-invalid"));
  });
});
