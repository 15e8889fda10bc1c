import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { listAsksOfPeople } from "#lib/group/ask/queries.ts";
import { joinGroupAway, leaveGroupAway } from "#lib/group/away/commands.ts";
import { departFromGroups, removeMember } from "#lib/group/departure/commands.ts";
import {
  acceptMembership,
  inviteMember,
  purgeMemberships,
  withdrawMembership,
} from "#lib/group/invitation/commands.ts";
import { listGroupInvitations } from "#lib/group/invitation/queries.ts";
import { changeRole, decideRequest } from "#lib/group/membership/commands.ts";
import { listRoster } from "#lib/group/roster/queries.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { spend } from "#lib/limits/commands.ts";
import { tellAsk } from "../outbox/ask.ts";
import { tellMembership } from "../outbox/membership.ts";
import { buryActor } from "../remote/actor.ts";
import { lookUp } from "../remote/lookup.ts";
import { readRoster } from "../remote/roster.ts";
import type { Json, Peer } from "../testing/peer.ts";
import { type Stage, stage } from "../testing/stage.ts";

const { actors, groupLog, memberships } = schema;

let at: Stage;
beforeAll(async () => {
  at = await stage();
});
beforeEach(async () => {
  await at.db.delete(schema.limits);
});
afterAll(() => at.stop());

let count = 0;
const someone = (change: Json = {}, peer: Peer = at.peer) => peer.actor(`member${++count}`, change);
const say = async (actor: string, type: string, object: unknown, more: Json = {}, peer: Peer = at.peer) => {
  const activity = peer.activity(actor, type, object, more);
  expect((await peer.send(at.inbox, activity)).status).toBe(202);
  return activity;
};
const known = async (uri: string) => (await at.db.select().from(actors).where(eq(actors.uri, uri)))[0]!;
const rowOf = async (groupId: string, memberId: string) => {
  const pair = and(eq(memberships.groupId, groupId), eq(memberships.memberId, memberId));
  return (await at.db.select().from(memberships).where(pair))[0];
};
/** What somebody elsewhere is to a group of ours. */
const standing = async (groupId: string, uri: string) => {
  const row = await rowOf(groupId, (await known(uri))?.id ?? newId());
  return row && (row.state === "member" ? row.role : row.state);
};
/** Says what is to be said of a membership, and brings it. */
const tell = async (id: string) => {
  await tellMembership(at.db, id);
  await at.settle();
};
const types = (actor: string) => at.toldTo(actor).map(({ type }) => type);

/** A group of Ann's. */
const ours = async (openness: string) => {
  const id = await makeGroup(at.db, { openness });
  await enrol(at.db, id, { memberId: at.ann.actor.id, role: "administrator" });
  const [row] = await at.db.select().from(actors).where(eq(actors.id, id));
  return { id, uri: `${at.origin}/@${row!.handle}` };
};

describe("a Join of a group of ours", () => {
  it("of an open one is accepted with itself inside, to that actor alone; again, in the same words", async () => {
    const { id, uri } = await ours("open");
    const actor = someone();
    const join = await say(actor, "Join", uri);
    await at.settle();
    await at.peer.send(at.inbox, join);
    await at.settle();
    const accept = {
      type: "Accept",
      actor: uri,
      to: [actor],
      object: { type: "Join", id: join.id, actor, object: uri },
    };
    const told = at.toldTo(actor);
    expect([told.length, told[0], new Set(told.map((one) => one.id)).size]).toEqual([
      2,
      expect.objectContaining(accept),
      1,
    ]);
    expect([await standing(id, actor), told[0]!.cc]).toEqual(["member", undefined]);
  });

  it("of one that is asked waits for whoever decides there, with its message as plain text", async () => {
    const { id, uri } = await ours("moderated");
    const [yes, no] = [someone(), someone()];
    await say(yes, "Join", uri, { participationMessage: "<p>I bring <b>tea</b>.</p>" });
    await say(no, "Join", uri);
    await at.settle();
    expect([types(yes), await standing(id, yes)]).toEqual([[], "requested"]);
    const row = (await rowOf(id, (await known(yes)).id))!;
    expect(row.message).toBe("I bring tea.");
    await decideRequest(at.db, at.ann.viewer, id, { id: row.id, accepted: true });
    await tell(row.id);
    const other = (await rowOf(id, (await known(no)).id))!;
    await decideRequest(at.db, at.ann.viewer, id, { id: other.id, accepted: false });
    await tell(other.id);
    expect([types(yes), types(no)]).toEqual([["Accept"], ["Reject"]]);
  });

  it("without the invitation that is needed, of a group, or of whom the host has sent away, is rejected", async () => {
    const { id, uri } = await ours("invite_only");
    const open = await ours("open");
    const [plain, group, sent] = [someone(), someone({ type: "Group" }), someone()];
    await lookUp(at.db, sent);
    await at.db.update(actors).set({ suspendedAt: new Date() }).where(eq(actors.uri, sent));
    await say(plain, "Join", uri);
    await say(group, "Join", open.uri);
    await say(sent, "Join", open.uri);
    await at.settle();
    expect([types(plain), types(group), types(sent)]).toEqual([["Reject"], ["Reject"], ["Reject"]]);
    expect([await standing(id, plain), await standing(open.id, group), await standing(open.id, sent)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("in another's name, or shown again after it was taken back, brings nobody in", async () => {
    const { id, uri } = await ours("open");
    const [victim, thief] = [someone(), someone()];
    const forged = at.peer.activity(victim, "Join", uri);
    expect((await at.peer.send(at.inbox, forged, { signer: thief })).status).toBe(401);
    expect(await standing(id, victim)).toBeUndefined();
    for (const [type, object] of [
      ["Leave", () => uri],
      ["Undo", (join: Json) => join],
      ["Undo", (join: Json) => join.id],
    ] as const) {
      const join = await say(victim, "Join", uri);
      expect(await standing(id, victim)).toBe("member");
      await say(victim, type, object(join));
      await at.peer.send(at.inbox, join);
      expect(await standing(id, victim)).toBe("left");
    }
    // Another's Undo of it is nothing.
    const join = await say(victim, "Join", uri);
    await say(thief, "Undo", join.id);
    await say(thief, "Undo", { ...join });
    expect(await standing(id, victim)).toBe("member");
  });

  it("is not asked for more often than one server may", async () => {
    const { id, uri } = await ours("moderated");
    for (let one = 0; one < 59; one++) await spend(at.db, "ask-group-server", at.peer.host);
    const [last, late] = [someone(), someone()];
    await say(last, "Join", uri);
    await say(late, "Join", uri);
    await at.settle();
    expect([await standing(id, last), await standing(id, late)]).toEqual(["requested", undefined]);
    expect([types(last), types(late)]).toEqual([[], ["Reject"]]);
  });
});

describe("a member of another server", () => {
  it("hears of another role and of the end as Mobilizon says them, and asks anew after it", async () => {
    const { id, uri } = await ours("open");
    const actor = someone();
    const join = await say(actor, "Join", uri);
    const row = (await rowOf(id, (await known(actor)).id))!;
    await changeRole(at.db, at.ann.viewer, id, { id: row.id, role: "moderator" });
    await tell(row.id);
    await removeMember(at.db, at.ann.viewer, id, row.id);
    await tell(row.id);
    const [, update, remove] = at.toldTo(actor);
    const member = { type: "Member", id: join.id, actor, object: uri, role: "moderator" };
    expect([update, remove]).toMatchObject([
      { type: "Update", actor: uri, object: member },
      { type: "Remove", actor: uri, object: join.id, origin: uri },
    ]);
    for (const _ of [1, 2]) {
      await say(actor, "Join", uri);
      expect(await standing(id, actor)).toBe("requested");
      await say(actor, "Leave", uri);
    }
    expect(await standing(id, actor)).toBe("removed");
  });

  it("does there what their role lets them: a moderator of another server sends a member away, a stranger nobody", async () => {
    const { id, uri } = await ours("open");
    const [moderator, member, stranger] = [someone(), someone(), someone({}, at.other)];
    await say(moderator, "Join", uri);
    const join = await say(member, "Join", uri);
    await say(stranger, "Remove", join.id, { origin: uri }, at.other);
    await say(stranger, "Remove", member, { origin: uri }, at.other);
    await say(member, "Update", { type: "Member", id: join.id, actor: member, object: uri, role: "administrator" });
    expect(await standing(id, member)).toBe("member");
    const row = (await rowOf(id, (await known(moderator)).id))!;
    await changeRole(at.db, at.ann.viewer, id, { id: row.id, role: "moderator" });
    await say(moderator, "Update", { type: "Member", id: join.id, actor: member, object: uri, role: "moderator" });
    expect(await standing(id, member)).toBe("member");
    await say(moderator, "Remove", join.id, { origin: uri });
    expect(await standing(id, member)).toBe("removed");
    // As Mobilizon invites from afar: the group asks whoever is of another server itself.
    const [guest, bea] = [someone(), await person(at.db, `bea${count}`)];
    for (const by of [stranger, moderator]) {
      const peer = by === stranger ? at.other : at.peer;
      for (const target of [guest, `${at.origin}/@${bea.actor.handle}`])
        await say(by, "Invite", uri, { target, attributedTo: uri }, peer);
      const state = by === stranger ? undefined : "invited";
      expect([await standing(id, guest), (await rowOf(id, bea.actor.id))?.state]).toEqual([state, state]);
    }
    await tell((await rowOf(id, (await known(guest)).id))!.id);
    expect(types(guest)).toEqual(["Invite"]);
  });

  it("who leads it there sees who waits, lets in, declines, takes back and is answered; who does not is refused", async () => {
    const { id, uri } = await ours("moderated");
    const [moderator, member, one, two, guest] = [someone(), someone(), someone(), someone(), someone()];
    for (const actor of [moderator, member, one, two, guest]) await lookUp(at.db, actor);
    await enrol(at.db, id, { memberId: (await known(moderator)).id, role: "moderator" });
    await enrol(at.db, id, { memberId: (await known(member)).id });
    const joins = [await say(one, "Join", uri, { participationMessage: "Please" }), await say(two, "Join", uri)];
    const invited = await say(moderator, "Invite", uri, { target: guest });
    const listed = async (by: string) => {
      const { json } = await at.peer.ask(`${uri}/members`, by);
      const items = (json.first as Json).orderedItems as Json[];
      return items.map(({ actor, role, name, participationMessage }) => [actor, role, name, participationMessage]);
    };
    const [asks, all] = [await listed(moderator), await listed(member)];
    const called = (actor: string) => `${actor.split("/").at(-1)}@${at.peer.host}`;
    expect(asks).toHaveLength(all.length + 3);
    expect(asks.slice(0, 3)).toEqual([
      [one, "not_approved", called(one), "Please"],
      [two, "not_approved", called(two), undefined],
      [guest, "invited", called(guest), undefined],
    ]);
    expect(all.map(([, role]) => role).sort()).toEqual(["administrator", "member", "moderator"]);
    const answers = async (by: string) => {
      await at.settle();
      return at.toldTo(by).map(({ type, object }) => [type, (object as Json).id]);
    };
    const refused = await say(member, "Accept", { type: "Member", id: joins[0]!.id, actor: one, object: uri });
    expect([await standing(id, one), await answers(member)]).toEqual(["requested", [["Reject", refused.id]]]);
    const accepted = await say(moderator, "Accept", { type: "Member", id: joins[0]!.id, actor: one, object: uri });
    const declined = await say(moderator, "Reject", joins[1]!.id);
    const back = await say(moderator, "Remove", (await rowOf(id, (await known(guest)).id))!.uri, { origin: uri });
    expect([await standing(id, one), await standing(id, two), await standing(id, guest)]).toEqual([
      ...["member", "rejected", "rejected"],
    ]);
    const done = [invited, accepted, declined, back].map((activity) => ["Accept", activity.id]);
    expect(await answers(moderator)).toEqual(done);
    const nobody = await say(moderator, "Invite", uri, { target: `${at.peer.origin}/users/nobody` });
    expect((await answers(moderator)).at(-1)).toEqual(["Reject", nobody.id]);
  });

  it("is one no more when their own server says that they are gone", async () => {
    const { id, uri } = await ours("open");
    const actor = someone();
    await say(actor, "Join", uri);
    await buryActor(at.db, await known(actor));
    expect(await standing(id, actor)).toBeUndefined();
  });
});

describe("a group of another server that is no more", () => {
  it("is told to its members here, once each, and keeps none", async () => {
    const uri = someone({ type: "Group" });
    await lookUp(at.db, uri);
    const group = await known(uri);
    const { account, actor } = await person(at.db, `last${++count}`);
    await enrol(at.db, group.id, { memberId: actor.id });
    for (const _ of [1, 2]) await buryActor(at.db, group);
    const told = await at.db.select().from(schema.mails).where(eq(schema.mails.accountId, account.id));
    expect(told.map(({ message, data }) => [message, data])).toEqual([["group-closed", { groupId: group.id }]]);
    expect(await rowOf(group.id, actor.id)).toBeUndefined();
  });
});

describe("an invitation to another server", () => {
  const invite = async (group: { id: string; uri: string }) => {
    const actor = someone();
    await lookUp(at.db, actor);
    const who = { actorId: (await known(actor)).id };
    const id = await inviteMember(at.db, at.ann.viewer, group.id, { who, language: "en", formId: newId() });
    await tell(id);
    const [sent] = at.toldTo(actor);
    expect(sent).toMatchObject({ type: "Invite", actor: group.uri, object: group.uri, target: actor });
    return { actor, id, uri: sent!.id as string };
  };

  it("that is accepted when the group is full brings nobody in, and their server is told", async () => {
    const group = await ours("invite_only");
    const { actor, id, uri } = await invite(group);
    await at.db.execute(sql`
      with made as (insert into actors (id, type, handle)
        select gen_random_uuid(), 'Person', 'crowd' || n from generate_series(1, 9999) n returning id)
      insert into memberships (id, group_id, member_id, state, joined_at)
      select gen_random_uuid(), ${group.id}, id, 'member', now() from made`);
    await say(actor, "Accept", uri);
    await tell(id);
    expect([types(actor), await standing(group.id, actor)]).toEqual([["Invite", "Remove"], undefined]);
  });

  it("is answered by whom it is for, as Mobilizon and as we do, and by nobody else", async () => {
    const group = await ours("invite_only");
    const [one, two, three] = [await invite(group), await invite(group), await invite(group)];
    const stranger = someone();
    await say(stranger, "Accept", one.uri);
    expect(await standing(group.id, one.actor)).toBe("invited");
    const member = { type: "Member", id: one.uri, actor: one.actor, object: group.uri, role: "member" };
    const accept = await say(one.actor, "Accept", member);
    await say(two.actor, "Reject", two.uri);
    await say(three.actor, "Accept", { type: "Invite", id: three.uri, object: group.uri, target: three.actor });
    const standings = await Promise.all([one, two, three].map(({ actor }) => standing(group.id, actor)));
    expect(standings).toEqual(["member", undefined, "member"]);
    // Kept and shown again after they left, it is nothing.
    await say(one.actor, "Leave", group.uri);
    await at.peer.send(at.inbox, { ...accept, id: `${accept.id}-again` });
    expect(await standing(group.id, one.actor)).toBe("left");
  });

  it("is taken back there, and cannot be accepted then", async () => {
    const group = await ours("invite_only");
    const { actor, id, uri } = await invite(group);
    await withdrawMembership(at.db, at.ann.viewer, group.id, id);
    await tell(id);
    expect(at.toldTo(actor)[1]).toMatchObject({ type: "Remove", object: uri, origin: group.uri });
    await say(actor, "Accept", uri);
    expect(await standing(group.id, actor)).toBeUndefined();
  });

  it("that nobody answers is taken back as well, after its fourteen days", async () => {
    const { actor, id, uri } = await invite(await ours("invite_only"));
    await at.db
      .update(memberships)
      .set({ expiresAt: new Date(Date.now() - 1_000) })
      .where(eq(memberships.id, id));
    await purgeMemberships(at.db);
    await tell(id);
    expect(at.toldTo(actor)[1]).toMatchObject({ type: "Remove", object: uri });
    expect(await at.db.$count(memberships, eq(memberships.id, id))).toBe(0);
  });
});

/** A group of the other server that is known here, with somebody of its own server. */
const theirs = async (change: Json = {}) => {
  const uri = someone({ type: "Group", openness: "moderated", ...change });
  await lookUp(at.db, uri);
  const { id } = await known(uri);
  return { id, uri, mine: () => rowOf(id, at.ann.actor.id) };
};

describe("a group of another server", () => {
  const ask = async (change: Json = {}) => {
    const group = await theirs(change);
    await joinGroupAway(at.db, at.ann.viewer, group.id, { message: "Hello" });
    const row = (await group.mine())!;
    await tell(row.id);
    const [join] = at.toldTo(group.uri);
    return { ...group, row, join: join! };
  };
  const mails = async (id: string) => at.db.$count(schema.mails, eq(schema.mails.membershipId, id));

  it("is asked by a Join, believed when it answers, and told of the end", async () => {
    const { uri, join, row, mine, id } = await ask();
    const ann = `${at.origin}/@ann`;
    expect(join).toMatchObject({ type: "Join", actor: ann, object: uri, to: [uri], participationMessage: "Hello" });
    expect(row.state).toBe("requested");
    // As Mobilizon answers.
    await say(uri, "Accept", { type: "Member", id: join.id, actor: ann, object: uri, role: "member" });
    expect([(await mine())!.state, (await mine())!.message, await mails(row.id)]).toEqual(["member", "", 1]);
    await say(uri, "Update", { type: "Member", id: join.id, actor: ann, object: uri, role: "moderator" });
    expect((await mine())!.role).toBe("moderator");
    await leaveGroupAway(at.db, at.ann.viewer, id);
    await tell(row.id);
    expect([at.toldTo(uri)[1], await mine()]).toMatchObject([{ type: "Leave", actor: ann, object: uri }, undefined]);
  });

  it("is asked once more where it does not answer, in the same words, and by nobody who has an answer", async () => {
    const { uri, join, row } = await ask();
    const orders = await at.db.execute<{ due: boolean }>(sql`
      select start_after between now() + interval '23 hours' and now() + interval '25 hours' as due from pgboss.job
      where name = 'membership-out' and data ->> 'membershipId' = ${row.id} and data ->> 'again' = 'true'`);
    expect(orders).toEqual([{ due: true }]);
    const again = async () => {
      await tellMembership(at.db, row.id, true);
      await at.settle();
      return at.toldTo(uri);
    };
    expect(await again()).toEqual([join, join]);
    await say(uri, "Accept", join.id);
    expect(await again()).toHaveLength(2);
  });

  it("alone, or its server, decides who is in it", async () => {
    const { join, mine, uri } = await ask();
    const [stranger, neighbour] = [someone({}, at.other), someone()];
    for (const type of ["Accept", "Reject"]) await say(stranger, type, join.id, {}, at.other);
    expect((await mine())!.state).toBe("requested");
    await say(neighbour, "Accept", join.id);
    expect((await mine())!.state).toBe("member");
    await say(stranger, "Update", { type: "Member", id: join.id, role: "administrator" }, {}, at.other);
    await say(stranger, "Remove", join.id, { origin: uri }, at.other);
    expect([(await mine())!.state, (await mine())!.role]).toEqual(["member", "member"]);
    await say(uri, "Remove", join.id, { origin: uri });
    expect((await mine())!.state).toBe("removed");
  });

  it("is not asked where one comes in by invitation, or where it says nothing of members", async () => {
    const as = (group: { id: string }) => joinGroupAway(at.db, at.ann.viewer, group.id, { message: "" });
    await expect(as(await theirs({ openness: "invite_only" }))).rejects.toMatchObject({ code: "group-by-invitation" });
    await expect(as(await theirs({ openness: undefined }))).rejects.toMatchObject({ code: "not-found" });
  });

  it("shows a member of its what it passes on by the id alone", async () => {
    const { uri, join } = await ask();
    const thing = (path: string) => {
      const id = `${at.peer.origin}${path}`;
      const when = { startTime: "2031-01-05T19:00:00+01:00", timezone: "Europe/Paris" };
      const event = { id, type: "Event", name: "Inner", attributedTo: uri, to: [`${uri}/members`], ...when };
      at.peer.documents.set(path, event);
      return id;
    };
    const ann = `${at.origin}/@ann`;
    await say(uri, "Announce", thing("/inner/1"), { to: [ann] });
    await say(uri, "Accept", join.id);
    await say(uri, "Announce", thing("/inner/2"));
    expect([at.peer.askers.get("/inner/1"), at.peer.askers.get("/inner/2")]).toEqual([`${at.origin}/actor`, ann]);
    const [kept] = await at.db
      .select()
      .from(schema.events)
      .where(eq(schema.events.uri, `${at.peer.origin}/inner/2`));
    expect(kept).toMatchObject({ name: "Inner", visibility: "members" });
  });

  it("is led from here: its list is read as one who does, and it is asked for what changes it", async () => {
    const { id, uri } = await theirs({ name: "Lodge" });
    const [leader, ann] = [{ memberId: at.ann.actor.id, role: "administrator" }, at.ann.viewer];
    await enrol(at.db, id, leader);
    const path = new URL(`${uri}/members`).pathname;
    const member = (actor: string, role: string, more: Json = {}) => ({
      ...{ type: "Member", id: `${actor}/membership`, actor, object: uri, role, ...more },
    });
    const [zoe, wim, guest] = [someone({}, at.other), someone(), someone()];
    await lookUp(at.db, zoe);
    const listing = (...items: Json[]) => {
      const [first, rest] = [items.slice(0, 2), items.slice(2)];
      const page = (name: string, orderedItems: Json[], more: Json = {}) => ({
        ...{ id: `${uri}/members${name}`, type: "OrderedCollectionPage", orderedItems, ...more },
      });
      const next = { next: `${uri}/members/2` };
      at.peer.documents.set(path, { ...page("", []), orderedItems: undefined, first: page("/1", first, next) });
      at.peer.documents.set(`${path}/2`, page("/2", rest));
    };
    listing(
      member(guest, "invited"),
      member(wim, "not_approved", { name: "wim@elsewhere.example", participationMessage: "Please" }),
      member(`${at.origin}/@ann`, "administrator"),
      member(zoe, "moderator"),
      { ...member(wim, "member"), object: `${uri}-other` },
    );
    await readRoster(at.db, { groupId: id });
    expect(at.peer.askers.get(path)).toBe(`${at.origin}/@ann`);
    const list = async (state: "member" | "invited" | "requested") =>
      (await listRoster(at.db, id, { state, limit: 9 })).map(({ name, role, message }) => [name, role, message]);
    const host = new URL(uri).host;
    const handle = zoe.split("/").at(-1);
    expect([await list("member"), await list("invited"), await list("requested")]).toEqual([
      [
        [`ann@${new URL(at.origin).host}`, "administrator", ""],
        [`${handle}@${at.other.host}`, "moderator", ""],
      ],
      [[`${guest.split("/").at(-1)}@${host}`, "member", ""]],
      [[`wim@${host}`, "member", "Please"]],
    ]);
    const idOf = async (state: "member" | "invited" | "requested", at_ = 0) =>
      (await listRoster(at.db, id, { state, limit: 9 }))[at_]!.id;
    const open = () => at.db.select().from(groupLog).where(eq(groupLog.asked, "waiting"));
    const asked = async (decided: Promise<unknown>) => {
      expect(await decided).not.toBe("done");
      const [one] = await open();
      await tellAsk(at.db, one!.id);
      await at.settle();
      return at.toldTo(uri).at(-1)!;
    };
    const answer = (type: string, { id, type: of }: Json) => say(uri, type, { type: of, id });
    const role = await asked(changeRole(at.db, ann, id, { id: await idOf("member", 1), role: "administrator" }));
    expect(role).toMatchObject({ type: "Update", actor: `${at.origin}/@ann` });
    expect(role.object).toEqual(member(zoe, "administrator"));
    await answer("Reject", role);
    const removal = await asked(removeMember(at.db, ann, id, await idOf("member", 1)));
    expect(removal).toMatchObject({ type: "Remove", object: `${zoe}/membership`, origin: uri });
    await answer("Accept", removal);
    const back = await asked(withdrawMembership(at.db, ann, id, await idOf("invited")));
    expect(back).toMatchObject({ type: "Remove", object: `${guest}/membership` });
    await answer("Accept", back);
    const yes = await asked(decideRequest(at.db, ann, id, { id: await idOf("requested"), accepted: true }));
    expect(yes).toMatchObject({ type: "Accept", object: { id: `${wim}/membership` } });
    await answer("Accept", yes);
    const invite = (who: Parameters<typeof inviteMember>[3]["who"]) =>
      inviteMember(at.db, ann, id, { who, language: "en", formId: newId() });
    const guestRow = await invite({ actorId: (await known(zoe)).id }).then(() => open());
    expect(await asked(Promise.resolve())).toMatchObject({ type: "Invite", object: uri, target: zoe });
    await answer("Accept", { type: "Invite", id: `${at.origin}/activities/${guestRow[0]!.id}` });
    for (const who of ["zoe@example.org", "@nobody_here"])
      await expect(invite(who)).rejects.toMatchObject({ field: "who" });
    // What came of it: one refusal is shown, and the list is read anew.
    expect((await listAsksOfPeople(at.db, id)).map(({ kind, refused }) => [kind, refused])).toEqual([["role", true]]);
    listing(member(wim, "member", { name: "wim@elsewhere.example" }));
    await readRoster(at.db, { groupId: id });
    expect([await list("member"), await list("requested")]).toEqual([[[`wim@${host}`, "member", ""]], []]);
    // Who does not lead it asks for nothing.
    await at.db.update(memberships).set({ role: "member" }).where(eq(memberships.groupId, id));
    await expect(removeMember(at.db, ann, id, await idOf("member"))).rejects.toMatchObject({ code: "not-found" });
    // But reads who else belongs to it, until they leave.
    listing(member(wim, "member", { name: "wim@elsewhere.example" }), member(zoe, "moderator"));
    const asks = async () => {
      at.peer.askers.clear();
      await readRoster(at.db, { groupId: id });
      return at.peer.askers.get(path);
    };
    expect(await asks()).toBe(`${at.origin}/@ann`);
    expect((await list("member")).map(([name]) => name)).toEqual([`wim@${host}`, `${handle}@${at.other.host}`]);
    await at.db.update(memberships).set({ state: "left" }).where(eq(memberships.groupId, id));
    expect(await asks()).toBeUndefined();
  });

  it("is left by whoever deletes their profile here", async () => {
    const [group, zed] = [await theirs({ openness: "open" }), await person(at.db, `zed${count}`)];
    await joinGroupAway(at.db, zed.viewer, group.id, { message: "" });
    const row = (await rowOf(group.id, zed.actor.id))!;
    await tell(row.id);
    await departFromGroups(at.db, zed.actor.id);
    await tell(row.id);
    expect(types(group.uri)).toEqual(["Join", "Leave"]);
    expect(await rowOf(group.id, zed.actor.id)).toBeUndefined();
  });

  it("invites one of ours, who answers; seen by them alone", async () => {
    const [accepted, declined] = [await theirs({ openness: "invite_only" }), await theirs()];
    const ann = `${at.origin}/@ann`;
    const [admin, stranger] = [someone(), someone({}, at.other)];
    await say(stranger, "Invite", accepted.uri, { target: ann }, at.other);
    expect(await accepted.mine()).toBeUndefined();
    // As Mobilizon invites: in the name of who does, to the person and the members.
    const said = { target: ann, attributedTo: accepted.uri, to: [ann, `${accepted.uri}/members`], cc: [accepted.uri] };
    const invite = await say(admin, "Invite", accepted.uri, said);
    await say(declined.uri, "Invite", declined.uri, { target: ann });
    const waiting = await listGroupInvitations(at.db, at.ann.viewer);
    expect(waiting.map(({ group }) => group.id).sort()).toEqual([accepted.id, declined.id].sort());
    const token = (id: string) => waiting.find(({ group }) => group.id === id)!.token;
    await acceptMembership(at.db, at.ann.viewer, token(accepted.id), { shown: false });
    const row = (await accepted.mine())!;
    await tell(row.id);
    expect([row.state, at.toldTo(accepted.uri)]).toMatchObject([
      "member",
      [{ type: "Accept", actor: ann, object: { type: "Invite", id: invite.id, object: accepted.uri, target: ann } }],
    ]);
    await say(declined.uri, "Undo", { type: "Invite", id: (await declined.mine())!.uri });
    expect(await declined.mine()).toBeUndefined();
  });

  it("asks no more of ours in than a server may have waiting", async () => {
    const filler = await theirs();
    const group = await theirs();
    for (let one = 0; one < 50; one++) await enrol(at.db, filler.id, { state: "invited" });
    await say(group.uri, "Invite", group.uri, { target: `${at.origin}/@ann` });
    expect(await group.mine()).toBeUndefined();
    await at.db.delete(memberships).where(eq(memberships.groupId, filler.id));
    await say(group.uri, "Invite", group.uri, { target: `${at.origin}/@ann` });
    expect((await group.mine())!.state).toBe("invited");
  });
});
