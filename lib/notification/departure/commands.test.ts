import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { resetCalendar } from "#lib/account/calendar/commands.ts";
import { deleteAccount } from "#lib/account/erasure/commands.ts";
import { getAccount, getCalendarOwner } from "#lib/account/queries.ts";
import { getSession } from "#lib/account/session/queries.ts";
import { signInByPassword } from "#lib/account/sign-in/commands.ts";
import { accountRow, doorstep, password, person } from "#lib/account/testing.ts";
import { updateActor } from "#lib/actor/commands.ts";
import { writeComment } from "#lib/discussion/comment/commands.ts";
import { openDiscussion } from "#lib/discussion/message/commands.ts";
import { listOwnEvents } from "#lib/event/mine/queries.ts";
import { toVCalendar } from "#lib/formats/icalendar.ts";
import { removeMember } from "#lib/group/departure/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { setOrigin } from "#lib/instance/commands.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { storePicture } from "#lib/media/commands.ts";
import { exportAccount, exportPictures } from "#lib/notification/export/queries.ts";
import { cancelParticipation, changeParticipation, confirmParticipation } from "#lib/participation/commands.ts";
import { eraseParticipation } from "#lib/participation/erasure/commands.ts";
import { ownEntries } from "#lib/participation/mine/calendar.ts";
import { listOwnParticipations } from "#lib/participation/mine/queries.ts";
import { joinAsProfile } from "#lib/participation/profile/commands.ts";
import { getParticipationByToken } from "#lib/participation/queries.ts";
import { askQuestion, join, listRows, makeEvent } from "#lib/participation/testing.ts";
import { operator, visitor } from "#lib/policy/viewer.ts";
import { purge } from "../purge.ts";
import { concludeDeparture } from "./commands.ts";

const { accounts, actors, events } = schema;
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await startSender(test.db);
  await setOrigin(test.db, "http://localhost:3000");
});
afterAll(async () => {
  await stopSender();
  await test.drop();
});

/** Somebody with a profile that says something, an event, and a place and a word at another's that was taken before the account. */
async function settled(handle: string) {
  const elsewhere = await makeEvent(test.db, { name: `Elsewhere ${handle}`, maximumAttendeeCapacity: 5 });
  const email = `${handle}.secret@example.org`;
  await confirmParticipation(test.db, await join(test.db, elsewhere.id, { email, name: `${handle} Surname` }));
  const who = await person(test.db, handle, { email });
  const words = { name: `${handle} Surname`, summary: "Lives in Xanadu", locality: "Xanadu", tone: null };
  await updateActor(test.db, who.viewer, who.actor.id, words);
  const own = await makeEvent(test.db, {
    organizerId: who.actor.id,
    name: `Own ${handle}`,
    content: "Xanadu, again",
    publishedAt: new Date(),
  });
  const said = { id: newId(), actorId: who.actor.id, thread: null, content: `Xanadu, says ${handle}`, language: "en" };
  await writeComment(test.db, who.viewer, elsewhere.id, said);
  return { ...who, email, elsewhere, own };
}

it("an earlier participation is found by its proven address, and by no other's", async () => {
  const { account, elsewhere } = await settled("earlier");
  const stranger = await person(test.db, "stranger");
  expect((await listOwnParticipations(test.db, account)).map(({ event }) => event.id)).toEqual([elsewhere.id]);
  expect(await listOwnParticipations(test.db, stranger.account)).toEqual([]);
  expect(await listOwnParticipations(test.db, { ...account, confirmedAt: null })).toEqual([]);
});

it("the private calendar holds what one attends and organises, and its address opens nothing once it is replaced", async () => {
  const { account, viewer, own, elsewhere } = await settled("calendar");
  expect((await getAccount(test.db, account.id))!.calendarToken).toBeNull();
  await resetCalendar(test.db, viewer);
  const { calendarToken } = (await getAccount(test.db, account.id))!;
  const owner = (await getCalendarOwner(test.db, calendarToken!))!;
  const entries = ownEntries(await listOwnEvents(test.db, owner.id), await listOwnParticipations(test.db, owner), []);
  expect(entries.map(({ uid }) => uid).sort()).toEqual([own.uid, elsewhere.uid].sort());
  await resetCalendar(test.db, viewer);
  expect(await getCalendarOwner(test.db, calendarToken!)).toBeNull();
});

it("who was sent away from a group reads nothing more of its events, and can still give the place back and erase it", async () => {
  const { account, viewer, actor } = await person(test.db, "pam");
  const group = await makeGroup(test.db);
  await enrol(test.db, group, { memberId: actor.id });
  const event = await makeEvent(test.db, { organizerId: group, visibility: "members", name: "Before" });
  const question = await askQuestion(test.db, event.id);
  const answers = { [question.id]: "My soup" };
  await joinAsProfile(test.db, viewer, event.id, { actor: actor.id, guests: 0, message: "", answers });
  const told = async () => {
    const mine = await listOwnParticipations(test.db, account);
    const files = (await exportAccount(test.db, viewer)).filter(({ name }) => name.startsWith("participations"));
    return `${JSON.stringify([await getParticipationByToken(test.db, mine[0]!.token!), mine])}
      ${files.map(({ content }) => content)} ${toVCalendar(ownEntries([], mine, []))}`;
  };
  const later = { name: "Conspiracy", onlineUrl: "https://meet.example/secret" };
  await test.db.update(schema.events).set(later).where(eq(schema.events.id, event.id));
  const label = "Who betrays us?";
  await test.db.update(schema.questions).set({ label }).where(eq(schema.questions.id, question.id));
  for (const word of [...Object.values(later), label]) expect(await told()).toContain(word);
  const [row] = await test.db.select().from(schema.memberships).where(eq(schema.memberships.groupId, group));
  await removeMember(test.db, operator, group, row!.id);
  for (const word of [...Object.values(later), label, "BEGIN:VEVENT"]) expect(await told()).not.toContain(word);
  expect(await told()).toContain("My soup");

  const [mine] = await listOwnParticipations(test.db, account);
  const change = { name: "Pam", guests: 0, answers: {} };
  await expect(changeParticipation(test.db, mine!.token!, change)).rejects.toMatchObject({ code: "event-not-open" });
  await cancelParticipation(test.db, mine!.token!);
  await expect(confirmParticipation(test.db, mine!.token!)).rejects.toMatchObject({ code: "event-not-open" });
  await eraseParticipation(test.db, mine!.token!);
  expect(await listOwnParticipations(test.db, account)).toEqual([]);
});

it("who takes part in what the host has taken away reads its name and date, nothing else of it, and can still give the place back", async () => {
  const { account, viewer, actor } = await person(test.db, "quin");
  const words = { content: "Conspiracy", onlineUrl: "https://meet.example/secret", contact: "Call me" };
  const event = await makeEvent(test.db, { name: "Evening", ...words });
  await joinAsProfile(test.db, viewer, event.id, { actor: actor.id, guests: 0, message: "", answers: {} });
  const shown = async () => {
    const [mine] = await listOwnParticipations(test.db, account);
    return { token: mine!.token!, said: JSON.stringify([await getParticipationByToken(test.db, mine!.token!), mine]) };
  };
  for (const word of Object.values(words)) expect((await shown()).said).toContain(word);
  await test.db.update(events).set({ hiddenAt: new Date() }).where(eq(events.id, event.id));
  const { said, token } = await shown();
  expect(said).toContain("Evening");
  for (const word of Object.values(words)) expect(said).not.toContain(word);
  const change = { name: "Quin", guests: 0, answers: {} };
  await expect(changeParticipation(test.db, token, change)).rejects.toMatchObject({ code: "event-not-open" });
  await cancelParticipation(test.db, token);
  await expect(confirmParticipation(test.db, token)).rejects.toMatchObject({ code: "event-not-open" });
});

it("the export has all of it, of nobody else, and nothing that opens the account", async () => {
  const { account, viewer, email } = await settled("export");
  const files = await exportAccount(test.db, viewer);
  const all = files.map(({ content }) => String(content)).join("\n");
  for (const one of [email, "Lives in Xanadu", "Own export", "Elsewhere export", "export Surname", "says export"])
    expect(all).toContain(one);
  const { passwordHash } = await accountRow(test.db, account.id);
  expect(all).not.toContain(passwordHash!);
  expect(all).not.toMatch(/earlier|calendar\.secret/);
});

it("the export has the pictures of one's profiles and events, and of what one said among members, also those within a text, and no others", async () => {
  const { viewer, own, actor, elsewhere } = await settled("pictured");
  const { accountId: uploaderId } = viewer;
  const dot = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
  const [icon, coverId, inText, others, said] = await Promise.all(
    [1, 2, 3, 4, 5].map(() => storePicture(test.db, dot, "", { uploaderId })),
  );
  await test.db.update(actors).set({ iconId: icon }).where(eq(actors.id, actor.id));
  await test.db
    .update(events)
    .set({ coverId, content: `![x](/media/${inText})` })
    .where(eq(events.id, own.id));
  await test.db.update(events).set({ coverId: others }).where(eq(events.id, elsewhere.id));
  const group = await makeGroup(test.db);
  await enrol(test.db, group, { memberId: actor.id });
  const talk = { id: newId(), name: "The key", content: `![The key](/media/${said})`, language: "en" };
  await openDiscussion(test.db, viewer, group, talk);
  const names: string[] = [];
  for await (const { name } of exportPictures(test.db, viewer)) names.push(name);
  expect(names.sort()).toEqual([icon, coverId, inText, said].map((id) => `pictures/${id}.webp`).sort());
});

it("who leaves is signed out at once; the purge leaves their handle, and their events' titles and dates", async () => {
  const { account, viewer, session, sessionId, actor, email, elsewhere, own } = await settled("leaver");
  const guestOf = await join(test.db, own.id, { email: "guest@example.org" });
  await confirmParticipation(test.db, guestOf);
  const leave = (handle: string, given: string) =>
    deleteAccount(test.db, viewer, { handle, proof: { sessionId, password: given } });
  await expect(leave("another", password)).rejects.toMatchObject({ code: "handle-differs" });
  await expect(leave("leaver", "wrong")).rejects.toMatchObject({ code: "password-wrong" });
  await leave("@Leaver", password);
  expect(await getSession(test.db, session)).toBeNull();
  await expect(
    signInByPassword(test.db, visitor, { email, password, client: "192.0.2.1" }, doorstep),
  ).rejects.toMatchObject({ code: "sign-in-failed" });

  for (let time = 0; time < 2; time++) await concludeDeparture(test.db, account.id);
  expect((await listRows(test.db, elsewhere.id)).map(({ state, email }) => ({ state, email }))).toEqual([
    { state: "left", email: null },
  ]);
  const [there] = await test.db.select().from(events).where(eq(events.id, elsewhere.id));
  expect(there!.seatsTaken).toBe(0);
  const [gone] = await test.db.select().from(events).where(eq(events.id, own.id));
  expect(gone!.state).toBe("deleted");
  expect(await test.db.$count(schema.eventNotices)).toBe(0);

  await test.db.update(accounts).set({ deletedAt: sql`now() - interval '2 hours'` }).where(eq(accounts.id, account.id));
  await purge(test.db);
  expect(await accountRow(test.db, account.id)).toMatchObject({ state: "deleted", email: null, passwordHash: null });
  const [tombstone] = await test.db.select().from(actors).where(eq(actors.id, actor.id));
  expect(tombstone).toMatchObject({ handle: "leaver", name: "", summary: "", locality: null, accountId: null });
  const dump = JSON.stringify([
    await test.db.select().from(accounts),
    await test.db.select().from(actors).where(eq(actors.id, actor.id)),
    await test.db.select().from(events).where(eq(events.id, own.id)),
    await listRows(test.db, elsewhere.id),
    await test.db.select().from(schema.comments).where(eq(schema.comments.eventId, elsewhere.id)),
    await test.db.select().from(schema.sessions).where(eq(schema.sessions.accountId, account.id)),
    await test.db.select().from(schema.mails).where(eq(schema.mails.accountId, account.id)),
  ]);
  expect(dump).not.toMatch(/leaver\.secret|leaver Surname|Xanadu/);
});
