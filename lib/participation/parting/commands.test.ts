import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { answerFollow, unfollow } from "#lib/actor/follow/commands.ts";
import { leaveGroupAway, settleAway } from "#lib/group/away/commands.ts";
import { leaveGroup, removeMember } from "#lib/group/departure/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { operator } from "#lib/policy/viewer.ts";
import { joinAsProfile } from "../profile/commands.ts";
import { countSeats, listRows, makeEvent } from "../testing.ts";
import { returnPlaces } from "./commands.ts";

const { follows, mails, memberships, participations } = schema;

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

/** Runs what was ordered for whom somebody left, twice. Returns how often it was. */
async function run(organizerId: string): Promise<number> {
  const jobs = await base.db.execute<{ data: { organizerId: string; actorId: string } }>(
    sql`select data from pgboss.job where name = 'circle-left' and data ->> 'organizerId' = ${organizerId}`,
  );
  for (const { data } of [...jobs, ...jobs]) await returnPlaces(base.db, data);
  return jobs.length;
}
type Someone = Awaited<ReturnType<typeof person>>;
const comes = ({ viewer, actor }: Someone, eventId: string) =>
  joinAsProfile(base.db, viewer, eventId, { actor: actor.id, guests: 0, message: "", answers: {} });
const statesOf = async ({ actor }: Someone) => {
  const rows = await base.db.select().from(participations).where(eq(participations.actorId, actor.id));
  return Object.fromEntries(rows.map(({ eventId, state }) => [eventId, state]));
};
const mailsTo = async ({ viewer }: Someone) => {
  const mine = and(eq(mails.accountId, viewer.accountId), eq(mails.message, "places-returned"));
  return (await base.db.select().from(mails).where(mine)).map(({ data }) => data);
};

it("who was sent away gives back the places that are for others now: the next in line has one, and one mail says so", async () => {
  const [pam, quin] = [await person(base.db, "pam"), await person(base.db, "quin")];
  const organizerId = await makeGroup(base.db);
  for (const { actor } of [pam, quin]) await enrol(base.db, organizerId, { memberId: actor.id });
  const make = (visibility: string) =>
    makeEvent(base.db, { organizerId, visibility, maximumAttendeeCapacity: 1, waitingList: true });
  const [inner, near, open] = [await make("members"), await make("followers"), await make("public")];
  const over = await make("members");
  for (const { id } of [inner, near, open, over]) await comes(pam, id);
  const gone = { startTime: new Date(Date.now() - 2e6), endTime: new Date(Date.now() - 1e6) };
  await base.db.update(schema.events).set(gone).where(eq(schema.events.id, over.id));
  expect((await comes(quin, inner.id)).state).toBe("waitlisted");
  // Who is a member still loses nothing.
  await returnPlaces(base.db, { organizerId, actorId: pam.actor.id });
  expect(await statesOf(pam)).toMatchObject({ [inner.id]: "accepted" });

  const pair = and(eq(memberships.groupId, organizerId), eq(memberships.memberId, pam.actor.id));
  const [row] = await base.db.select().from(memberships).where(pair);
  await removeMember(base.db, operator, organizerId, row!.id);
  expect(await run(organizerId)).toBe(1);
  expect(await statesOf(pam)).toEqual({
    ...{ [inner.id]: "left", [near.id]: "left" },
    ...{ [open.id]: "accepted", [over.id]: "accepted" },
  });
  expect(await statesOf(quin)).toEqual({ [inner.id]: "accepted" });
  expect(await countSeats(base.db, inner.id)).toEqual({ taken: 1, held: 1, accepted: 1 });
  expect(await mailsTo(pam)).toEqual([{ groupId: organizerId, count: 2 }]);
});

it("who leaves does so too, but not at what they see as a follower", async () => {
  const ray = await person(base.db, "ray");
  const organizerId = await makeGroup(base.db);
  await enrol(base.db, organizerId, { memberId: ray.actor.id });
  const follow = { id: newId(), followerId: ray.actor.id, followedId: organizerId, uri: newId(), state: "accepted" };
  await base.db.insert(follows).values(follow);
  const inner = await makeEvent(base.db, { organizerId, visibility: "members" });
  const near = await makeEvent(base.db, { organizerId, visibility: "followers" });
  for (const { id } of [inner, near]) await comes(ray, id);
  await leaveGroup(base.db, ray.viewer, organizerId);
  await run(organizerId);
  expect(await statesOf(ray)).toEqual({ [inner.id]: "left", [near.id]: "accepted" });
});

it("who follows no more, or is let so no more, does so at what is for followers", async () => {
  const [tom, una] = [await person(base.db, "tom"), await person(base.db, "una")];
  const id = newId();
  const row = { id, followerId: tom.actor.id, followedId: una.actor.id, uri: id, state: "accepted" };
  await base.db.insert(follows).values(row);
  const near = await makeEvent(base.db, { organizerId: una.actor.id, visibility: "followers" });
  await comes(tom, near.id);
  await answerFollow(base.db, una.viewer, id, false);
  expect(await run(una.actor.id)).toBe(1);
  expect([await statesOf(tom), await mailsTo(tom)]).toEqual([
    { [near.id]: "left" },
    [{ groupId: una.actor.id, count: 1 }],
  ]);
  await answerFollow(base.db, una.viewer, id, true);
  await comes(tom, near.id);
  await unfollow(base.db, tom.viewer, tom.actor.id, una.actor.id);
  await run(una.actor.id);
  expect([await statesOf(tom), (await mailsTo(tom)).length]).toEqual([{ [near.id]: "left" }, 2]);
});

it("the server of a group elsewhere, or of somebody elsewhere, is told", async () => {
  const sue = await person(base.db, "sue");
  const asked = async (kind: string, id: string) =>
    (
      await base.db.execute(sql`select 1 from pgboss.job where name = ${kind} and
      (data ->> 'participationId' = ${id} or singleton_key = ${id})`)
    ).length;
  for (const way of ["sent away", "left"]) {
    const away = await makeGroup(base.db, { host: "clubs.example" });
    await enrol(base.db, away, { memberId: sue.actor.id });
    const uri = `https://clubs.example/e/${newId()}`;
    const theirs = await makeEvent(base.db, { organizerId: away, visibility: "members", uri, seatsTaken: 7 });
    const place = { id: newId(), eventId: theirs.id, actorId: sue.actor.id, source: "account", state: "accepted" };
    await base.db.insert(participations).values({ ...place, uri: `${uri}#join`, language: "en", timezone: "UTC" });
    if (way === "left") await leaveGroupAway(base.db, sue.viewer, away);
    else {
      const [row] = await base.db.select().from(memberships).where(eq(memberships.groupId, away));
      await base.db.transaction((tx) => settleAway(tx, row!.id, "rejected"));
    }
    expect([way, await run(away)]).toEqual([way, 1]);
    expect((await listRows(base.db, theirs.id))[0]).toMatchObject({ state: "left" });
    expect(await asked("participation-out", place.id)).toBe(1);
    expect((await countSeats(base.db, theirs.id)).taken).toBe(7);
  }
  const here = await makeGroup(base.db);
  const memberId = await enrol(base.db, here);
  await base.db
    .update(schema.actors)
    .set({ host: "clubs.example", uri: "https://clubs.example/u" })
    .where(eq(schema.actors.id, memberId));
  const ours = await makeEvent(base.db, { organizerId: here, visibility: "members", seatsTaken: 1 });
  const place = { id: newId(), eventId: ours.id, actorId: memberId, source: "join", state: "accepted" };
  const said = { uri: "https://clubs.example/join/1", language: "en", timezone: "UTC" };
  await base.db.insert(participations).values({ ...place, ...said });
  const [row] = await base.db.select().from(memberships).where(eq(memberships.groupId, here));
  await removeMember(base.db, operator, here, row!.id);
  await run(here);
  expect([(await countSeats(base.db, ours.id)).taken, await asked("participation-answers", place.id)]).toEqual([0, 1]);
});
