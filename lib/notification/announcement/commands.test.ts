import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { confirmParticipation } from "#lib/participation/commands.ts";
import { join, listMails, makeEvent } from "#lib/participation/testing.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { getBoard } from "../board/queries.ts";
import { countToldParticipations } from "../queries.ts";
import { announce, mailAnnouncement } from "./commands.ts";
import { countTellable } from "./queries.ts";

const { actors, announcements, participations } = schema;
let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const runs = (organizerId: string): AccountViewer => ({
  ...{ kind: "account", accountId: newId(), role: "member", actorIds: [organizerId] },
});
const words = { name: "Bring a lamp", content: "It gets dark early.", audience: "all", shown: false } as const;
const sent = async (eventId: string) =>
  (await listMails(base.db, eventId)).filter((mail) => mail === "announcement").length;

/** Two who come, one who waits, one who has not confirmed. */
async function eventWithPeople() {
  const event = await makeEvent(base.db, { maximumAttendeeCapacity: 2, waitingList: true });
  for (const name of ["ann", "ben", "cid"])
    await confirmParticipation(base.db, await join(base.db, event.id, { email: `${name}@example.org`, name }));
  await join(base.db, event.id, { email: "dan@example.org", name: "dan" });
  return event;
}

describe("a message to participants", () => {
  it("is one mail for each who takes part, however often its form and its job run, and none for the unconfirmed", async () => {
    const event = await eventWithPeople();
    const [viewer, id] = [runs(event.organizerId), newId()];
    await Promise.all([1, 2, 3].map(() => announce(base.db, viewer, event.id, id, words)));
    expect(await base.db.$count(announcements, eq(announcements.eventId, event.id))).toBe(1);
    expect(await mailAnnouncement(base.db, id)).toBe(3);
    await Promise.all([mailAnnouncement(base.db, id), mailAnnouncement(base.db, id)]);
    expect(await sent(event.id)).toBe(3);
    expect(await countTellable(base.db, event.id)).toEqual({ all: 3, accepted: 2, pending: 0, waitlisted: 1 });
  });

  it("reaches those of other servers too, who are counted with the others; but nobody who is suspended", async () => {
    const event = await eventWithPeople();
    for (const [name, suspendedAt] of [
      ["eva", null],
      ["fay", new Date()],
    ] as const) {
      const [id, uri] = [newId(), `https://far.example/users/${name}`];
      await base.db
        .insert(actors)
        .values({ id, uri, type: "Person", handle: name, host: "far.example", inbox: `${uri}/inbox`, suspendedAt });
      await base.db.insert(participations).values({
        id: newId(),
        eventId: event.id,
        actorId: id,
        state: "waitlisted",
        source: "join",
        language: "en",
        timezone: "UTC",
      });
    }
    expect(await countTellable(base.db, event.id)).toEqual({ all: 4, accepted: 2, pending: 0, waitlisted: 2 });
    expect(await countToldParticipations(base.db, event.id)).toBe(4);
  });

  it("goes to one list alone where that was chosen, and stands on the page only if it is meant to", async () => {
    const event = await eventWithPeople();
    const viewer = runs(event.organizerId);
    const [quiet, loud] = [newId(), newId()];
    await announce(base.db, viewer, event.id, quiet, { ...words, audience: "waitlisted" });
    await announce(base.db, viewer, event.id, loud, { ...words, name: "Door code", shown: true, audience: "accepted" });
    expect(await mailAnnouncement(base.db, quiet)).toBe(1);
    expect(await mailAnnouncement(base.db, loud)).toBe(2);
    expect((await getBoard(base.db, event)).announcements.map(({ name }) => name)).toEqual(["Door code"]);
  });

  it("is bounded: the sixth of an hour is refused, and leaves nothing", async () => {
    const event = await eventWithPeople();
    const viewer = runs(event.organizerId);
    for (let at = 0; at < 5; at++) await announce(base.db, viewer, event.id, newId(), words);
    await expect(announce(base.db, viewer, event.id, newId(), words)).rejects.toMatchObject({
      code: "too-many-requests",
    });
    expect(await base.db.$count(announcements, eq(announcements.eventId, event.id))).toBe(5);
  });

  it("is refused to whoever does not run the event, and about a draft", async () => {
    const event = await eventWithPeople();
    await expect(announce(base.db, runs(newId()), event.id, newId(), words)).rejects.toMatchObject({
      code: "not-found",
    });
    const draft = await makeEvent(base.db, { state: "draft" });
    await expect(announce(base.db, runs(draft.organizerId), draft.id, newId(), words)).rejects.toMatchObject({
      code: "event-not-open",
    });
  });
});
