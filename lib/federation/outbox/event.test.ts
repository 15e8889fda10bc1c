import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { cancelEvent, createEvent, deleteEvent, updateEvent } from "#lib/event/commands.ts";
import { getDeskEvent } from "#lib/event/desk/queries.ts";
import { getEvent } from "#lib/event/queries.ts";
import { leaveGroupAway } from "#lib/group/away/commands.ts";
import { listOrganisers } from "#lib/group/queries.ts";
import { keepRoster } from "#lib/group/roster/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { concludeDeparture } from "#lib/notification/departure/commands.ts";
import { decideParticipation } from "#lib/participation/decision/commands.ts";
import { visitor } from "#lib/policy/viewer.ts";
import { buryActor, resolveActor } from "../remote/actor.ts";
import { type Json, read } from "../testing/peer.ts";
import { publicly, type Stage, stage } from "../testing/stage.ts";
import { deliverTo } from "./delivery.ts";
import { tellEvent } from "./event.ts";
import { tellMembership } from "./membership.ts";

const { accounts, events, follows, memberships } = schema;

/** Ann leads a club of another server, Bea belongs to it; Fox, on a third, follows Ann. */
let at: Stage;
let [club, fox] = ["", ""];
let clubId: string;
let bea: Awaited<ReturnType<typeof person>>;
beforeAll(async () => {
  at = await stage();
  club = at.peer.actor("club", { type: "Group", openness: "open", name: "Club" });
  fox = at.other.actor("fox");
  clubId = (await resolveActor(at.db, club))!.id;
  bea = await person(at.db, "bea");
  await enrol(at.db, clubId, { memberId: at.ann.actor.id, role: "moderator" });
  await enrol(at.db, clubId, { memberId: bea.actor.id });
  await follow((await resolveActor(at.db, fox))!.id, at.ann.actor.id);
});
afterAll(() => at.stop());
beforeEach(async () => {
  await deliver();
  for (const { inbox } of [at.peer, at.other]) inbox.length = 0;
});

const follow = (followerId: string, followedId: string) =>
  at.db.insert(follows).values({ id: newId(), followerId, followedId, uri: newId(), state: "accepted" });
const deliver = () => Promise.all([at.peer, at.other].map(({ host }) => deliverTo(at.db, host)));
const input = { name: "Repair café", startWall: "2030-12-05T19:00:00", timezone: "Europe/Paris", language: "en" };
async function makes(change: object = {}) {
  const id = await createEvent(at.db, at.ann.viewer, clubId, { ...input, state: "published", ...change } as never);
  await told(id);
  return { id, uri: `${at.origin}/events/${id}` };
}
const told = async (id: string) => {
  await tellEvent(at.db, id);
  await deliver();
};
const rowOf = async (id: string) => (await at.db.select().from(events).where(eq(events.id, id)))[0]!;
const says = async (type: string, object: unknown, more: Json = {}) => {
  const activity = await at.peer.prove(at.peer.activity(club, type, object, { to: [publicly], ...more }), club);
  expect((await at.peer.send(at.inbox, activity, { signer: club })).status).toBeLessThan(500);
};
const asRole = (role: string) =>
  at.db.execute(
    sql`update memberships set role = ${role} where group_id = ${clubId} and member_id = ${at.ann.actor.id}`,
  );

describe("an event in the name of a group of another server", () => {
  it("can be made by all its members where its document says so, as that of ours does, until it says otherwise", async () => {
    const offered = async () => (await listOrganisers(at.db, bea.viewer)).map(({ id }) => id);
    const choir = at.peer.actor("choir", { type: "Group", openness: "open", membersOrganise: true });
    const { id } = (await resolveActor(at.db, choir))!;
    await enrol(at.db, id, { memberId: bea.actor.id });
    expect(await offered()).toEqual([bea.actor.id, id]);
    at.peer.actor("choir", { type: "Group", openness: "open", membersOrganise: "yes" });
    await resolveActor(at.db, choir, { fresh: true });
    expect(await offered()).toEqual([bea.actor.id]);
    await makeGroup(at.db, { handle: "ours", membersOrganise: true });
    expect((await read(`${at.origin}/@ours`)).json.membersOrganise).toBe(true);
  });

  it("can be made by who leads it here: it lives here, and the group alone is told, by its author", async () => {
    const offered = async (viewer: typeof bea.viewer) => (await listOrganisers(at.db, viewer)).map(({ id }) => id);
    expect([await offered(at.ann.viewer), await offered(bea.viewer)]).toEqual([
      [at.ann.actor.id, clubId],
      [bea.actor.id],
    ]);
    const { id, uri } = await makes();
    expect(await rowOf(id)).toMatchObject({
      organizerId: clubId,
      authorId: at.ann.actor.id,
      uri: null,
      awaiting: true,
    });
    const full = (await getEvent(at.db, at.ann.viewer, id))!;
    expect([full.role, full.organizer.host, full.author!.handle]).toEqual(["owner", at.peer.host, "ann"]);
    const ann = `${at.origin}/@ann`;
    const about = { id: uri, attributedTo: ann, actor: ann, audience: club };
    expect(at.peer.received("Create")).toEqual([
      expect.objectContaining({ actor: ann, to: [publicly], object: expect.objectContaining(about) }),
    ]);
    expect(at.peer.received("Create")[0]!.cc).toContain(club);
    expect(at.other.inbox).toEqual([]);
    await updateEvent(at.db, at.ann.viewer, id, { name: "Repair night" });
    await told(id);
    expect((at.peer.received("Update")[0]!.object as Json).name).toBe("Repair night");
    await cancelEvent(at.db, at.ann.viewer, id);
    await told(id);
    expect((at.peer.received("Update")[1]!.object as Json).status).toBe("CANCELLED");
    await deleteEvent(at.db, at.ann.viewer, id);
    await told(id);
    expect(at.peer.received("Delete")[0]).toMatchObject({ actor: ann, object: { id: uri, type: "Tombstone" } });
    expect(at.other.inbox).toEqual([]);
    const made = createEvent(at.db, bea.viewer, clubId, { ...input, state: "published" } as never);
    await expect(made).rejects.toMatchObject({ code: "forbidden" });
  });

  it("stands there once the group has passed it on, and is here once", async () => {
    const { id, uri } = await makes();
    const before = await at.db.$count(events);
    await says("Announce", at.peer.received("Create")[0]);
    await says("Announce", uri);
    expect([await at.db.$count(events), (await rowOf(id)).awaiting]).toEqual([before, false]);
    // What another group says of it is nothing.
    const next = await makes();
    const others = at.other.actor("others", { type: "Group" });
    await at.other.send(at.inbox, at.other.activity(others, "Announce", next.uri), { signer: others });
    expect((await rowOf(next.id)).awaiting).toBe(true);
  });

  it("is said not to stand there where the group answers so, until it takes it", async () => {
    const { id } = await makes();
    const refused = async () => {
      const said = [await getDeskEvent(at.db, at.ann.viewer, id), await getEvent(at.db, visitor, id)];
      expect(said[0]!.refused).toBe(said[1]!.refused);
      return said[0]!.refused;
    };
    const [create] = at.peer.received("Create");
    await says("Announce", create);
    const others = at.other.actor("rivals", { type: "Group" });
    const answer = { type: "Create", id: create!.id };
    await at.other.send(at.inbox, at.other.activity(others, "Reject", answer), { signer: others });
    expect(await refused()).toBe(false);
    await updateEvent(at.db, at.ann.viewer, id, { name: "Too late" });
    await told(id);
    await says("Reject", { type: "Update", id: at.peer.received("Update")[0]!.id });
    expect([await refused(), (await rowOf(id)).awaiting]).toEqual([true, true]);
    const letters = await at.db.select().from(schema.mails).where(eq(schema.mails.message, "event-refused"));
    const mine = { accountId: at.ann.viewer.accountId, data: { eventId: id, groupId: clubId } };
    expect(letters).toEqual([expect.objectContaining(mine)]);
    await updateEvent(at.db, at.ann.viewer, id, { name: "Again" });
    await told(id);
    expect(await refused()).toBe(false);
    await says("Announce", at.peer.received("Update")[1]);
    expect((await rowOf(id)).awaiting).toBe(false);
  });

  it("is told and shown to the group's server and its members here alone, where it is for members", async () => {
    const { id, uri } = await makes({ visibility: "members" });
    expect(at.peer.received("Create")[0]).toMatchObject({ to: [`${club}/members`], cc: [club] });
    expect(at.other.inbox).toEqual([]);
    const relay = at.peer.actor("relay", { type: "Application" });
    const answers = [
      await at.peer.ask(uri, club),
      await at.peer.ask(uri, relay),
      await at.other.ask(uri, fox),
      await at.other.ask(uri, at.other.actor("relay", { type: "Application" })),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 404]);
    const seen = [visitor, bea.viewer, at.ann.viewer].map((who) => getEvent(at.db, who, id));
    expect((await Promise.all(seen)).map((one) => one !== null)).toEqual([false, true, true]);
    // Whoever that server shows it to asks for a place here.
    const guest = at.peer.actor("guest");
    await at.peer.send(at.inbox, at.peer.activity(guest, "Join", uri), { signer: guest });
    await at.other.send(at.inbox, at.other.activity(fox, "Join", uri), { signer: fox });
    expect((await at.rows(id)).map(({ state }) => state)).toEqual(["accepted"]);
  });

  it("for members gives no seat to who is not in the group's list, where that was read to its end: the organiser decides", async () => {
    const { id, uri } = await makes({ visibility: "members", maximumAttendeeCapacity: 3 });
    const [member, stranger] = [at.peer.actor("member"), at.peer.actor("stranger")];
    const one = { role: "member", state: "member", message: "", name: "member@peer" } as const;
    const listed = [{ ...one, uri: `${club}/members/1`, actorUri: member }];
    const join = async (actor: string) =>
      at.peer.send(at.inbox, at.peer.activity(actor, "Join", uri), { signer: actor });
    for (const [reach, since] of [
      ["part", new Date(Date.now() - 1_000)],
      ["whole", new Date()],
    ] as const) {
      await keepRoster(at.db, clubId, { since, listed, reach });
      await join(reach === "whole" ? stranger : at.peer.actor("unknown"));
    }
    await join(member);
    expect((await at.rows(id)).map(({ name, state }) => [name.split(" ")[0], state]).sort()).toEqual([
      ["Member", "accepted"],
      ["Stranger", "pending"],
      ["Unknown", "accepted"],
    ]);
    const { id: participationId } = (await at.rows(id)).find(({ state }) => state === "pending")!;
    expect(await at.seats(id)).toBe(2);
    await decideParticipation(at.db, at.ann.viewer, { participationId, decision: "approve" });
    expect(await at.seats(id)).toBe(3);
    await at.db.delete(schema.rosterReadings);
  });

  it("is changed by nobody whom the group lets make its events no more; who made it still takes it away", async () => {
    const { id } = await makes();
    const change = (name: string) => updateEvent(at.db, at.ann.viewer, id, { name });
    await change("Theirs");
    await asRole("member");
    await expect(change("Mine")).rejects.toMatchObject({ code: "not-found" });
    expect((await getEvent(at.db, at.ann.viewer, id))!.role).toBe("author");
    await deleteEvent(at.db, at.ann.viewer, id);
    await told(id);
    expect([await rowOf(id), at.peer.received("Delete").length]).toMatchObject([{ state: "deleted" }, 1]);
    await asRole("moderator");
  });

  it("that it has not shown is its author's own once they belong to it no more; what it shows stays the group's", async () => {
    const hers = eq(memberships.memberId, at.ann.actor.id);
    for (const way of ["sent away", "left"]) {
      const uri = `${at.origin}/activities/${newId()}`;
      await at.db.update(memberships).set({ uri }).where(hers);
      const [shown, refused] = [await makes(), await makes()];
      const [first, second] = at.peer.received("Create").slice(-2);
      await says("Announce", first);
      await says("Reject", { type: "Create", id: second!.id });
      if (way === "sent away") await says("Remove", uri, { origin: club });
      else {
        await leaveGroupAway(at.db, at.ann.viewer, clubId);
        const [row] = await at.db.select().from(memberships).where(hers);
        await tellMembership(at.db, row!.id);
      }
      const own = { organizerId: at.ann.actor.id, authorId: null, awaiting: false };
      expect([way, await rowOf(refused.id)]).toMatchObject([way, own]);
      const theirs = { organizerId: clubId, authorId: at.ann.actor.id, awaiting: false };
      expect([way, await rowOf(shown.id)]).toMatchObject([way, theirs]);
      await at.db.delete(memberships).where(hers);
      await enrol(at.db, clubId, { memberId: at.ann.actor.id, role: "moderator" });
    }
  });

  it("ends with the account of who made it", async () => {
    const cy = await person(at.db, "cy");
    await enrol(at.db, clubId, { memberId: cy.actor.id, role: "moderator" });
    const id = await createEvent(at.db, cy.viewer, clubId, { ...input, state: "published" } as never);
    await told(id);
    await at.db.update(accounts).set({ state: "leaving" }).where(eq(accounts.id, cy.viewer.accountId));
    await concludeDeparture(at.db, cy.viewer.accountId);
    await told(id);
    expect([await rowOf(id), at.peer.received("Delete").length]).toMatchObject([{ state: "deleted" }, 1]);
  });

  it("is its author's own once the group has taken it out, or is gone; what was for members is for nobody", async () => {
    const [open, inner, kept] = [await makes(), await makes({ visibility: "followers" }), await makes()];
    await says("Remove", open.uri, { origin: club });
    await says("Remove", inner.uri, { origin: club });
    const own = { organizerId: at.ann.actor.id, authorId: null, awaiting: false };
    expect(await rowOf(open.id)).toMatchObject({ ...own, visibility: "public" });
    expect(await rowOf(inner.id)).toMatchObject({ ...own, visibility: "members" });
    expect(await getEvent(at.db, bea.viewer, inner.id)).toBeNull();
    expect(await rowOf(kept.id)).toMatchObject({ organizerId: clubId });
    const told = async () => {
      const rows = await at.db.select().from(schema.mails).where(eq(schema.mails.message, "event-taken-out"));
      return rows.map(({ accountId, data }) => [accountId, data.eventId]).sort();
    };
    const mails = [open, inner].map(({ id }) => [at.ann.viewer.accountId, id]);
    expect(await told()).toEqual(mails.sort());
    await buryActor(at.db, (await resolveActor(at.db, club))!);
    expect(await rowOf(kept.id)).toMatchObject(own);
    expect(await told()).toContainEqual([at.ann.viewer.accountId, kept.id]);
  });
});
