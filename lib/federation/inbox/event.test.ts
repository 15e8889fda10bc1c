import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { person } from "#lib/account/testing.ts";
import { cancelEvent, updateEvent } from "#lib/event/commands.ts";
import { listDesk, listElsewhere } from "#lib/event/desk/queries.ts";
import { isStale } from "#lib/event/mirror/staleness.ts";
import { getEvent, listByOrganizer } from "#lib/event/queries.ts";
import { takeOutEvent } from "#lib/event/remote/commands.ts";
import { listOrganizerFeed } from "#lib/event/search/queries/feed.ts";
import { closeGroup } from "#lib/group/commands.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { concludeGroup } from "#lib/notification/group/commands.ts";
import { listNews } from "#lib/notification/news/queries.ts";
import { operator, visitor } from "#lib/policy/viewer.ts";
import { tellAsk } from "../outbox/ask.ts";
import { tellEvent } from "../outbox/event.ts";
import { tellParticipation } from "../outbox/participation.ts";
import { judgePeer } from "../peers/judgement.ts";
import { resolveActor } from "../remote/actor.ts";
import { refreshMirror } from "../remote/refresh.ts";
import { type Json, read } from "../testing/peer.ts";
import { publicly, type Stage, stage } from "../testing/stage.ts";

const { actors, events, follows, groupLog, memberships } = schema;

/** Mia leads a group of ours from one server, Noa is a plain member from another; Ann leads it here, Fay follows it. */
let at: Stage;
let [mia, noa, zoe] = ["", "", ""];
let group: { id: string; uri: string };
let fay: Awaited<ReturnType<typeof person>>;
const actorId = async (uri: string) => (await resolveActor(at.db, uri))!.id;
beforeAll(async () => {
  at = await stage();
  [mia, noa, zoe] = [at.peer.actor("mia"), at.other.actor("noa"), at.peer.actor("zoe")];
  const id = await makeGroup(at.db, { handle: "atelier" });
  group = { id, uri: `${at.origin}/@atelier` };
  await enrol(at.db, id, { memberId: at.ann.actor.id, role: "administrator" });
  await enrol(at.db, id, { memberId: await actorId(mia), role: "moderator" });
  await enrol(at.db, id, { memberId: await actorId(noa) });
  fay = await person(at.db, "fay");
  const followerId = fay.actor.id;
  await at.db.insert(follows).values({ id: newId(), followerId, followedId: id, uri: newId(), state: "accepted" });
});
afterAll(() => at.stop());
beforeEach(() => at.clear());

let count = 0;

/** As Mobilizon has it: by somebody, attributed to the group. */
const mobilizons = (author: string, change: Json = {}): Json => ({
  ...{ id: `${new URL(author).origin}/e/${++count}`, type: "Event", actor: author, attributedTo: group.uri },
  ...{ to: [publicly], cc: [], name: "Repair café", content: "<p>Bring <b>it</b>.<script>1</script></p>" },
  ...{ startTime: "2030-12-05T19:00:00+01:00", timezone: "Europe/Paris", updated: "2026-11-01T08:00:00Z", ...change },
});
/** As FEP-1b12 has it: attributed to somebody, for the group. */
const bare = (author: string, change: Json = {}): Json =>
  mobilizons(author, { actor: undefined, attributedTo: author, audience: group.uri, ...change });

async function says(author: string, type: string, object: unknown, signer = author) {
  const peer = at.peerOf(author);
  const activity = await peer.prove(peer.activity(author, type, object, { to: [group.uri] }), author);
  expect((await at.peerOf(signer).send(at.inbox, activity, { signer })).status).toBeLessThan(500);
  await at.deliver();
  return activity;
}
const rowOf = async (uri: unknown) => {
  const [row] = await at.db
    .select()
    .from(events)
    .where(eq(events.uri, String(uri)));
  return row ?? null;
};
const passedOn = () => at.other.inbox.map(({ activity }) => activity).filter(({ type }) => type === "Announce");
const newer = (object: Json, change: Json, minutes = 1): Json => ({
  ...{ ...object, ...change },
  updated: new Date(Date.parse(String(object.updated)) + minutes * 60_000).toISOString(),
});
const roleOfMia = (role: string) =>
  at.db.execute(sql`update memberships m set role = ${role} from actors a
    where a.id = m.member_id and a.uri = ${mia} and m.group_id = ${group.id}`);

describe("an event in the name of a group of this server, by a member of another", () => {
  it.each([
    ["Mobilizon", mobilizons],
    ["FEP-1b12", bare],
  ])("stands among the group's, cleaned, and is passed on as it came, as %s has it", async (_, make) => {
    const object = make(mia);
    const activity = await says(mia, "Create", object);
    const row = (await rowOf(object.id))!;
    expect(row).toMatchObject({ organizerId: group.id, authorId: await actorId(mia), name: "Repair café" });
    expect(row.content).toBe("<p>Bring <b>it</b>.</p>");
    const listed = await listByOrganizer(at.db, group.id, { past: false, limit: 99 });
    expect(listed.map(({ id }) => id)).toContain(row.id);
    expect((await listOrganizerFeed(at.db, group.id, new Date())).map(({ id }) => id)).toContain(row.id);
    const days = { since: new Date(Date.now() - 86_400_000), until: new Date(Date.now() + 86_400_000) };
    const news = await listNews(at.db, fay.viewer.accountId, { subject: "followed", ...days });
    expect(news.map(({ id }) => id)).toContain(row.id);
    const told = passedOn();
    expect(told.map((one) => one.object)).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: activity.id, type: "Create" }), object.id]),
    );
    expect(told.every((one) => one.actor === group.uri)).toBe(true);
    // Who follows the group later finds it too.
    const { json: outbox } = await read(`${group.uri}/outbox?cursor=`);
    expect((outbox.orderedItems as Json[])[0]).toMatchObject({ type: "Announce", object: object.id });
    // Said again, it is nothing new.
    await says(mia, "Create", object);
    expect(await at.db.$count(events, eq(events.uri, String(object.id)))).toBe(1);
  });

  it("belongs where it lives: nobody changes it here, and a place is asked for there", async () => {
    const object = bare(mia);
    await says(mia, "Create", object);
    const { id } = (await rowOf(object.id))!;
    const [found] = [await getEvent(at.db, at.ann.viewer, id)];
    expect([found!.role, found!.author?.host]).toEqual([null, at.peer.host]);
    for (const act of [
      () => updateEvent(at.db, at.ann.viewer, id, { name: "Ours" }),
      () => cancelEvent(at.db, at.ann.viewer, id),
    ])
      await expect(act()).rejects.toMatchObject({ code: "not-found" });
    expect((await listDesk(at.db, at.ann.viewer, group.id)).map((one) => one.id)).not.toContain(id);
    expect((await listElsewhere(at.db, group.id)).find((one) => one.id === id)).toMatchObject({ host: at.peer.host });
    const participation = { id: newId(), eventId: id, actorId: fay.actor.id, source: "account", state: "pending" };
    const uri = `${at.origin}/activities/${newId()}`;
    const asked = { ...participation, uri, language: "en", timezone: "Europe/Paris" };
    await at.db.insert(schema.participations).values(asked);
    await tellParticipation(at.db, participation.id);
    await at.deliver();
    expect(at.peer.received("Join")).toEqual([expect.objectContaining({ object: object.id, to: [mia] })]);
    await at.peerOf(mia).send(at.inbox, at.peer.activity(mia, "Accept", uri), { signer: mia });
    const [place] = await at.db.select().from(schema.participations).where(eq(schema.participations.eventId, id));
    expect(place!.state).toBe("accepted");
  });

  it("is for whom it says: for members it is read and passed on among them", async () => {
    const members = bare(mia, { to: [`${group.uri}/members`] });
    const followers = bare(mia, { to: [`${group.uri}/followers`] });
    const unlisted = bare(mia, { to: [mia], cc: [publicly] });
    const nobody = bare(mia, { to: [mia] });
    for (const one of [members, followers, unlisted, nobody]) await says(mia, "Create", one);
    const [inner, near, quiet] = [await rowOf(members.id), await rowOf(followers.id), await rowOf(unlisted.id)];
    expect([inner, near, quiet].map((row) => row?.visibility)).toEqual(["members", "followers", "unlisted"]);
    expect(await rowOf(nobody.id)).toBeNull();
    // What is for a few changes by its author's word alone: their server need not know who asks.
    const stale = [inner, quiet].map((row) => isStale({ ...row!, fetchedAt: null }, new Date()));
    expect(stale).toEqual([false, true]);
    const seen = async (id: string) =>
      Promise.all([visitor, fay.viewer, at.ann.viewer].map(async (who) => (await getEvent(at.db, who, id)) !== null));
    expect([await seen(inner!.id), await seen(near!.id)]).toEqual([
      [false, false, true],
      [false, true, true],
    ]);
    // Its author's server hears also of what is in no list that the group has it.
    await at.deliver();
    expect(at.peer.received("Announce").map(({ object }) => object)).toContain(unlisted.id);
    expect(passedOn().map(({ to }) => to)).toEqual([
      ...Array(2).fill([`${group.uri}/members`]),
      ...Array(2).fill([`${group.uri}/followers`]),
    ]);
  });

  it("is taken from who followed the group when its author shows it to members alone: nothing of it is said there any more", async () => {
    const id = await makeGroup(at.db, { handle: "studio" });
    const uri = `${at.origin}/@studio`;
    const fox = at.other.actor("fox");
    await enrol(at.db, id, { memberId: await actorId(mia), role: "moderator" });
    const follow = { id: newId(), followerId: await actorId(fox), followedId: id, uri: newId(), state: "accepted" };
    await at.db.insert(follows).values(follow);
    const ids: unknown[] = [];
    const fewer = [{ to: [`${uri}/members`] }, { audience: undefined, to: [`${mia}/followers`] }, { to: [mia] }];
    for (const change of fewer) {
      const object = bare(mia, { audience: uri, name: "Once for all" });
      await says(mia, "Create", object);
      await says(mia, "Update", newer(object, { ...change, name: "Among us" }));
      ids.push(object.id);
      const whole = passedOn().filter(({ object }) => typeof object === "object");
      for (const { id } of whole) expect((await read(String(id))).status).toBe(404);
      expect(passedOn().at(-1)).toMatchObject({ actor: uri, object: object.id, to: [`${uri}/followers`] });
    }
    expect(passedOn().map((one) => (one.object as Json).type ?? ids.indexOf(one.object))).toEqual(
      [0, 1, 2].flatMap((which) => ["Create", which, which]),
    );
    expect(JSON.stringify(passedOn())).not.toContain("Among us");
    const alone = { organizerId: await actorId(mia), authorId: null, visibility: "members" };
    expect(await rowOf(ids.at(-1)), "what is for none of the group is its author's").toMatchObject(alone);
  });

  it("is kept of nobody who may not make the group's events, until they may; nor of another's, or by another's word", async () => {
    const plain = bare(noa);
    await says(noa, "Create", plain);
    expect(await rowOf(plain.id)).toBeNull();
    await at.db.update(actors).set({ membersOrganise: true }).where(eq(actors.id, group.id));
    await says(noa, "Create", plain);
    expect(await rowOf(plain.id)).toMatchObject({ organizerId: group.id });
    await at.db.update(actors).set({ membersOrganise: false }).where(eq(actors.id, group.id));
    at.other.inbox.length = 0;
    const stranger = bare(zoe);
    await says(zoe, "Create", stranger);
    const foreign = bare(mia, { id: `${at.other.origin}/e/x` });
    await says(mia, "Create", foreign);
    // Somebody else of the same server makes it out to be a leader's.
    const lent = mobilizons(mia);
    await says(zoe, "Create", lent);
    for (const one of [stranger, foreign, lent]) expect(await rowOf(one.id)).toBeNull();
    await judgePeer(at.db, operator, { host: at.peer.host, standing: "suspended" });
    const blocked = bare(mia);
    await says(mia, "Create", blocked);
    await judgePeer(at.db, operator, { host: at.peer.host, standing: "open" });
    expect(await rowOf(blocked.id)).toBeNull();
    expect(passedOn()).toEqual([]);
    await says(mia, "Create", blocked);
    expect(await rowOf(blocked.id)).not.toBeNull();
  });

  it("has newer words by its author while they may make events there, and no older or others' ones", async () => {
    const object = bare(mia);
    await says(mia, "Create", object);
    const name = async () => (await rowOf(object.id))!.name;
    await says(mia, "Update", newer(object, { name: "Newer" }, 5));
    await says(mia, "Update", newer(object, { name: "Older" }, 1));
    await says(zoe, "Update", newer(object, { name: "Another's" }, 9));
    await says(noa, "Update", newer(object, { name: "A member's" }, 9));
    expect(await name()).toBe("Newer");
    expect(passedOn().map((one) => (one.object as Json).type)).toContain("Update");
    at.other.inbox.length = 0;
    await roleOfMia("member");
    const late = newer(object, { name: "Too late" }, 10);
    const said = await says(mia, "Update", late);
    // They are told; who belongs to nobody's group is not.
    expect(at.peer.received("Reject").map(({ actor, object }) => [actor, (object as Json).id])).toEqual([
      [group.uri, said.id],
    ]);
    // Nor when it is asked for anew.
    at.peer.documents.set(new URL(String(object.id)).pathname, late);
    await refreshMirror(at.db, (await rowOf(object.id))!.id);
    expect([await name(), passedOn()]).toEqual(["Newer", []]);
    await roleOfMia("moderator");
    await refreshMirror(at.db, (await rowOf(object.id))!.id);
    expect(await name()).toBe("Too late");
  });

  it("is gone by its author's word, also when they may make none any more, and by nobody else's; it does not come back", async () => {
    const object = bare(mia);
    await says(mia, "Create", object);
    at.peer.documents.set(new URL(String(object.id)).pathname, object);
    await says(zoe, "Delete", object.id);
    await says(noa, "Delete", object.id);
    expect((await rowOf(object.id))!.state).toBe("published");
    await roleOfMia("member");
    await says(mia, "Delete", object.id);
    await roleOfMia("moderator");
    expect(await rowOf(object.id)).toMatchObject({ state: "deleted", content: "" });
    expect(passedOn().at(-1)!.object).toMatchObject({ type: "Delete" });
    await says(mia, "Update", newer(object, { name: "Back" }));
    expect((await rowOf(object.id))!.state).toBe("deleted");
  });

  it("is taken out by who decides in the group, here or elsewhere, and goes on as its author's alone", async () => {
    const [here, elsewhere] = [bare(noa), bare(noa, { to: [`${group.uri}/members`] })];
    await at.db
      .update(memberships)
      .set({ role: "moderator" })
      .where(eq(memberships.memberId, await actorId(noa)));
    for (const one of [here, elsewhere]) await says(noa, "Create", one);
    at.other.inbox.length = 0;
    const { id } = (await rowOf(here.id))!;
    await expect(takeOutEvent(at.db, fay.viewer, { id, groupId: group.id })).rejects.toMatchObject({
      code: "not-found",
    });
    await takeOutEvent(at.db, at.ann.viewer, { id, groupId: group.id });
    await tellEvent(at.db, id);
    await says(mia, "Delete", elsewhere.id);
    await at.deliver();
    const author = await actorId(noa);
    const alone = { organizerId: author, authorId: null, state: "published", takenOutOf: group.id };
    expect(await rowOf(here.id)).toMatchObject({ ...alone, visibility: "unlisted" });
    expect(await rowOf(elsewhere.id)).toMatchObject({ ...alone, visibility: "members" });
    expect(at.other.received("Remove")).toEqual([
      expect.objectContaining({ actor: group.uri, object: here.id, origin: group.uri }),
    ]);
    const answers = at.peer.received("Accept").map(({ actor, object }) => [actor, (object as Json).object]);
    expect(answers).toEqual([[group.uri, elsewhere.id]]);
    await says(noa, "Update", newer(here, { name: "Again" }));
    // What its author makes for everybody stays that: their own, like anything they say in no group's name.
    expect(await rowOf(here.id)).toMatchObject({ ...alone, name: "Again", visibility: "public" });
    expect(await getEvent(at.db, at.ann.viewer, (await rowOf(elsewhere.id))!.id)).toBeNull();
  });

  it("is heard of no more while the host hides it, nor read in what the group passed on, and again by its id afterwards", async () => {
    const object = bare(mia);
    await says(mia, "Create", object);
    const { id } = (await rowOf(object.id))!;
    const [wrapped] = passedOn();
    expect((await read(String(wrapped!.id))).status).toBe(200);
    const hide = async (hiddenAt: Date | null) => {
      for (const { inbox } of [at.peer, at.other]) inbox.length = 0;
      await at.db.update(events).set({ hiddenAt }).where(eq(events.id, id));
      for (const _ of [1, 2]) await tellEvent(at.db, id);
      await at.deliver();
    };
    await hide(new Date());
    expect((await read(String(wrapped!.id))).status).toBe(404);
    // Its author's own server shows it as before.
    expect([at.peer, at.other].map((peer) => peer.received("Remove").map(({ object }) => object))).toEqual([
      [],
      [object.id],
    ]);
    await says(mia, "Update", newer(object, { name: "Newer" }));
    expect([(await rowOf(object.id))!.name, passedOn()]).toEqual(["Newer", []]);
    await hide(null);
    expect([passedOn().map((one) => one.object), (await read(String(wrapped!.id))).status]).toEqual([[object.id], 200]);
  });

  it("goes on without a group that is closed, whose members elsewhere are told", async () => {
    const id = await makeGroup(at.db, { handle: "brief" });
    await enrol(at.db, id, { memberId: await actorId(mia), role: "moderator" });
    await enrol(at.db, id, { memberId: await actorId(noa) });
    const object = bare(mia, { audience: `${at.origin}/@brief` });
    await says(mia, "Create", object);
    expect(await rowOf(object.id)).toMatchObject({ organizerId: id });
    const [wrapped] = passedOn();
    await closeGroup(at.db, operator, id, "brief");
    await concludeGroup(at.db, id);
    const alone = { organizerId: await actorId(mia), authorId: null, state: "published", visibility: "unlisted" };
    expect(await rowOf(object.id)).toMatchObject(alone);
    await tellEvent(at.db, (await rowOf(object.id))!.id);
    await at.deliver();
    expect(at.other.received("Remove").map((one) => one.object)).toEqual([object.id]);
    expect((await read(String(wrapped!.id))).status).not.toBe(200);
  });

  it("leaves the group when it names it no more, and hides with its author's server", async () => {
    const object = bare(mia);
    await says(mia, "Create", object);
    const { id } = (await rowOf(object.id))!;
    const judge = async (standing: "suspended" | "open") => {
      await at.db.execute(sql`delete from pgboss.job where name = 'event-out'`);
      await judgePeer(at.db, operator, { host: at.peer.host, standing });
      const orders = await at.db.execute<{ id: string }>(
        sql`delete from pgboss.job where name = 'event-out' returning data->>'eventId' as id`,
      );
      for (const order of orders) await tellEvent(at.db, order.id);
      await at.deliver();
    };
    await judge("suspended");
    expect(await getEvent(at.db, visitor, id)).toBeNull();
    expect(at.other.received("Remove").map((one) => one.object)).toContain(object.id);
    at.other.inbox.length = 0;
    await judge("open");
    expect(await getEvent(at.db, visitor, id)).not.toBeNull();
    expect(passedOn().map((one) => one.object)).toContain(object.id);
    await says(mia, "Update", newer(object, { audience: undefined }));
    expect(await rowOf(object.id)).toMatchObject({ organizerId: await actorId(mia), authorId: null });
    expect((passedOn().at(-1)!.object as Json).type).toBe("Update");
  });
});

describe("an event in the name of a group of another server, made on a third", () => {
  const made = (group: string, change: Json = {}) => bare(mia, { audience: group, ...change });
  const announces = async (group: string, object: unknown) => {
    await at.other.send(at.inbox, at.other.activity(group, "Announce", object, { to: [publicly] }), { signer: group });
  };
  /** A group elsewhere that Fay follows, as she does Mia. */
  const followed = async (name: string) => {
    const uri = at.other.actor(name, { type: "Group" });
    for (const followedId of [await actorId(uri), await actorId(mia)])
      await at.db
        .insert(follows)
        .values({ id: newId(), followerId: fay.actor.id, followedId, uri: newId(), state: "accepted" })
        .onConflictDoNothing();
    return uri;
  };

  it("is the group's since that passed it on, whole or by its id, and until it has it no more", async () => {
    const club = await followed("club");
    const [whole, named] = [made(club), made(club)];
    for (const one of [whole, named]) {
      at.peer.documents.set(new URL(String(one.id)).pathname, one);
      await says(mia, "Create", one);
      expect(await rowOf(one.id)).toMatchObject({ organizerId: await actorId(mia), authorId: null });
    }
    await announces(club, await at.peer.prove(at.peer.activity(mia, "Create", whole), mia));
    await announces(club, named.id);
    const theirs = { organizerId: await actorId(club), authorId: await actorId(mia) };
    for (const one of [whole, named]) expect(await rowOf(one.id)).toMatchObject(theirs);
    await says(mia, "Update", newer(whole, { name: "Newer" }));
    expect(await rowOf(whole.id)).toMatchObject({ ...theirs, name: "Newer" });
    const remove = at.other.activity(club, "Remove", whole.id, { origin: club });
    await at.other.send(at.inbox, remove, { signer: club });
    expect(await rowOf(whole.id)).toMatchObject({ organizerId: await actorId(mia), authorId: null });
    // Where the group's server is in no list, nor is what it has from elsewhere.
    await judgePeer(at.db, operator, { host: at.other.host, standing: "silenced" });
    await says(mia, "Update", newer(named, { name: "Newer" }));
    expect(await rowOf(named.id)).toMatchObject({ name: "Newer", listed: false });
    await judgePeer(at.db, operator, { host: at.other.host, standing: "open" });
    expect((await rowOf(named.id))!.listed).toBe(true);
    await says(mia, "Delete", named.id);
    expect((await rowOf(named.id))!.state).toBe("deleted");
  });

  it("is taken out by the group’s server where somebody here who leads it asks for that, and not before", async () => {
    const club = await followed("lodge");
    const groupId = await actorId(club);
    await enrol(at.db, groupId, { memberId: fay.actor.id, role: "moderator" });
    const one = made(club);
    at.peer.documents.set(new URL(String(one.id)).pathname, one);
    await announces(club, one.id);
    const { id } = (await rowOf(one.id))!;
    expect(await takeOutEvent(at.db, fay.viewer, { id, groupId })).toBe("asked");
    const [listed] = await listElsewhere(at.db, groupId);
    expect(listed).toMatchObject({ id, ask: { kind: "event-taken-out", refused: false } });
    const [ask] = await at.db.select().from(groupLog).where(eq(groupLog.objectId, id));
    await tellAsk(at.db, ask!.id);
    await at.deliver();
    const [asked] = at.other.received("Delete");
    expect(asked).toMatchObject({ actor: `${at.origin}/@fay`, object: one.id, to: [club] });
    expect((await rowOf(one.id))!.organizerId).toBe(groupId);
    await at.other.send(at.inbox, at.other.activity(club, "Accept", asked!.id), { signer: club });
    expect(await rowOf(one.id)).toMatchObject({ organizerId: await actorId(mia), authorId: null });
  });

  it("is gone when the group says its id and it is gone from where it lives, but for whom it is for some alone", async () => {
    const club = await followed("choir");
    const [open, inner] = [made(club), made(club)];
    for (const one of [open, inner]) {
      at.peer.documents.set(new URL(String(one.id)).pathname, one);
      await announces(club, one.id);
    }
    await says(mia, "Update", newer(inner, { to: [`${club}/members`] }));
    for (const one of [open, inner]) {
      at.peer.documents.set(new URL(String(one.id)).pathname, 410);
      await announces(club, one.id);
    }
    expect((await rowOf(open.id))!.state).toBe("deleted");
    expect(await rowOf(inner.id)).toMatchObject({ state: "published", visibility: "members" });
  });

  it("is no group's that it does not name", async () => {
    const [club, rival] = [await followed("club"), await followed("rival")];
    const one = made(club);
    at.peer.documents.set(new URL(String(one.id)).pathname, one);
    await announces(rival, one.id);
    expect(await rowOf(one.id)).toMatchObject({ organizerId: await actorId(mia), authorId: null });
    await announces(club, one.id);
    expect(await rowOf(one.id)).toMatchObject({ organizerId: await actorId(club) });
  });
});
