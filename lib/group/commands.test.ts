import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema, transact } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { addProfile } from "#lib/actor/commands.ts";
import { newProfileInput } from "#lib/actor/input.ts";
import { createEvent, deleteEvent, updateEvent } from "#lib/event/commands.ts";
import { nameContact } from "#lib/event/contact/commands.ts";
import { duplicateEvent } from "#lib/event/copy/commands.ts";
import { getEvent } from "#lib/event/queries.ts";
import { takeHome } from "#lib/event/remote/commands.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { groupLetterOf } from "#lib/mail/group.ts";
import { getGroupMail } from "#lib/mail/queries.ts";
import { concludeDeparture } from "#lib/notification/departure/commands.ts";
import { concludeGroup } from "#lib/notification/group/commands.ts";
import { joinEvent } from "#lib/participation/request/commands.ts";
import { request } from "#lib/participation/testing.ts";
import { operator, visitor } from "#lib/policy/viewer.ts";
import { linkToken } from "#lib/secrets.ts";
import { closeGroup, foundGroup, lockGroup, updateGroup } from "./commands.ts";
import { leaveGroup, removeMember } from "./departure/commands.ts";
import { groupInput, newGroupInput } from "./input.ts";
import {
  acceptMembership,
  declineMembership,
  inviteMember,
  purgeMemberships,
  withdrawMembership,
} from "./invitation/commands.ts";
import { getGroupInvitation, listGroupInvitations, listInvited } from "./invitation/queries.ts";
import { purgeLog } from "./log/commands.ts";
import { listLog } from "./log/queries.ts";
import { changeRole, comeIn, decideRequest, joinGroup } from "./membership/commands.ts";
import { countMembers, listMembers, listRequests } from "./membership/queries.ts";
import { getGroupFacts, listGroups, listOrganisers } from "./queries.ts";
import { enrol, makeGroup, makeProfile } from "./testing.ts";

const { accounts, actors, eventContacts, events, groupLog, mails, memberships } = schema;

let base: TestDatabase;
let ada: Awaited<ReturnType<typeof person>>;
let bob: Awaited<ReturnType<typeof person>>;
let eve: Awaited<ReturnType<typeof person>>;
beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
  [ada, bob, eve] = [await person(base.db, "ada"), await person(base.db, "bob"), await person(base.db, "eve")];
});
// Each promise has its own day: allowances are proven elsewhere.
beforeEach(async () => {
  await base.db.delete(schema.limits);
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const code = (code: string) => ({ code });
let count = 0;
/** A group of Ada's. */
const found = (more: object = {}) =>
  foundGroup(base.db, ada.viewer, {
    ...newGroupInput.parse({ handle: `workshop${++count}`, name: "Workshop", ...more }),
    formId: newId(),
  });
const asks = { message: "I have a soldering iron.", shown: false };
const invite = (group: string, who: string, viewer = ada.viewer) =>
  inviteMember(base.db, viewer, group, { who, language: "fr", formId: newId() });
const token = (id: string) => linkToken("membership", id, 0);
const belonging = async (who: typeof ada, id: string) =>
  (await getGroupFacts(base.db, who.viewer, { id, membersShown: false })).belonging;
const standing = async (who: typeof ada, group: string) => {
  const row = await belonging(who, group);
  return row && (row.state === "member" ? row.role : row.state);
};
const idOf = async (who: typeof ada, group: string) => (await belonging(who, group))!.id;
const written = (message: string, group: string) =>
  base.db.$count(
    mails,
    and(
      eq(mails.message, message),
      sql`coalesce(${mails.membershipId}, (${mails.data} ->> 'membershipId')::uuid) in (select id from memberships where group_id = ${group})`,
    ),
  );
/** Makes somebody of the cast a member. */
const enter = async (who: typeof ada, group: string, role = "member") =>
  enrol(base.db, group, { memberId: who.actor.id, role });
const ride = { name: "Ride", startWall: "2030-05-01T10:00", timezone: "Europe/Paris" };

describe("a group", () => {
  it("is founded once by a form sent twice, its founder looks after it, and its handle is nobody else's", async () => {
    const formId = newId();
    const input = { ...newGroupInput.parse({ handle: "Twice", name: "", membersShown: "yes" }), formId };
    const click = () => foundGroup(base.db, ada.viewer, input);
    expect(await Promise.all([click(), click()])).toEqual([formId, formId]);
    expect(await click()).toBe(formId);
    expect(await standing(ada, formId)).toBe("administrator");
    for (const handle of ["twice", "bob"])
      await expect(found({ handle })).rejects.toMatchObject({ code: "handle-taken", field: "handle" });
    const forged = foundGroup(base.db, ada.viewer, { ...input, handle: "other", formId: bob.actor.id });
    await expect(forged).rejects.toMatchObject(code("handle-taken"));
    const profile = { ...input, handle: "other", as: bob.actor.id, formId: newId() };
    await expect(foundGroup(base.db, ada.viewer, profile)).rejects.toMatchObject(code("forbidden"));
  });

  it("is changed by administrators alone, and each change is written down", async () => {
    const group = await found();
    await enter(bob, group, "moderator");
    const change = groupInput.parse({ name: "Atelier", openness: "open", visibility: "unlisted", locality: "Nantes" });
    await updateGroup(base.db, ada.viewer, group, change);
    await expect(updateGroup(base.db, bob.viewer, group, change)).rejects.toMatchObject(code("not-found"));
    const log = await listLog(base.db, group, { limit: 9 });
    expect(log.map(({ kind, who }) => [kind, who])).toEqual([
      ["settings", "ada"],
      ["founded", "ada"],
    ]);
    await base.db.update(groupLog).set({ createdAt: sql`now() - interval '366 days'` });
    await purgeLog(base.db);
    expect(await listLog(base.db, group, { limit: 9 })).toEqual([]);
  });

  it("is found by words and town unless it is unlisted, a page after the other", async () => {
    const words = { handle: "atelier_x", name: "L’Atelier des Ponts", locality: "Nantes", summary: "On répare 100 %." };
    await found(words);
    await found({ handle: "atelier_y", name: "Atelier caché", locality: "Nantes", visibility: "unlisted" });
    const search = async (words: string, town = "", after?: string) =>
      (await listGroups(base.db, { words, town, after, limit: 5 })).map(({ handle }) => handle);
    expect(await search("atelier REPARE", "nantes")).toEqual(["atelier_x"]);
    expect(await search("100 %")).toEqual(["atelier_x"]);
    const row = async () => (await listGroups(base.db, { words: "ponts", town: "", limit: 1 }))[0]!;
    for (const [name, startWall, visibility] of [
      ["Later", "2031-01-01T10:00", "public"],
      ["Inner", "2030-01-01T10:00", "members"],
      ["Next", "2030-06-01T10:00", "public"],
    ] as const)
      await createEvent(base.db, ada.viewer, (await row()).id, {
        ...{ ...ride, name, startWall, visibility, state: "published" },
      });
    expect((await row()).next).toMatchObject({ name: "Next" });
    expect(await search("100_%")).toEqual([]);
    expect(await search("atelier", "Rennes")).toEqual([]);
    expect(await search("atelier", "", "atelier_x")).toEqual([]);
  });
});

describe("somebody who comes in", () => {
  it("is in at once where the group is open, asks where it is moderated, and is refused where it is closed", async () => {
    const [open, asked, closed] = [
      await found({ openness: "open" }),
      await found(),
      await found({ openness: "invite_only" }),
    ];
    expect(await joinGroup(base.db, bob.viewer, open, { ...asks, shown: true })).toBe("member");
    expect(await joinGroup(base.db, bob.viewer, asked, asks)).toBe("requested");
    expect(await joinGroup(base.db, bob.viewer, asked, asks)).toBe("requested");
    await expect(joinGroup(base.db, bob.viewer, closed, asks)).rejects.toMatchObject(code("group-by-invitation"));
    expect(await written("group-request", asked)).toBe(1);
    const [waiting] = await listRequests(base.db, asked, { limit: 9 });
    expect(waiting).toMatchObject({ handle: "bob", message: asks.message });
    expect((await listMembers(base.db, open, { limit: 9, shown: true })).map(({ handle }) => handle)).toEqual(["bob"]);
  });

  it("is told of to those who decide by a mail of its own, and of many on one day together with others", async () => {
    const group = await found();
    for (let one = 0; one < 13; one++) {
      const memberId = await makeProfile(base.db);
      await transact(base.db, async (tx) =>
        comeIn(tx, await lockGroup(tx, operator, group, null), memberId, { message: "", shown: false }),
      );
    }
    expect(await written("group-request", group)).toBe(10);
    const gathered = and(eq(mails.message, "group-requests"), sql`${mails.data} ->> 'groupId' = ${group}`);
    const [mail, ...others] = await base.db.select().from(mails).where(gathered);
    await base.db.insert(schema.instance).values({ origin: "http://localhost", name: "Test" }).onConflictDoNothing();
    const letter = await groupLetterOf(base.db, (await getGroupMail(base.db, mail!.id))!);
    expect([others, letter?.message.text]).toEqual([[], expect.stringContaining("13 people wait")]);
    await base.db.update(memberships).set({ state: "rejected" }).where(eq(memberships.groupId, group));
    expect(await groupLetterOf(base.db, (await getGroupMail(base.db, mail!.id))!)).toBeNull();
  });

  it("is let in or not by those who may decide, once, and is told by mail", async () => {
    const group = await found();
    await joinGroup(base.db, bob.viewer, group, asks);
    await joinGroup(base.db, eve.viewer, group, asks);
    const [first, second] = [await idOf(bob, group), await idOf(eve, group)];
    const decide = (viewer: typeof ada.viewer, id: string, accepted: boolean) =>
      decideRequest(base.db, viewer, group, { id, accepted });
    await expect(decide(bob.viewer, first, true)).rejects.toMatchObject(code("not-found"));
    await decide(ada.viewer, first, true);
    await decide(ada.viewer, second, false);
    await expect(decide(ada.viewer, second, true)).rejects.toMatchObject(code("already-decided"));
    expect([await standing(bob, group), await standing(eve, group)]).toEqual(["member", "rejected"]);
    expect(await written("group-answer", group)).toBe(2);
    // Who was declined may ask again; who was sent away comes back to no open group without being asked in.
    expect(await joinGroup(base.db, eve.viewer, group, asks)).toBe("requested");
    await base.db.update(actors).set({ openness: "open" }).where(eq(actors.id, group));
    await removeMember(base.db, ada.viewer, group, first);
    expect(await joinGroup(base.db, bob.viewer, group, asks)).toBe("requested");
  });
});

describe("who was sent away from an open group, or declined", () => {
  const ways: Record<string, (group: string) => Promise<unknown>> = {
    "taking the request back": () => Promise.resolve(),
    "having it declined": async (group) =>
      decideRequest(base.db, ada.viewer, group, { id: await idOf(bob, group), accepted: false }),
    "declining an invitation": async (group) => {
      await leaveGroup(base.db, bob.viewer, group);
      await declineMembership(base.db, token(await invite(group, "bob")));
    },
    "an invitation that was withdrawn": async (group) => {
      await leaveGroup(base.db, bob.viewer, group);
      await withdrawMembership(base.db, ada.viewer, group, await invite(group, "bob"));
    },
    "an invitation that nobody answered": async (group) => {
      await leaveGroup(base.db, bob.viewer, group);
      const id = await invite(group, "bob");
      await base.db.update(memberships).set({ expiresAt: sql`now()` }).where(eq(memberships.id, id));
      await purgeMemberships(base.db);
    },
  };
  for (const [way, go] of Object.entries(ways))
    it(`is not let in by ${way}, until somebody who decides lets them in`, async () => {
      const group = await found({ openness: "open" });
      await enter(bob, group);
      await removeMember(base.db, ada.viewer, group, await idOf(bob, group));
      expect(await joinGroup(base.db, bob.viewer, group, asks)).toBe("requested");
      await go(group);
      await leaveGroup(base.db, bob.viewer, group).catch(() => {});
      expect(await joinGroup(base.db, bob.viewer, group, asks)).toBe("requested");
      await decideRequest(base.db, ada.viewer, group, { id: await idOf(bob, group), accepted: true });
      await leaveGroup(base.db, bob.viewer, group);
      expect(await joinGroup(base.db, bob.viewer, group, asks)).toBe("member");
    });
});

it("nobody who was sent away from an open group comes in at once as another of their profiles", async () => {
  const group = await found({ openness: "open" });
  const pam = await person(base.db, "pam");
  const { id: other } = await addProfile(base.db, pam.viewer, newProfileInput.parse({ handle: "pamela" }));
  const viewer = { ...pam.viewer, actorIds: [...pam.viewer.actorIds, other] };
  await joinGroup(base.db, viewer, group, asks);
  await removeMember(base.db, ada.viewer, group, await idOf(pam, group));
  expect(await joinGroup(base.db, viewer, group, { ...asks, as: other })).toBe("requested");
});

describe("an invitation", () => {
  it("by handle: one mail, nothing before it is accepted, and by nobody else", async () => {
    const group = await found({ openness: "invite_only" });
    const id = await invite(group, "@Bob");
    expect(await written("group-invitation", group)).toBe(1);
    expect(await standing(bob, group)).toBe("invited");
    expect((await listGroupInvitations(base.db, bob.viewer)).map((one) => one.token)).toContain(token(id));
    const accept = (who: typeof ada) => acceptMembership(base.db, who.viewer, token(id), { shown: true });
    await expect(accept(eve)).rejects.toMatchObject(code("invitation-for-other"));
    expect(await accept(bob)).toEqual({ handle: `workshop${count}`, host: null });
    expect(await standing(bob, group)).toBe("member");
    await expect(accept(bob)).rejects.toMatchObject(code("not-found"));
    await expect(invite(group, "bob")).rejects.toMatchObject({ code: "already-member", field: "who" });
  });

  it("by address waits for whoever opens an account with it, and forgets the address", async () => {
    const group = await found();
    const id = await invite(group, "newcomer@example.org");
    await expect(invite(group, "Newcomer@example.org")).rejects.toMatchObject(code("already-member"));
    expect(await listInvited(base.db, group)).toMatchObject([{ email: "newcomer@example.org", handle: null }]);
    const newcomer = await person(base.db, "newcomer");
    const prove = (confirmedAt: Date | null) =>
      base.db.update(accounts).set({ confirmedAt }).where(eq(accounts.id, newcomer.account.id));
    await prove(null);
    expect(await listGroupInvitations(base.db, newcomer.viewer)).toEqual([]);
    await prove(new Date());
    expect(await listGroupInvitations(base.db, newcomer.viewer)).toHaveLength(1);
    await acceptMembership(base.db, newcomer.viewer, token(id), { shown: false });
    expect(await standing(newcomer, group)).toBe("member");
    expect(await base.db.$count(memberships, sql`email is not null and group_id = ${group}`)).toBe(0);
  });

  it("by address is for nobody else: a link that was passed on does not bring back who was sent away", async () => {
    const group = await found({ openness: "open" });
    const id = await invite(group, "Guest@example.org");
    await enter(bob, group);
    await removeMember(base.db, ada.viewer, group, await idOf(bob, group));
    for (const who of [bob, eve])
      await expect(acceptMembership(base.db, who.viewer, token(id), { shown: false })).rejects.toMatchObject(
        code("invitation-for-address"),
      );
    expect(await joinGroup(base.db, bob.viewer, group, asks)).toBe("requested");
    const guest = await person(base.db, "guest");
    await acceptMembership(base.db, guest.viewer, token(id), { shown: false });
    expect(await standing(guest, group)).toBe("member");
  });

  it("is declined by whoever has the link, withdrawn by the group, and dies after fourteen days", async () => {
    const group = await found();
    const [first, second, third] = [
      await invite(group, "bob"),
      await invite(group, "eve"),
      await invite(group, "third@example.org"),
    ];
    await declineMembership(base.db, token(first));
    await withdrawMembership(base.db, ada.viewer, group, second);
    await base.db
      .update(memberships)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(memberships.id, third));
    for (const id of [first, second, third]) {
      expect(await getGroupInvitation(base.db, token(id))).toBeNull();
      await expect(acceptMembership(base.db, bob.viewer, token(id), { shown: false })).rejects.toMatchObject(
        code("not-found"),
      );
    }
    await purgeMemberships(base.db);
    expect(await countMembers(base.db, group)).toEqual({ members: 1, requests: 0, invited: 0 });
  });

  it("lets in at once who had asked, and says what it cannot do", async () => {
    const group = await found();
    await joinGroup(base.db, bob.viewer, group, asks);
    await invite(group, "bob");
    expect(await standing(bob, group)).toBe("member");
    for (const [who, refusal] of [
      ["@ann@elsewhere.example", "handle-unknown"],
      ["nobody_here", "handle-unknown"],
      ["not an address", "email-invalid"],
    ])
      await expect(invite(group, who!)).rejects.toMatchObject({ code: refusal, field: "who" });
    await expect(invite(group, "eve", bob.viewer)).rejects.toMatchObject(code("not-found"));
  });
});

describe("the members", () => {
  it("change roles, are sent away by those above them alone, and leave", async () => {
    const group = await found();
    for (const who of [bob, eve]) await enter(who, group);
    await changeRole(base.db, ada.viewer, group, { id: await idOf(bob, group), role: "moderator" });
    const remove = async (by: typeof ada, who: typeof ada) =>
      removeMember(base.db, by.viewer, group, await idOf(who, group));
    await expect(remove(bob, ada)).rejects.toMatchObject(code("not-found"));
    await expect(remove(eve, bob)).rejects.toMatchObject(code("not-found"));
    const promote = { id: await idOf(bob, group), role: "administrator" as const };
    await expect(changeRole(base.db, bob.viewer, group, promote)).rejects.toMatchObject(code("not-found"));
    await remove(bob, eve);
    await leaveGroup(base.db, bob.viewer, group);
    expect([await standing(eve, group), await standing(bob, group)]).toEqual(["removed", "left"]);
    expect(await written("group-answer", group)).toBe(1);
  });

  it("always have an administrator: the last one neither leaves nor steps down, not even two at once", async () => {
    const group = await found();
    const refusal = code("last-administrator");
    await expect(leaveGroup(base.db, ada.viewer, group)).rejects.toMatchObject(refusal);
    const away = await makeProfile(base.db, { suspendedAt: new Date() });
    await enrol(base.db, group, { memberId: away, role: "administrator" });
    await expect(leaveGroup(base.db, ada.viewer, group), "somebody suspended is none").rejects.toMatchObject(refusal);
    await base.db.delete(memberships).where(eq(memberships.memberId, away));
    await enter(bob, group, "administrator");
    const both = await Promise.allSettled([
      leaveGroup(base.db, ada.viewer, group),
      changeRole(base.db, bob.viewer, group, { id: await idOf(bob, group), role: "member" }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const led = and(eq(memberships.groupId, group), eq(memberships.state, "member"));
    expect(await base.db.$count(memberships, and(led, eq(memberships.role, "administrator")))).toBe(1);
  });

  it("of an account that is deleted leave the group to the next in line, or close it behind them", async () => {
    const [gone, heir] = [await person(base.db, `gone${++count}`), await person(base.db, `heir${count}`)];
    const input = (handle: string) => ({ ...newGroupInput.parse({ handle, name: "" }), formId: newId() });
    const shared = await foundGroup(base.db, gone.viewer, input(`shared${count}`));
    const alone = await foundGroup(base.db, gone.viewer, input(`alone${count}`));
    await enter(bob, shared);
    await enter(heir, shared, "moderator");
    const { account } = await person(base.db, `away${count}`);
    const suspended = { accountId: account.id, suspendedAt: new Date() };
    await enrol(base.db, shared, { memberId: await makeProfile(base.db, suspended), role: "administrator" });
    await nameContact(base.db, gone.viewer, await createEvent(base.db, gone.viewer, shared, ride), true);
    await base.db.update(accounts).set({ state: "leaving" }).where(eq(accounts.id, gone.account.id));
    for (const _ of [1, 2]) await concludeDeparture(base.db, gone.account.id);
    expect([await standing(heir, shared), await standing(bob, shared)]).toEqual(["administrator", "member"]);
    const [row] = await base.db.select().from(actors).where(eq(actors.id, alone));
    expect(row!.deletedAt).not.toBeNull();
    expect(await base.db.$count(memberships, eq(memberships.memberId, gone.actor.id))).toBe(0);
    expect(await base.db.$count(eventContacts, eq(eventContacts.actorId, gone.actor.id))).toBe(0);
  });
});

describe("a group's events", () => {
  const make = (who: typeof ada, group: string, more: object = {}) =>
    createEvent(base.db, who.viewer, group, { ...ride, ...more });

  it("are made in its name by those who may, and by its members where it says so", async () => {
    const group = await found();
    await enter(bob, group, "moderator");
    await enter(eve, group);
    const id = await make(bob, group);
    await expect(make(eve, group)).rejects.toMatchObject(code("forbidden"));
    await updateGroup(base.db, ada.viewer, group, groupInput.parse({ membersOrganise: "yes" }));
    await make(eve, group);
    expect((await listOrganisers(base.db, eve.viewer)).map((one) => one.id)).toEqual([eve.actor.id, group]);
    // A draft is everybody's who makes the group's events; a copy is the group's too.
    await updateEvent(base.db, eve.viewer, id, { name: "Long ride" });
    const copy = await duplicateEvent(base.db, eve.viewer, id);
    expect((await getEvent(base.db, ada.viewer, copy))!.organizer.id).toBe(group);
    const log = await listLog(base.db, group, { limit: 9 });
    expect(log.find(({ kind, objectId }) => kind === "event-made" && objectId === id)).toMatchObject({
      who: "bob",
      name: "Ride",
    });
  });

  it("are taken away by who leads it; whoever else made one is told", async () => {
    const group = await found();
    await enter(bob, group, "moderator");
    const published = { state: "published" };
    const bobs = await make(bob, group, published);
    for (const id of [bobs, await make(ada, group, published), await make(bob, group)])
      await deleteEvent(base.db, ada.viewer, id);
    const told = await base.db.select().from(mails).where(eq(mails.message, "event-removed"));
    expect(told.map(({ accountId, data }) => [accountId, data])).toEqual([
      [bob.account.id, { eventId: bobs, groupId: group }],
    ]);
  });

  it("of one elsewhere come home to who made them, without the names that it had put there", async () => {
    const far = await makeGroup(base.db, { host: "far.example" });
    await enrol(base.db, far, { memberId: bob.actor.id, role: "moderator" });
    const id = await make(bob, far);
    await nameContact(base.db, bob.viewer, id, true);
    await transact(base.db, (tx) => takeHome(tx, far));
    expect(await base.db.select().from(events).where(eq(events.id, id))).toMatchObject([
      { organizerId: bob.actor.id, authorId: null },
    ]);
    expect(await base.db.$count(eventContacts, eq(eventContacts.eventId, id))).toBe(0);
  });

  it("may be for members alone, unlike a person's", async () => {
    const group = await found();
    await enter(eve, group);
    const id = await make(ada, group, { visibility: "members", state: "published" });
    expect(await getEvent(base.db, eve.viewer, id)).not.toBeNull();
    expect(await getEvent(base.db, bob.viewer, id)).toBeNull();
    await expect(joinEvent(base.db, visitor, request(id))).rejects.toMatchObject(code("not-found"));
    const own = make(ada, ada.actor.id, { visibility: "members" });
    await expect(own).rejects.toMatchObject({ code: "audience-none", field: "visibility" });
  });

  it("refuse a member who lost the role in the midst of an edit, also one whose change was waiting already", async () => {
    const group = await found();
    await enter(bob, group, "moderator");
    const id = await make(ada, group);
    let late: Promise<unknown> = Promise.resolve();
    await transact(base.db, async (tx) => {
      await tx.select().from(events).where(eq(events.id, id)).for("update");
      late = updateEvent(base.db, bob.viewer, id, { name: "Mine" });
      late.catch(() => null);
      await base.db.execute(sql`select pg_sleep(0.3)`);
      await changeRole(base.db, ada.viewer, group, { id: await idOf(bob, group), role: "member" });
    });
    await expect(late).rejects.toMatchObject(code("not-found"));
    expect((await getEvent(base.db, ada.viewer, id))!.event.name).toBe("Ride");
  });
});

describe("a group that is closed", () => {
  it("is gone with its events, tells its members once, and forgets them", async () => {
    const group = await found();
    await enter(bob, group);
    const id = await createEvent(base.db, ada.viewer, group, { ...ride, state: "published" });
    const handle = `workshop${count}`;
    await expect(closeGroup(base.db, ada.viewer, group, "other")).rejects.toMatchObject(code("handle-differs"));
    await expect(closeGroup(base.db, bob.viewer, group, handle)).rejects.toMatchObject(code("not-found"));
    await closeGroup(base.db, ada.viewer, group, `@${handle}`);
    await expect(transact(base.db, (tx) => lockGroup(tx, ada.viewer, group, "see"))).rejects.toMatchObject(
      code("gone"),
    );
    for (const _ of [1, 2]) await concludeGroup(base.db, group);
    expect((await getEvent(base.db, visitor, id))!.event.state).toBe("deleted");
    expect(await base.db.$count(mails, sql`message = 'group-closed' and data ->> 'groupId' = ${group}`)).toBe(2);
    expect(await base.db.$count(memberships, eq(memberships.groupId, group))).toBe(0);
    await expect(found({ handle })).rejects.toMatchObject(code("handle-taken"));
  });
});
