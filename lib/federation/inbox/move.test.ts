import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { follow } from "#lib/actor/follow/commands.ts";
import { leadOver, moveBack, moveGroup, nameFormer } from "#lib/group/moving/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { tellActor } from "../outbox/actor.ts";
import { tellMembership } from "../outbox/membership.ts";
import { findActor, lookUp } from "../remote/lookup.ts";
import { isProven, isSigned, type Json, read } from "../testing/peer.ts";
import { type Stage, stage } from "../testing/stage.ts";

const { actors, follows, mails, memberships } = schema;

let at: Stage;
beforeAll(async () => {
  at = await stage();
});
afterAll(() => at.stop());

let count = 0;
const someone = (change: Json = {}) => at.peer.actor(`mover${++count}`, change);
const group = { type: "Group", openness: "open" };
const send = (actor: string, type: string, object: unknown, more: Json = {}) =>
  at.send(at.peerOf(actor).activity(actor, type, object, more), actor);
const known = async (uri: string) => (await at.db.select().from(actors).where(eq(actors.uri, uri)))[0]!;
/** Somebody of the first server says that they are elsewhere now. */
const leave = (uri: string, movedTo: string) => {
  const { pathname } = new URL(uri);
  at.peer.documents.set(pathname, { ...(at.peer.documents.get(pathname) as Json), movedTo });
};
const next = (old: string, change: Json = {}) => at.other.actor(`next${++count}`, { alsoKnownAs: [old], ...change });

describe("a Move", () => {
  const state = async (uri: string) => {
    const rows = await at.db
      .select({ state: follows.state })
      .from(follows)
      .where(eq(follows.followedId, (await known(uri)).id));
    return rows[0]?.state;
  };
  async function followed() {
    const uri = someone();
    await lookUp(at.db, uri);
    const { id } = await known(uri);
    await follow(at.db, at.ann.viewer, at.ann.actor.id, id);
    await at.db.update(follows).set({ state: "accepted" }).where(eq(follows.followedId, id));
    return uri;
  }
  it("is followed where both sides name each other", async () => {
    const old = await followed();
    const target = next(old);
    leave(old, target);
    await send(old, "Move", old, { target });
    expect([await state(old), await state(target)]).toEqual(["ended", "pending"]);
  });

  it("is nothing where only one does, or where somebody moves another", async () => {
    const old = await followed();
    const stranger = at.other.actor(`stranger${count}`);
    leave(old, stranger);
    await send(old, "Move", old, { target: stranger });
    expect(await state(old)).toBe("accepted");
    const claimed = next(old);
    const third = someone();
    await send(third, "Move", old, { target: claimed });
    expect(await state(old)).toBe("accepted");
  });
});

describe("a Move of a group of another server", () => {
  /** One that Ann belongs to. */
  const joined = async () => {
    const uri = someone(group);
    await lookUp(at.db, uri);
    const { id } = await known(uri);
    await enrol(at.db, id, { memberId: at.ann.actor.id });
    return { id, uri };
  };
  const rowOf = async (groupId: string) => {
    const own = and(eq(memberships.groupId, groupId), eq(memberships.memberId, at.ann.actor.id));
    return (await at.db.select().from(memberships).where(own))[0];
  };

  it("has its members here ask to come in there, once, and tells them", async () => {
    const old = await joined();
    const target = next(old.uri, group);
    leave(old.uri, target);
    for (const _ of [1, 2]) await send(old.uri, "Move", old.uri, { target });
    for (const _ of [1, 2]) await leadOver(at.db, old.id);
    const { id } = await known(target);
    const row = (await rowOf(id))!;
    await tellMembership(at.db, row.id);
    await at.deliver();
    const asked = at.other.received("Join").filter(({ object }) => object === target);
    expect([row.state, asked.map(({ actor }) => actor)]).toEqual(["requested", [`${at.origin}/@ann`]]);
    expect((await rowOf(old.id))!.state).toBe("member");
    const told = await at.db.select().from(mails).where(eq(mails.message, "group-moved"));
    expect(told.map(({ data }) => data)).toEqual([{ groupId: id, formerId: old.id, membershipId: row.id }]);
  });

  it("brings them into one that is here, as far as that one says that it was this", async () => {
    const old = await joined();
    const id = await makeGroup(at.db, { handle: `home${count}`, openness: "open" });
    await enrol(at.db, id, { role: "administrator" });
    const target = `${at.origin}/@home${count}`;
    leave(old.uri, target);
    const move = async () => {
      await send(old.uri, "Move", old.uri, { target });
      await leadOver(at.db, old.id);
    };
    await move();
    expect(await rowOf(id)).toBeUndefined();
    await nameFormer(at.db, { kind: "operator" }, id, old.id);
    await move();
    expect((await rowOf(id))!.state).toBe("member");
  });
});

describe("a group of ours that moves", () => {
  it("says so by its document, then by a Move, to followers and members, and answers what is new by no", async () => {
    const id = await makeGroup(at.db, { handle: "atelier", openness: "open" });
    await enrol(at.db, id, { memberId: at.ann.actor.id, role: "administrator" });
    const uri = `${at.origin}/@atelier`;
    const [member, follower] = [someone(), at.other.actor("flo")];
    await send(member, "Join", uri);
    await send(follower, "Follow", uri);
    const target = next(uri, { ...group, url: `${at.other.origin}/pages/next` });
    at.other.documents.set("/pages/next", at.other.documents.get(new URL(target).pathname) as Json);
    // By the address of its page, as people know it.
    const to = await findActor(at.db, `${at.other.origin}/pages/next`);
    await at.clear();
    await moveGroup(at.db, at.ann.viewer, id, { to: to.id, handle: "atelier" });
    for (const _ of [1, 2]) await tellActor(at.db, id);
    await at.deliver();
    for (const peer of [at.peer, at.other]) {
      expect(peer.inbox.map(({ activity }) => activity.type)).toEqual(["Update", "Move"]);
      const [update, move] = peer.inbox as [(typeof peer.inbox)[0], (typeof peer.inbox)[0]];
      expect(update.activity.object).toMatchObject({ id: uri, movedTo: target });
      expect(move.activity).toMatchObject({ actor: uri, object: uri, target });
      expect([await isProven(move.activity), await isSigned(move)]).toEqual([true, true]);
    }
    expect((await read(uri)).json).toMatchObject({ type: "Group", movedTo: target });
    await at.clear();
    const [joins, follows] = [someone(), someone()];
    await send(joins, "Join", uri);
    await send(follows, "Follow", uri);
    const name = `${at.peer.origin}/talks/late`;
    const talk = {
      type: "Note",
      id: name,
      name: "Late",
      context: name,
      actor: member,
      attributedTo: uri,
      content: "Hm",
    };
    await at.send(at.says(member, "Create", { ...talk, to: [`${uri}/members`] }));
    await at.deliver();
    expect([joins, follows, member].map((one) => at.toldTo(one).map(({ type }) => type))).toEqual([
      ["Reject"],
      ["Reject"],
      ["Reject"],
    ]);
    await at.clear();
    await moveBack(at.db, at.ann.viewer, id);
    await tellActor(at.db, id);
    await at.deliver();
    const back = at.other.inbox.map(({ activity }) => [activity.type, (activity.object as Json).movedTo]);
    expect(back).toEqual([["Update", undefined]]);
  });
});
