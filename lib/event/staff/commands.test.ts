import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { addProfile } from "#lib/actor/commands.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { getBoard } from "#lib/notification/board/queries.ts";
import { makeEvent } from "#lib/participation/testing.ts";
import type { AccountViewer } from "#lib/policy/viewer.ts";
import { linkToken } from "#lib/secrets.ts";
import { deleteEvent, updateEvent } from "../commands.ts";
import { duplicateEvent } from "../copy/commands.ts";
import { getDeskEvent, listDesk } from "../desk/queries.ts";
import {
  acceptInvitation,
  declineInvitation,
  inviteStaff,
  leaveStaff,
  purgeInvitations,
  removeStaff,
} from "./commands.ts";
import { invitationInput } from "./input.ts";
import { getInvitation, listHelp, listInvitations, listStaff } from "./queries.ts";

const { eventStaff, mails } = schema;

let base: TestDatabase;
let ada: Awaited<ReturnType<typeof person>>;
let bob: Awaited<ReturnType<typeof person>>;
let eve: Awaited<ReturnType<typeof person>>;
beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
  [ada, bob, eve] = [await person(base.db, "ada"), await person(base.db, "bob"), await person(base.db, "eve")];
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const ownEvent = async () => (await makeEvent(base.db, { organizerId: ada.actor.id })).id;
const invite = (eventId: string, who: string, role: "organizer" | "moderator" | "helper" = "organizer") =>
  inviteStaff(base.db, ada.viewer, eventId, {
    ...invitationInput.parse({ who, role }),
    ...{ language: "fr", formId: newId() },
  });
const token = (id: string) => linkToken("staff", id, 0);
const mailsOf = (id: string) => base.db.$count(mails, eq(mails.staffId, id));
const code = (code: string) => ({ code });

describe("an invitation to help with an event", () => {
  it("by handle: one mail, nothing before it is accepted, then what the role allows, until they are sent away", async () => {
    const event = await ownEvent();
    const id = await invite(event, "@Bob");
    expect(await mailsOf(id)).toBe(1);
    expect((await listInvitations(base.db, bob.viewer)).map((one) => one.token)).toEqual([token(id)]);
    expect(await getDeskEvent(base.db, bob.viewer, event)).toBeNull();
    await expect(acceptInvitation(base.db, eve.viewer, token(id))).rejects.toMatchObject(code("invitation-for-other"));
    expect(await acceptInvitation(base.db, bob.viewer, token(id))).toBe(event);
    await updateEvent(base.db, bob.viewer, event, { name: "Changed by Bob" });
    expect((await listDesk(base.db, bob.viewer)).map(({ name, role }) => [name, role])).toEqual([
      ["Changed by Bob", "organizer"],
    ]);
    expect(
      (await getBoard(base.db, { id: event, organizerId: ada.actor.id, waitingList: false })).people.map(
        ({ handle }) => handle,
      ),
    ).toEqual(["bob"]);
    expect(await listHelp(base.db, bob.account.id)).toMatchObject([{ as: "bob", role: "organizer" }]);
    await expect(deleteEvent(base.db, bob.viewer, event)).rejects.toMatchObject(code("not-found"));
    await expect(removeStaff(base.db, bob.viewer, event, id)).rejects.toMatchObject(code("not-found"));
    await removeStaff(base.db, ada.viewer, event, id);
    await expect(updateEvent(base.db, bob.viewer, event, { name: "x" })).rejects.toMatchObject(code("not-found"));
    expect(await listDesk(base.db, bob.viewer)).toEqual([]);
  });

  it("by address: whoever has proven it accepts as the profile that acts, and nobody else who has the link; then it is forgotten", async () => {
    const event = await ownEvent();
    const id = await invite(event, " Eve@Example.ORG ", "helper");
    expect(await listStaff(base.db, event)).toMatchObject([{ email: "Eve@Example.ORG", acceptedAt: null }]);
    const accept = ({ viewer }: typeof eve) => acceptInvitation(base.db, viewer, token(id));
    await expect(accept(bob)).rejects.toMatchObject(code("invitation-for-address"));
    const proves = (at: string | null) =>
      sql`update accounts set confirmed_at = ${at}::timestamptz where id = ${eve.account.id}`;
    await base.db.execute(proves(null));
    await expect(accept(eve)).rejects.toMatchObject(code("invitation-for-address"));
    await base.db.execute(proves("2026-01-01T00:00:00Z"));
    await accept(eve);
    const [row] = await base.db.select().from(eventStaff).where(eq(eventStaff.id, id));
    expect(row).toMatchObject({ email: null, emailKey: null, actorId: eve.actor.id, expiresAt: null });
    expect(await getInvitation(base.db, token(id))).toMatchObject({ role: "helper", acceptedAt: expect.any(Date) });
    await expect(acceptInvitation(base.db, bob.viewer, token(id))).rejects.toMatchObject(code("already-decided"));
    await expect(declineInvitation(base.db, token(id))).rejects.toMatchObject(code("already-decided"));
    await leaveStaff(base.db, eve.viewer, event);
    await expect(leaveStaff(base.db, eve.viewer, event)).rejects.toMatchObject(code("not-found"));
  });

  it("is found on the desk by a proven address alone", async () => {
    const event = await ownEvent();
    await invite(event, "eve@example.org", "moderator");
    expect(await listInvitations(base.db, eve.viewer)).toHaveLength(1);
    await base.db.execute(sql`update accounts set confirmed_at = null where id = ${eve.account.id}`);
    expect(await listInvitations(base.db, eve.viewer)).toEqual([]);
    await base.db.execute(sql`update accounts set confirmed_at = now() where id = ${eve.account.id}`);
  });

  it("is declined by whoever has the link, and nothing of it stays", async () => {
    const event = await ownEvent();
    const id = await invite(event, "somebody@example.org");
    await declineInvitation(base.db, token(id));
    expect(await listStaff(base.db, event)).toEqual([]);
    await expect(acceptInvitation(base.db, bob.viewer, token(id))).rejects.toMatchObject(code("not-found"));
    expect(await getInvitation(base.db, token(id))).toBeNull();
    expect(await mailsOf(id)).toBe(0);
  });

  it.each([
    ["bob", "again", "already-staff"],
    ["bob@example.org", "again", "already-staff"],
    ["ada", "once", "already-staff"],
    ["nobody_here", "once", "handle-unknown"],
    ["not an address", "once", "email-invalid"],
    ["@bob@other.example", "once", "email-invalid"],
  ])("to %s (%s) is refused: %s", async (who, times, refusal) => {
    const event = await ownEvent();
    if (times === "again") await invite(event, who);
    await expect(invite(event, who)).rejects.toMatchObject(code(refusal));
  });

  it("is sent once by a form that comes twice, and by nobody else than whose the event is", async () => {
    const event = await ownEvent();
    const form = { who: "bob", role: "organizer", language: "en", formId: newId() } as const;
    await Promise.all([1, 2, 3].map(() => inviteStaff(base.db, ada.viewer, event, form)));
    expect(await mailsOf(form.formId)).toBe(1);
    await acceptInvitation(base.db, bob.viewer, token(form.formId));
    for (const viewer of [bob.viewer, eve.viewer])
      await expect(inviteStaff(base.db, viewer, event, { ...form, who: "eve", formId: newId() })).rejects.toMatchObject(
        code("not-found"),
      );
  });

  it("gives one person one role, by however many profiles and invitations at once", async () => {
    const event = await ownEvent();
    await base.db.execute(sql`delete from limits`);
    const words = { name: "", summary: "", locality: "", tone: null };
    const club = await addProfile(base.db, bob.viewer, { ...words, handle: "bob_club" });
    const viewer: AccountViewer = { ...bob.viewer, actorIds: [...bob.viewer.actorIds, club.id] };
    const ids = [
      await invite(event, "bob", "moderator"),
      await invite(event, "bob_club", "helper"),
      await invite(event, "bob@example.org", "organizer"),
    ];
    const answers = await Promise.allSettled(ids.map((id) => acceptInvitation(base.db, viewer, token(id))));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const accepted = sql`${eventStaff.eventId} = ${event} and ${eventStaff.acceptedAt} is not null`;
    expect(await base.db.$count(eventStaff, accepted)).toBe(1);
    const own = await invite(event, "Ada@example.org");
    await expect(acceptInvitation(base.db, ada.viewer, token(own))).rejects.toMatchObject(code("already-staff"));
  });

  it("dies after fourteen days, and may then be sent anew; with the event everything of it goes", async () => {
    const event = await ownEvent();
    const id = await invite(event, "late@example.org");
    await base.db.execute(sql`update event_staff set expires_at = now() - interval '1 second' where id = ${id}`);
    expect(await getInvitation(base.db, token(id))).toBeNull();
    await expect(acceptInvitation(base.db, bob.viewer, token(id))).rejects.toMatchObject(code("not-found"));
    const next = await invite(event, "late@example.org");
    await base.db.execute(sql`update event_staff set expires_at = now() - interval '1 second' where id = ${next}`);
    await purgeInvitations(base.db);
    expect(await base.db.$count(eventStaff, eq(eventStaff.eventId, event))).toBe(0);
    await base.db.execute(sql`delete from limits`);
    await invite(event, "late@example.org");
    await deleteEvent(base.db, ada.viewer, event);
    expect(await base.db.$count(eventStaff, eq(eventStaff.eventId, event))).toBe(0);
  });

  it("does not send more than three mails an hour to an address that proved nothing", async () => {
    const events = await Promise.all([1, 2, 3, 4].map(ownEvent));
    await base.db.execute(sql`delete from limits`);
    for (const event of events.slice(0, 3)) await invite(event, "victim@example.org");
    await expect(invite(events[3]!, "victim+more@example.org")).rejects.toMatchObject(code("too-many-requests"));
  });
});

it("a co-organiser's copy is their own", async () => {
  await base.db.execute(sql`delete from limits`);
  const event = await ownEvent();
  await acceptInvitation(base.db, bob.viewer, token(await invite(event, "bob")));
  const copy = await duplicateEvent(base.db, bob.viewer, event);
  expect(await getDeskEvent(base.db, bob.viewer, copy, "remove")).toMatchObject({ role: "owner" });
  expect(await getDeskEvent(base.db, ada.viewer, copy, "see")).toBeNull();
});
