import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import type { Viewer } from "#lib/policy/viewer.ts";
import { confirmParticipation } from "../commands.ts";
import { getRow, join, listRows, makeEvent } from "../testing.ts";
import { moveQueues } from "../waiting-list/commands.ts";
import { checkIn } from "./commands.ts";
import { countArrivals, getArrival, listArrivals } from "./queries.ts";

const { events, participations } = schema;
let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const account = (actorId: string): Viewer => ({
  kind: "account",
  accountId: newId(),
  role: "member",
  actorIds: [actorId],
});
async function expecting(...names: string[]) {
  const event = await makeEvent(base.db, { maximumGuests: 5 });
  for (const name of names) {
    const email = `p${newId().slice(-12)}@example.org`;
    await confirmParticipation(base.db, await join(base.db, event.id, { email, name, guests: 1 }));
  }
  return { event, viewer: account(event.organizerId), rows: await listRows(base.db, event.id) };
}

it("whoever arrives is here from the first tick on, until it is taken back", async () => {
  const { event, viewer, rows } = await expecting("Ann", "Ben");
  const [ann] = rows;
  const tick = (here: boolean) => checkIn(base.db, viewer, event.id, { participationId: ann!.id, here });
  await tick(true);
  const { checkedInAt } = await getRow(base.db, ann!.id);
  await tick(true);
  expect((await getRow(base.db, ann!.id)).checkedInAt).toEqual(checkedInAt);
  expect(await countArrivals(base.db, event.id)).toEqual({ expected: 4, here: 2 });
  await tick(false);
  expect(await countArrivals(base.db, event.id)).toEqual({ expected: 4, here: 0 });
});

it("whoever stands at the door keeps a place that was held for them, and nobody else is ticked off", async () => {
  const { event, viewer, rows } = await expecting("Ann", "Ben");
  const [ann, ben] = rows;
  await base.db
    .update(participations)
    .set({ expiresAt: sql`now() + interval '1 second'` })
    .where(eq(participations.id, ann!.id));
  await base.db.update(participations).set({ state: "left" }).where(eq(participations.id, ben!.id));
  await checkIn(base.db, viewer, event.id, { participationId: ann!.id, here: true });
  await moveQueues(base.db);
  expect(await getRow(base.db, ann!.id)).toMatchObject({ state: "accepted", expiresAt: null });
  const refused = (participationId: string, who = viewer) =>
    expect(checkIn(base.db, who, event.id, { participationId, here: true })).rejects;
  await refused(ben!.id).toMatchObject({ code: "not-expected" });
  const elsewhere = await expecting("Zoe");
  await refused(elsewhere.rows[0]!.id).toMatchObject({ code: "not-found" });
  await refused("no id").toMatchObject({ code: "not-found" });
  await refused(ann!.id, account(newId())).toMatchObject({ code: "not-found" });
  await base.db.update(events).set({ status: "cancelled" }).where(eq(events.id, event.id));
  await refused(ann!.id).toMatchObject({ code: "event-cancelled" });
});

it("the list goes by name, page by page, and tells addresses to none but those who may know them", async () => {
  const { event } = await expecting("zoé", "Ann", "", "Émile", "ben");
  const names: string[] = [];
  for (let after: string | null = null; ; ) {
    const page = await listArrivals(base.db, event.id, { addresses: false }, { after, limit: 2 });
    names.push(...page.map(({ name }) => name));
    if (page.length < 2) break;
    after = page.at(-1)!.id;
  }
  expect(names).toEqual(["Ann", "ben", "Émile", "zoé", ""]);
  const search = (addresses: boolean, words: string) =>
    listArrivals(base.db, event.id, { addresses }, { words, limit: 9 });
  expect(await search(false, "example.org")).toEqual([]);
  expect(await search(true, "example.org")).toHaveLength(5);
  const [emile] = await search(false, "emile");
  expect(emile).toMatchObject({ name: "Émile", email: null });
  expect(await getArrival(base.db, event.id, { addresses: true }, emile!.id)).toMatchObject({
    email: expect.stringContaining("@"),
  });
});
