import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setDatabase } from "#app/_web/database.ts";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { makeProfile } from "#lib/group/testing.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { confirmParticipation } from "#lib/participation/commands.ts";
import { join, makeEvent } from "#lib/participation/testing.ts";
import { GET } from "./route.ts";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
  setDatabase(base.db);
  await startSender(base.db);
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const asked = new Request("http://localhost:3000/event.ics");
const file = (token: string) => GET(asked, { params: Promise.resolve({ token }) });
const change = (id: string, values: Partial<typeof schema.events.$inferInsert>) =>
  base.db.update(schema.events).set(values).where(eq(schema.events.id, id));

describe("the calendar file of a participation", () => {
  it("tells who is accepted the meeting link that is kept back, under the UID of its mails", async () => {
    const onlineUrl = "https://meet.example/secret";
    const event = await makeEvent(base.db, { attendanceMode: "online", onlineUrl, onlineDisclosure: "accepted" });
    const token = await join(base.db, event.id);
    expect((await file(token)).status).toBe(404);
    await confirmParticipation(base.db, token);

    const answer = await file(token);
    expect(answer.headers.get("cache-control")).toContain("private");
    const text = await answer.text();
    expect(text).toContain(onlineUrl);
    expect(text).toContain(`UID:${event.uid}`);

    const actorId = await makeProfile(base.db);
    await base.db.update(schema.participations).set({ actorId });
    await change(event.id, { visibility: "members" });
    expect((await file(token)).status).toBe(410);
    await change(event.id, { visibility: "public", hiddenAt: new Date() });
    expect((await file(token)).status).toBe(410);
    await change(event.id, { hiddenAt: null });

    await change(event.id, { status: "cancelled" });
    expect(await (await file(token)).text()).toContain("METHOD:CANCEL");
    await change(event.id, { state: "deleted", deletedAt: new Date() });
    expect((await file(token)).status).toBe(410);
    expect((await file("x".repeat(43))).status).toBe(404);
  });
});
