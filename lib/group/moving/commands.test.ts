import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { person } from "#lib/account/testing.ts";
import { createActor } from "#lib/actor/commands.ts";
import { follow, unfollow } from "#lib/actor/follow/commands.ts";
import { deleteMessage, openDiscussion, reviseMessage, writeMessage } from "#lib/discussion/message/commands.ts";
import { listMessages } from "#lib/discussion/message/queries.ts";
import { cancelEvent, createEvent, updateEvent } from "#lib/event/commands.ts";
import { publishEvent } from "#lib/event/publication/commands.ts";
import { getEvent } from "#lib/event/queries.ts";
import { newId } from "#lib/ids.ts";
import { startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { operator } from "#lib/policy/viewer.ts";
import { revisePost, writePost } from "#lib/post/commands.ts";
import { getPost } from "#lib/post/queries.ts";
import { addResource } from "#lib/resource/commands.ts";
import { absolute, actorPath } from "#lib/urls.ts";
import { closeGroup, foundGroup } from "../commands.ts";
import { leaveGroup, removeMember } from "../departure/commands.ts";
import { newGroupInput } from "../input.ts";
import { inviteMember } from "../invitation/commands.ts";
import { listLog } from "../log/queries.ts";
import { decideRequest, joinGroup } from "../membership/commands.ts";
import { listGroups, listOrganisers } from "../queries.ts";
import { enrol, makeGroup } from "../testing.ts";
import { expectWay, forgetFormer, leadOver, moveBack, moveGroup, nameFormer } from "./commands.ts";

const { actors, follows, mails, memberships } = schema;

let base: TestDatabase;
let ada: Awaited<ReturnType<typeof person>>;
let bob: Awaited<ReturnType<typeof person>>;
beforeAll(async () => {
  base = await testDatabase();
  await startSender(base.db);
  [ada, bob] = [await person(base.db, "ada"), await person(base.db, "bob")];
});
beforeEach(async () => {
  await base.db.delete(schema.limits);
});
afterAll(async () => {
  await stopSender();
  await base.drop();
});

const code = (code: string) => ({ code });
let count = 0;
/** A group of Ada's, and its address. */
const found = async (more: object = {}) => {
  const handle = `mover${++count}`;
  const input = newGroupInput.parse({ handle, name: "Workshop", openness: "open", ...more });
  const id = await foundGroup(base.db, ada.viewer, { ...input, formId: newId() });
  return { id, handle, uri: absolute(actorPath(handle)) };
};
/** A group of another server, which says what it was. */
const elsewhere = (alsoKnownAs: string[] = [], change: object = {}) =>
  makeGroup(base.db, {
    host: "new.example",
    inbox: "https://new.example/inbox",
    openness: "open",
    alsoKnownAs,
    ...change,
  });
const rowOf = async (id: string) => (await base.db.select().from(actors).where(eq(actors.id, id)))[0]!;
/** One that has moved, and where to. */
const moved = async (more: object = {}, there: object = {}) => {
  const group = await found(more);
  const to = await elsewhere([group.uri], there);
  await moveGroup(base.db, ada.viewer, group.id, { to, handle: group.handle });
  return { ...group, to };
};
const standing = async (group: string, member: string) => {
  const pair = and(eq(memberships.groupId, group), eq(memberships.memberId, member));
  return (await base.db.select().from(memberships).where(pair))[0]?.state;
};
const ride = { name: "Ride", startWall: "2030-05-01T10:00", timezone: "Europe/Paris" };
const words = { content: "Hello", language: "en" };

describe("what a group was", () => {
  it("is said by its administrators, of groups on other servers, ten at most; and no more", async () => {
    const { id } = await found();
    await enrol(base.db, id, { memberId: bob.actor.id, role: "moderator" });
    const former = await elsewhere();
    for (const _ of [1, 2]) await nameFormer(base.db, ada.viewer, id, former);
    const { uri } = await rowOf(former);
    expect((await rowOf(id)).alsoKnownAs).toEqual([uri]);
    await expect(nameFormer(base.db, bob.viewer, id, former)).rejects.toMatchObject(code("not-found"));
    const person = await elsewhere([], { type: "Person" });
    for (const [other, refusal] of [
      [(await found()).id, "group-here"],
      [person, "not-a-group"],
      [await elsewhere([], { suspendedAt: new Date() }), "address-unknown-there"],
    ] as const)
      await expect(nameFormer(base.db, ada.viewer, id, other)).rejects.toMatchObject(code(refusal));
    for (let at = 2; at <= 10; at++) await nameFormer(base.db, ada.viewer, id, await elsewhere());
    await expect(nameFormer(base.db, ada.viewer, id, await elsewhere())).rejects.toMatchObject(code("too-many-former"));
    await forgetFormer(base.db, ada.viewer, id, uri!);
    expect((await rowOf(id)).alsoKnownAs).toHaveLength(9);
  });
});

describe("a group that moves", () => {
  it("goes only where another group says that it was this one, once its handle was typed, by an administrator", async () => {
    const { id, handle, uri } = await found();
    await enrol(base.db, id, { memberId: bob.actor.id, role: "moderator" });
    for (const [to, refusal] of [
      [(await found()).id, "group-here"],
      [await elsewhere([uri], { type: "Person" }), "not-a-group"],
      [await elsewhere([uri], { deletedAt: new Date() }), "address-unknown-there"],
      [await elsewhere([uri], { movedTo: "https://third.example/@x" }), "group-moved-on"],
      [await elsewhere([absolute("/@another")]), "group-unnamed"],
    ] as const) {
      await expect(expectWay(base.db, ada.viewer, id, to)).rejects.toMatchObject(code(refusal));
      await expect(moveGroup(base.db, ada.viewer, id, { to, handle })).rejects.toMatchObject(code(refusal));
    }
    const to = await elsewhere([uri]);
    const move = (viewer = ada.viewer, typed = `@${handle}`) => moveGroup(base.db, viewer, id, { to, handle: typed });
    await expect(move(bob.viewer)).rejects.toMatchObject(code("not-found"));
    await expect(move(ada.viewer, "other")).rejects.toMatchObject(code("handle-differs"));
    expect((await rowOf(id)).movedTo).toBeNull();
    await move();
    await expect(move()).rejects.toMatchObject(code("group-moved"));
    const there = await rowOf(to);
    expect(await rowOf(id)).toMatchObject({ movedTo: there.uri, movedAt: expect.any(Date) });
    const [entry] = await listLog(base.db, id, { limit: 1 });
    expect(entry).toMatchObject({ kind: "moved", who: "ada", name: `@${there.handle}@new.example` });
  });

  it("begins nothing new, and what is there goes on; taken back, all may begin again", async () => {
    const group = await found({ openness: "moderated" });
    const { id, handle } = group;
    const memberId = ada.actor.id;
    const [event, draft] = [
      await createEvent(base.db, ada.viewer, id, { ...ride, state: "published" }),
      await createEvent(base.db, ada.viewer, id, ride),
    ];
    const talk = newId();
    await openDiscussion(base.db, ada.viewer, id, { id: talk, name: "Keys", ...words });
    const [said] = (await listMessages(base.db, talk, null)).messages;
    const post = { ...{ name: "News", content: "Text", tags: [], language: "en" }, visibility: "public" } as never;
    const paper = newId();
    await writePost(base.db, ada.viewer, id, { ...(post as object), id: paper, publish: false } as never);
    await joinGroup(base.db, bob.viewer, id, { message: "", shown: false });
    const asks = await enrol(base.db, id, { state: "requested" });
    const asked = (await base.db.select().from(memberships).where(eq(memberships.memberId, asks)))[0]!.id;
    const to = await elsewhere([group.uri]);
    await moveGroup(base.db, ada.viewer, id, { to, handle });
    const eve = await person(base.db, `eve${count}`);
    const seenAt = (await getPost(base.db, ada.viewer, paper))!.post.updatedAt;
    const begin: Record<string, () => Promise<unknown>> = {
      event: () => createEvent(base.db, ada.viewer, id, ride),
      "event of the operator": () => createEvent(base.db, operator, id, ride),
      draft: () => publishEvent(base.db, ada.viewer, draft),
      post: () => writePost(base.db, ada.viewer, id, { ...(post as object), id: newId(), publish: true } as never),
      paper: () => revisePost(base.db, ada.viewer, paper, { ...(post as object), publish: true } as never, { seenAt }),
      discussion: () => openDiscussion(base.db, ada.viewer, id, { id: newId(), name: "New", ...words }),
      message: () => writeMessage(base.db, ada.viewer, talk, { id: newId(), quoted: null, ...words }),
      "other words": () => reviseMessage(base.db, ada.viewer, said!.id, { content: "Bye" }),
      link: () =>
        addResource(base.db, ada.viewer, id, {
          ...{ id: newId(), type: "link", url: "https://a.example/", name: "", summary: "", folder: null },
        }),
      invitation: () => inviteMember(base.db, ada.viewer, id, { who: "@bob", language: "en", formId: newId() }),
      request: () => joinGroup(base.db, eve.viewer, id, { message: "", shown: false }),
      answer: () => decideRequest(base.db, ada.viewer, id, { id: asked, accepted: true }),
      follower: () => follow(base.db, eve.viewer, eve.actor.id, id),
      former: async () => nameFormer(base.db, ada.viewer, id, await elsewhere()),
    };
    for (const [what, attempt] of Object.entries(begin))
      await expect(attempt(), what).rejects.toMatchObject(code("group-moved"));
    const listed = async () => (await listGroups(base.db, { words: handle, town: "", limit: 9 })).length;
    const organises = async () => (await listOrganisers(base.db, ada.viewer)).some((one) => one.id === id);
    expect([await listed(), await organises(), await standing(id, memberId)]).toEqual([0, false, "member"]);
    await updateEvent(base.db, ada.viewer, event, { name: "Ride, later" });
    await cancelEvent(base.db, ada.viewer, event);
    await deleteMessage(base.db, ada.viewer, said!.id);
    await decideRequest(base.db, ada.viewer, id, { id: asked, accepted: false });

    await moveBack(base.db, ada.viewer, id);
    await expect(moveBack(base.db, ada.viewer, id)).rejects.toMatchObject(code("group-not-moved"));
    await publishEvent(base.db, ada.viewer, draft);
    expect([await listed(), await organises()]).toEqual([1, true]);
    await moveGroup(base.db, ada.viewer, id, { to, handle });
    await closeGroup(base.db, ada.viewer, id, handle);
  });

  it("leads those of this server there once: followers follow there too, members ask and are told, what waits here ends", async () => {
    const group = await found({ openness: "invite_only" });
    const { id, handle } = group;
    await enrol(base.db, id, { memberId: bob.actor.id });
    const fan = await person(base.db, `fan${count}`);
    await follow(base.db, fan.viewer, fan.actor.id, id);
    const inner = { ...ride, state: "published", visibility: "followers" } as const;
    const event = await createEvent(base.db, ada.viewer, id, inner);
    const invitation = await inviteMember(base.db, ada.viewer, id, {
      ...{ who: "someone@example.org", language: "en", formId: newId() },
    });
    const far = await makeGroup(base.db, { type: "Person", host: "far.example", inbox: "https://far.example/inbox" });
    await enrol(base.db, id, { memberId: far, state: "requested" });
    const waits = { id: newId(), followerId: far, followedId: id, uri: newId(), state: "pending" };
    await base.db.insert(follows).values(waits);
    const to = await elsewhere([group.uri]);
    await moveGroup(base.db, ada.viewer, id, { to, handle });
    for (const _ of [1, 2]) await leadOver(base.db, id);
    const people = [ada.actor.id, bob.actor.id, fan.actor.id, far];
    expect(await Promise.all(people.map((one) => standing(to, one)))).toEqual([
      "requested",
      "requested",
      undefined,
      undefined,
    ]);
    expect(await Promise.all(people.map((one) => standing(id, one)))).toEqual([
      "member",
      "member",
      undefined,
      "rejected",
    ]);
    const followed = await base.db.select().from(follows).where(eq(follows.followerId, fan.actor.id));
    expect(followed.map(({ followedId, state }) => [followedId, state]).sort()).toEqual(
      [
        [id, "accepted"],
        [to, "pending"],
      ].sort(),
    );
    expect((await getEvent(base.db, fan.viewer, event))?.event.name).toBe(ride.name);
    const rejected = and(eq(follows.id, waits.id), eq(follows.state, "rejected"));
    expect(await base.db.$count(follows, rejected)).toBe(1);
    expect(await base.db.$count(memberships, eq(memberships.id, invitation))).toBe(0);
    const told = await base.db
      .select({ accountId: mails.accountId, data: mails.data })
      .from(mails)
      .where(and(eq(mails.message, "group-moved"), sql`${mails.data} ->> 'formerId' = ${id}`));
    expect(told.map(({ accountId }) => accountId).sort()).toEqual([ada.account.id, bob.account.id].sort());
    expect(told[0]!.data).toMatchObject({ groupId: to, membershipId: expect.any(String) });
  });

  it("leads nobody where the new one says otherwise by then, and asks for nobody who has to be invited", async () => {
    const { id, to } = await moved();
    await base.db.update(actors).set({ alsoKnownAs: [] }).where(eq(actors.id, to));
    await leadOver(base.db, id);
    expect(await standing(to, ada.actor.id)).toBeUndefined();
    const closed = await moved({}, { openness: "invite_only" });
    await leadOver(base.db, closed.id);
    expect(await standing(closed.to, ada.actor.id)).toBeUndefined();
    const told = sql`message = 'group-moved' and data ->> 'groupId' in (${to}, ${closed.to})`;
    const rows = await base.db.select({ data: mails.data }).from(mails).where(told);
    expect(rows.map(({ data }) => [data.groupId, data.membershipId])).toEqual([[closed.to, undefined]]);
  });

  it("brings those of this server into one that is here, by its own rule, from a group of another server", async () => {
    const old = await elsewhere();
    const { uri } = await rowOf(old);
    for (const member of [ada, bob]) await enrol(base.db, old, { memberId: member.actor.id });
    const here = await found({ openness: "moderated" });
    await nameFormer(base.db, ada.viewer, here.id, old);
    await base.db.update(actors).set({ movedTo: here.uri }).where(eq(actors.uri, uri!));
    await leadOver(base.db, old);
    expect([await standing(here.id, ada.actor.id), await standing(here.id, bob.actor.id)]).toEqual([
      "member",
      "requested",
    ]);
  });

  /** A group of another server that has moved to one of Ada's, where everybody may come in. */
  const movedHere = async () => {
    const old = await elsewhere();
    const here = await found();
    await nameFormer(base.db, ada.viewer, here.id, old);
    await base.db.update(actors).set({ movedTo: here.uri }).where(eq(actors.id, old));
    return { old, here: here.id };
  };

  it("leads nobody who was led there before, has left it or was sent away from it, as whichever profile", async () => {
    const { old, here } = await movedHere();
    const [lea, rob] = [await person(base.db, `lea${count}`), await person(base.db, `rob${count}`)];
    const second = { handle: `robin${count}`, name: "Rob", accountId: rob.account.id, type: "Person" } as const;
    const { id: robin } = await createActor(base.db, operator, second);
    for (const { actor } of [lea, rob]) {
      await enrol(base.db, old, { memberId: actor.id });
      const follows_ = { id: newId(), followerId: actor.id, followedId: old, uri: newId(), state: "accepted" };
      await base.db.insert(follows).values(follows_);
    }
    const asks = await enrol(base.db, old, { state: "requested" });
    await leadOver(base.db, old);
    await leaveGroup(base.db, lea.viewer, here);
    await unfollow(base.db, lea.viewer, lea.actor.id, here);
    const pair = and(eq(memberships.groupId, here), eq(memberships.memberId, rob.actor.id));
    await removeMember(base.db, ada.viewer, here, (await base.db.select().from(memberships).where(pair))[0]!.id);
    await enrol(base.db, old, { memberId: robin });
    await leadOver(base.db, old);
    const people = [lea.actor.id, rob.actor.id, robin, asks];
    expect(await Promise.all(people.map((one) => standing(here, one)))).toEqual([
      "left",
      "removed",
      undefined,
      undefined,
    ]);
    const followed = and(
      eq(follows.followedId, here),
      eq(follows.followerId, lea.actor.id),
      eq(follows.state, "accepted"),
    );
    expect(await base.db.$count(follows, followed)).toBe(0);
    // Gone without a trace, as from a group elsewhere once its server has heard of it.
    await base.db.delete(memberships).where(eq(memberships.groupId, here));
    await base.db.delete(follows).where(eq(follows.followedId, here));
    await leadOver(base.db, old);
    expect(await base.db.$count(memberships, eq(memberships.groupId, here))).toBe(0);
    expect(await base.db.$count(follows, eq(follows.followedId, here))).toBe(0);
  });

  it("has whoever was sent away as another profile ask, once they were invited anew as that one", async () => {
    const { old, here } = await movedHere();
    const rob = await person(base.db, `rob${count}`);
    const second = { handle: `robin${count}`, name: "Rob", accountId: rob.account.id, type: "Person" } as const;
    const { id: robin } = await createActor(base.db, operator, second);
    await enrol(base.db, here, { memberId: rob.actor.id, state: "removed" });
    await inviteMember(base.db, ada.viewer, here, { who: `@rob${count}`, language: "en", formId: newId() });
    await enrol(base.db, old, { memberId: robin });
    await leadOver(base.db, old);
    expect([await standing(here, rob.actor.id), await standing(here, robin)]).toEqual(["invited", "requested"]);
  });
});
