import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { end, freePort } from "#bin/testing/instance.ts";
import { testSecret } from "#bin/testing/secret.ts";
import { openSide, type Side } from "#bin/testing/side.ts";
import { schema, transact } from "#db/client.ts";
import { getConfig, setConfig } from "#lib/config.ts";
import { cancelEvent, createEvent, deleteEvent, updateEvent } from "#lib/event/commands.ts";
import { judgePeer } from "#lib/federation/peers/judgement.ts";
import { isLinked } from "#lib/federation/testing/linked-data.ts";
import { isProven, isSigned, type Json, Peer, read } from "#lib/federation/testing/peer.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { enqueue, startSender, stopSender } from "#lib/jobs/enqueue.ts";
import { decideParticipation } from "#lib/participation/decision/commands.ts";
import { operator } from "#lib/policy/viewer.ts";
import { linkToken } from "#lib/secrets.ts";

const { actors, comments, events, follows, participations, peers, posts, resources, deliveries } = schema;
const before = getConfig();

let [a, b, c] = [] as unknown as [Side, Side, Side];
let stranger: Peer;

/** Waits for what another server does in its own time. */
const until = (what: () => Promise<unknown>, timeout = 30_000) => expect.poll(what, { timeout, interval: 50 });
/** Does something as the host's tool of a server would. */
const on = (side: Side) => {
  setConfig({ ...getConfig(), appUrl: side.instance.url });
  return side.connection.db;
};
const mirror = async (side: Side, id: string) =>
  (
    await side.connection.db
      .select()
      .from(events)
      .where(eq(events.uri, `${a.instance.url}/events/${id}`))
  )[0];
const input = { name: "Repair café", startWall: "2031-05-05T19:00:00", timezone: "Europe/Paris" };
const make = (change: object = {}) => createEvent(on(a), operator, a.actorId, { ...input, ...change } as never);
const publish = (change: object = {}) => make({ state: "published", ...change });
const seats = async (id: string) =>
  (await a.connection.db.select().from(events).where(eq(events.id, id)))[0]!.seatsTaken;
/** What a server knows of its own person's place at another's event. */
const placeOf = async (side: Side, id: string) => {
  const [row] = await side.connection.db
    .select({ state: participations.state })
    .from(participations)
    .where(eq(participations.eventId, (await mirror(side, id))!.id));
  return row?.state;
};
const joinFrom = async (side: Side, id: string, wanted: "yes" | "no") => {
  const { id: own } = (await mirror(side, id))!;
  const answer = await side.press(`/events/${own}/place-away`, { actor: side.actorId, wanted });
  expect([answer.status, answer.headers.get("location")]).toEqual([303, `/events/${own}#join`]);
};

beforeAll(async () => {
  stranger = await new Peer().start();
  const ports = [await freePort(), await freePort(), await freePort()];
  const names = [...ports.map((port) => `localhost:${port}`), stranger.host].join(",");
  setConfig({ ...before, secretKey: testSecret, privatePeers: names.split(",") });
  [a, b, c] = (await Promise.all(["ann", "bea", "cal"].map((handle, at) => openSide(handle, ports[at]!, names)))) as [
    Side,
    Side,
    Side,
  ];
  await startSender(a.connection.db);
  // What runs for the first time is slow, and they wait for each other five seconds at most.
  for (const [side, handle] of [
    [a, "ann"],
    [b, "bea"],
    [c, "cal"],
  ] as const)
    for (const path of ["/actor", `/@${handle}`]) await read(`${side.instance.url}${path}`);
});
afterAll(async () => {
  await stopSender();
  await Promise.all([a, b, c].map((side) => side?.close()));
  await stranger.stop();
  setConfig(before);
});

describe("three servers", () => {
  it("follow each other's people, found by their handle", async () => {
    for (const side of [b, c]) {
      // Pressed again where the other one's first answer took too long.
      const look = () => side.press("/dashboard/following/address", { address: `@ann@${a.host}` });
      await until(async () => (await look()).headers.get("location"), 60_000).toBe(`/@ann@${a.host}`);
      const [ann] = await side.connection.db.select().from(actors).where(sql`handle = 'ann' and host = ${a.host}`);
      await side.press("/dashboard/following/change", { actor: ann!.id, wanted: "yes" });
      const state = async () => (await side.connection.db.select().from(follows))[0]?.state;
      await until(state).toBe("accepted");
    }
    expect((await read(`${a.instance.url}/@ann/followers`)).json.totalItems).toBe(2);
  });

  it("show an event that is published on one, changed, called off and taken away as it is there", async () => {
    const id = await make();
    const answer = await a.press(`/dashboard/events/${id}/publication`, {});
    expect(answer.status).toBe(303);
    for (const side of [b, c]) await until(async () => (await mirror(side, id))?.name).toBe("Repair café");
    const page = await fetch(`${b.instance.url}/events/${(await mirror(b, id))!.id}`);
    const html = await page.text();
    expect([page.status, html.includes("Repair café"), html.includes(a.host)]).toEqual([200, true, true]);
    await updateEvent(on(a), operator, id, { startWall: "2031-05-06T20:00:00" });
    const start = async () => (await mirror(c, id))!.startTime.toISOString();
    await until(start).toBe("2031-05-06T18:00:00.000Z");
    await cancelEvent(on(a), operator, id, "The roof leaks.");
    await until(async () => (await mirror(b, id))!.status).toBe("cancelled");
    await deleteEvent(on(a), operator, id);
    for (const side of [b, c]) await until(async () => (await mirror(side, id))!.state).toBe("deleted");
    expect((await read(`${a.instance.url}/events/${id}`)).status).toBe(410);
  });

  it("take part in each other's events: to the last place, which is given back, or when the organiser says so", async () => {
    const last = await publish({ name: "One place", maximumAttendeeCapacity: 1 });
    const asked = await publish({ name: "On request", joinMode: "approval" });
    for (const side of [b, c]) for (const id of [last, asked]) await until(() => mirror(side, id)).toBeTruthy();
    await joinFrom(b, last, "yes");
    await until(() => placeOf(b, last)).toBe("accepted");
    await joinFrom(c, last, "yes");
    await until(() => placeOf(c, last)).toBe("rejected");
    expect(await seats(last)).toBe(1);
    await joinFrom(b, last, "no");
    await until(() => seats(last)).toBe(0);

    await joinFrom(c, asked, "yes");
    const request = async () =>
      (await a.connection.db.select().from(participations).where(eq(participations.eventId, asked)))[0];
    await until(request).toMatchObject({ state: "pending" });
    expect(await placeOf(c, asked)).toBe("pending");
    const { id: participationId } = (await request())!;
    await decideParticipation(on(a), operator, { participationId, decision: "approve" });
    // The seconds in which an organiser takes it back are over.
    await a.connection.db
      .update(participations)
      .set({ decidedAt: sql`now() - interval '1 minute'` })
      .where(eq(participations.id, participationId));
    await transact(a.connection.db, (tx) => enqueue(tx, "participation-answers", {}, { once: newId() }));
    await until(() => placeOf(c, asked)).toBe("accepted");
    expect(await seats(asked)).toBe(1);
  });
});

describe("a group", () => {
  it("has members on other servers: who asks and is let in, who is invited; with roles, until they leave", async () => {
    await a.press("/dashboard/groups/new/group", { handle: "atelier", name: "Atelier", openness: "moderated" });
    const [atelier] = await a.connection.db.select().from(actors).where(eq(actors.handle, "atelier"));
    const desk = `/dashboard/groups/${atelier!.id}`;
    const there = `atelier@${a.host}`;
    const standing = async (side: Side, of: string) => {
      const [row] = await side.connection.db.execute<{ id: string; state: string; role: string }>(sql`
        select m.id, m.state, m.role from memberships m join actors p on p.id = m.member_id where p.handle = ${of}`);
      return row;
    };
    const look = async () => (await b.press("/dashboard/following/address", { address: `@${there}` })).headers;
    await until(async () => (await look()).get("location"), 60_000).toBe(`/@${there}`);
    const page = await fetch(`${b.instance.url}/@${there}`);
    expect([page.status, (await page.text()).includes("Atelier")]).toEqual([200, true]);
    const asked = await b.press(`/groups/${there}/membership`, { message: "I bring tools." });
    expect(asked.headers.get("location")).toBe(`/@${there}?done=asked#done`);
    await until(() => standing(a, "bea")).toMatchObject({ state: "requested" });
    const { id: person } = (await standing(a, "bea"))!;
    await a.press(`${desk}/requests/decision`, { person, answer: "yes" });
    await until(() => standing(b, "bea")).toMatchObject({ state: "member", role: "member" });
    await a.press(`${desk}/members/role`, { person, role: "moderator" });
    await until(() => standing(b, "bea")).toMatchObject({ role: "moderator" });

    await a.press(`${desk}/members/invitation`, { who: `@cal@${c.host}` });
    await until(() => standing(c, "cal")).toMatchObject({ state: "invited" });
    const token = linkToken("membership", (await standing(c, "cal"))!.id, 0);
    await c.press(`/invitations/groups/${token}/acceptance`, {});
    await until(() => standing(a, "cal")).toMatchObject({ state: "member" });

    await b.press(`/groups/${there}/leaving`, {});
    await until(() => standing(a, "bea")).toMatchObject({ state: "left" });
    await a.press(`${desk}/members/removal`, { person: (await standing(a, "cal"))!.id });
    await until(() => standing(c, "cal")).toMatchObject({ state: "removed" });
  });
});

describe("a server that is killed, and one that is down", () => {
  it("loses nothing and says nothing twice: killed in the midst of twenty deliveries, all twenty arrive", async () => {
    const count = async () => c.connection.db.$count(events, sql`name like 'Twenty %'`);
    for (let at = 1; at <= 20; at++) await publish({ name: `Twenty ${at}` });
    await expect.poll(count, { timeout: 60_000, interval: 5 }).toBeGreaterThan(2);
    await end(a.instance.child, "SIGKILL", 5_000);
    const arrived = await count();
    expect(arrived).toBeLessThan(20);
    await a.start();
    await until(count, 60_000).toBe(20);
    const rows = await c.connection.db.select().from(events).where(sql`name like 'Twenty %'`);
    expect(new Set(rows.map(({ uri }) => uri)).size).toBe(20);
    expect(rows.filter(({ sequence }) => sequence !== 0)).toEqual([]);
    const waiting = async () => a.connection.db.$count(deliveries, eq(deliveries.state, "due"));
    await until(waiting, 60_000).toBe(0);
    expect(await count()).toBe(20);
  });

  it("hears after a day what holds then, in order, and what was overtaken not at all", async () => {
    const id = await publish({ name: "Long wait" });
    await until(() => mirror(c, id)).toBeTruthy();
    await c.instance.stop();
    for (const name of ["Long wait, one", "Long wait, two", "Long wait, three"]) {
      await updateEvent(on(a), operator, id, { name });
      const told = async () =>
        (await a.connection.db.execute(sql`select 1 from activities where document like ${`%${name}%`}`)).length;
      await until(told).toBe(1);
    }
    const away = async () => (await a.connection.db.select().from(peers).where(eq(peers.host, c.host)))[0]!.failures;
    await until(away).toBeGreaterThan(0);
    await a.connection.db.update(peers).set({ failures: 9, retryAt: sql`now() + interval '5 hours'` });
    await c.start();
    await a.connection.db.update(peers).set({ retryAt: sql`retry_at - interval '1 day'` });
    await transact(a.connection.db, (tx) => enqueue(tx, "deliveries", {}));
    await until(async () => (await mirror(c, id))!.name).toBe("Long wait, three");
    // It has arrived there a moment before the answer is noted here.
    const updates = async () =>
      (
        await a.connection.db.execute<{ state: string }>(sql`
          select d.state from deliveries d join activities a on a.id = d.activity_id
          where d.host = ${c.host} and a.object_id = ${id} and a.type = 'Update' order by a.id`)
      ).map(({ state }) => state);
    await until(updates).toEqual(["dead", "dead", "done"]);
  });
});

describe("a group that two servers share", () => {
  const { discussionMessages, discussions, memberships } = schema;
  let talk: string;
  let talkThere: string;
  /** What stands in the discussion on a server, in words; what was sent and has not come back is marked. */
  const said = async ({ connection }: Side) =>
    (await connection.db.select().from(discussionMessages))
      .map(({ content, awaiting }) => `${/[AB]\d+/.exec(content)?.[0]}${awaiting ? " sent" : ""}`)
      .sort();
  const sayAt = async (side: Side, words: string) => {
    const id = side === a ? talk : talkThere;
    expect((await side.press(`/discussions/${id}/messages`, { content: words })).status).toBe(303);
  };

  it("is joined from another, whose members open and read its discussions there", async () => {
    const groupId = await makeGroup(a.connection.db, { handle: "club", openness: "open" });
    await enrol(a.connection.db, groupId, { memberId: a.actorId, role: "administrator" });
    const at = `club@${a.host}`;
    const find = () => b.press("/dashboard/following/address", { address: `@${at}` });
    await until(async () => (await find()).headers.get("location"), 60_000).toBe(`/@${at}`);
    await b.press(`/groups/${at}/membership`, { message: "" });
    const belongs = () =>
      b.connection.db
        .select({ state: memberships.state })
        .from(memberships)
        .innerJoin(actors, eq(actors.id, memberships.groupId))
        .where(eq(actors.handle, "club"));
    await until(belongs).toEqual([{ state: "member" }]);
    const opened = await a.press("/groups/club/discussions", { name: "Winter", content: "A0" });
    talk = opened.headers.get("location")!.split("/").at(-1)!;
    await until(() => said(b)).toEqual(["A0"]);
    talkThere = (await b.connection.db.select().from(discussions))[0]!.id;
    await sayAt(b, "B0");
    for (const side of [a, b]) await until(() => said(side)).toEqual(["A0", "B0"]);
    const page = await b.look(`/discussions/${talkThere}`);
    expect([page.includes("A0"), page.includes("B0"), page.includes(`@ann@${a.host}`)]).toEqual([true, true, true]);
    expect([await b.look(`/@${at}`), await b.look(`/@${at}/discussions`)]).toEqual([
      expect.stringContaining(`/@${at}/discussions`),
      expect.stringContaining("Winter"),
    ]);
  });

  it("shows an event for members to them, on both, and to nobody else", async () => {
    const [club] = await a.connection.db.select().from(actors).where(eq(actors.handle, "club"));
    const change = { name: "For members", visibility: "members", state: "published" };
    const id = await createEvent(on(a), operator, club!.id, { ...input, ...change } as never);
    await until(async () => (await mirror(b, id))?.visibility).toBe("members");
    const there = `/events/${(await mirror(b, id))!.id}`;
    expect(await b.look(there)).toContain("For members");
    const [stranger, asked] = [await fetch(`${b.instance.url}${there}`), await read(`${a.instance.url}/events/${id}`)];
    expect([stranger.status, asked.status, await mirror(c, id)]).toEqual([404, 404, undefined]);
  });

  it("hears what a member elsewhere says under its event, in other words, and no more", async () => {
    const [club] = await a.connection.db.select().from(actors).where(eq(actors.handle, "club"));
    const id = await createEvent(on(a), operator, club!.id, {
      ...input,
      name: "Open day",
      state: "published",
    } as never);
    await until(() => mirror(b, id)).toBeTruthy();
    const words = { actor: b.actorId, content: "I bring cake." };
    const said = await b.press(`/events/${(await mirror(b, id))!.id}/comments`, words);
    const comment = said.headers.get("location")!;
    const heard = async () =>
      (
        await a.connection.db
          .select()
          .from(comments)
          .where(eq(comments.uri, `${b.instance.url}${comment}`))
      )[0];
    await until(async () => (await heard())?.content).toContain("I bring cake.");
    await b.press(`${comment}/revision`, { content: "I bring two cakes." });
    await until(async () => (await heard())?.content).toContain("two cakes");
    await b.press(`${comment}/deletion`, {});
    await until(async () => (await heard())?.state).toBe("deleted");
  });

  it("has the events of a member elsewhere, who makes them there while the group lets them", async () => {
    const at = `club@${a.host}`;
    const [[club], [there]] = [
      await a.connection.db.select().from(actors).where(eq(actors.handle, "club")),
      await b.connection.db.select().from(actors).where(eq(actors.handle, "club")),
    ];
    const [bea] = await a.connection.db.execute<{ id: string }>(sql`
      select m.id from memberships m join actors p on p.id = m.member_id where p.handle = 'bea' and m.group_id = ${club!.id}`);
    const role = async () =>
      (await b.connection.db.select().from(memberships).where(eq(memberships.groupId, there!.id)))[0]!.role;
    const become = async (wanted: string) => {
      await a.press(`/dashboard/groups/${club!.id}/members/role`, { person: bea!.id, role: wanted });
      await until(role).toBe(wanted);
    };
    await become("moderator");
    expect(await b.look("/dashboard/events/new")).toContain(`(@${at})`);
    const fields = { organizer: there!.id, name: "Repair night", startDate: "2031-05-05", startTime: "19:00" };
    const place = { placeName: "Hall", addressLocality: "Lyon" };
    const form = { ...fields, ...place, timezone: "Europe/Paris", intent: "publish" };
    const made = await b.press("/dashboard/events", form);
    const desk = /^\/dashboard\/events\/[^?]+/.exec(made.headers.get("location")!)![0];
    const id = desk.split("/").at(-1)!;
    const own = async () => (await b.connection.db.select().from(events).where(eq(events.id, id)))[0]!;
    const heard = async () =>
      (
        await a.connection.db
          .select()
          .from(events)
          .where(eq(events.uri, `${b.instance.url}/events/${id}`))
      )[0];
    await until(async () => (await own()).awaiting).toBe(false);
    const [group, page] = [await a.look("/@club"), await a.look(`/events/${(await heard())!.id}`)];
    expect([group.includes("Repair night"), page.includes(b.host)]).toEqual([true, true]);
    expect(await a.look(`/dashboard/groups/${club!.id}`)).toContain(`${b.instance.url}/events/${id}`);
    const revise = async (name: string) =>
      b.press(`${desk}/revision`, { ...form, name, intent: "save", seen: (await own()).updatedAt.toISOString() });
    await revise("Repair day");
    await until(async () => (await heard())!.name).toBe("Repair day");
    await b.press(`${desk}/cancellation/request`, { message: "The roof leaks." });
    await until(async () => (await heard())!.status).toBe("cancelled");
    await become("member");
    expect((await revise("Not theirs any more")).status).toBe(404);
    await b.press(`${desk}/deletion/request`, { title: "Repair day" });
    await until(async () => (await heard())!.state).toBe("deleted");
    expect([
      (await heard())!.name,
      await c.connection.db.$count(events, sql`name in ('Repair night', 'Repair day')`),
    ]).toEqual(["Repair day", 0]);
  });

  it("has its discussion whole on both, and nothing in it twice, though one was killed in the midst of it", async () => {
    for (let at = 1; at <= 5; at++) await Promise.all([sayAt(a, `A${at}`), sayAt(b, `B${at}`)]);
    await end(a.instance.child, "SIGKILL", 5_000);
    for (let at = 6; at <= 9; at++) await sayAt(b, `B${at}`);
    await a.start();
    for (let at = 6; at <= 9; at++) await sayAt(a, `A${at}`);
    await b.connection.db.update(peers).set({ retryAt: null });
    await transact(b.connection.db, (tx) => enqueue(tx, "deliveries", {}));
    const whole = ["A", "B"].flatMap((of) => Array.from({ length: 10 }, (_, at) => `${of}${at}`));
    for (const side of [a, b]) await until(() => said(side), 90_000).toEqual(whole);
    const waiting = () => a.connection.db.$count(deliveries, sql`state = 'due' and host = ${b.host}`);
    await until(waiting, 60_000).toBe(0);
    for (const side of [a, b]) expect(await said(side)).toEqual(whole);
    expect(await c.connection.db.$count(discussions)).toBe(0);
  });

  it("keeps its links in the same folders on both, whoever put them there, until they go", async () => {
    const at = `club@${a.host}`;
    /** Each with the folder that it lies in; what was sent and has not come back is marked. */
    const kept = async ({ connection }: Side) => {
      const rows = await connection.db.execute<{ id: string; line: string }>(sql`
        select r.id, coalesce(f.name || '/', '') || r.name || case when r.awaiting then ' sent' else '' end as line
        from resources r left join resources f on f.id = r.parent_id where r.deleted_at is null order by 2`);
      return Object.fromEntries(rows.map(({ id, line }) => [line, id]));
    };
    const lines = async (side: Side) => Object.keys(await kept(side));
    const both = async (...expected: string[]) => {
      for (const side of [a, b]) await until(() => lines(side)).toEqual(expected);
    };
    await a.press("/groups/club/resources", { type: "folder", name: "Archive" });
    await both("Archive");
    const [here, there] = [(await kept(a)).Archive!, (await kept(b)).Archive!];
    const link = { type: "link", name: "Minutes", url: "http://localhost:1/minutes", folder: there };
    expect((await b.press(`/groups/${at}/resources`, link)).headers.get("location")).toContain(`/resources/${there}`);
    await both("Archive", "Archive/Minutes");
    expect([await a.look(`/resources/${here}`), await b.look(`/@${at}/resources`)]).toEqual([
      expect.stringContaining("Minutes"),
      expect.stringContaining("Archive"),
    ]);
    await b.press(`/resources/${(await kept(b))["Archive/Minutes"]}/move`, { folder: "" });
    await both("Archive", "Minutes");
    await a.press(`/resources/${(await kept(a)).Minutes}/move`, { folder: here });
    await both("Archive", "Archive/Minutes");
    await a.press(`/resources/${here}/deletion`, {});
    await both();
    expect(await lines(c)).toEqual([]);
  });

  it("is led from another, which asks and is answered: who leads it no more is refused, and sees so", async () => {
    const found = ({ connection }: Side, handle: string) =>
      connection.db.execute<{ id: string; group: string; what: string }>(sql`
        select m.id, m.group_id as group, case m.state when 'member' then m.role else m.state end as what from memberships m
        join actors p on p.id = m.member_id and p.handle = ${handle} join actors g on g.id = m.group_id and g.handle = 'club'`);
    const standing = async (side: Side, handle: string) => (await found(side, handle))[0];
    const { id: bea, group } = (await standing(a, "bea"))!;
    await a.press(`/dashboard/groups/${group}/members/role`, { person: bea, role: "moderator" });
    await until(() => standing(b, "bea")).toMatchObject({ what: "moderator" });
    const desk = `/dashboard/groups/${(await standing(b, "bea"))!.group}`;
    expect(await b.look("/dashboard/groups")).toContain(desk);
    const locked = async ({ connection }: Side) => (await connection.db.select().from(discussions))[0]!.locked;
    const mark = (wanted: string) => b.press(`/discussions/${talkThere}/mark`, { mark: wanted });
    expect((await mark("locked")).headers.get("location")).toBe(`/discussions/${talkThere}/manage?done=asked#done`);
    for (const side of [a, b]) await until(() => locked(side)).toBe(true);
    const words = { content: "We meet again.", language: "en", intent: "publish" };
    const write = (name: string) => b.press(`${desk}/posts/new/post`, { ...words, name });
    await write("News");
    await until(() => a.look("/@club/posts")).toContain("News");
    await until(() => b.look(`/@club@${a.host}/posts`)).toContain("News");
    await b.press(`${desk}/members/invitation`, { who: `@cal@${c.host}` });
    await until(() => standing(c, "cal")).toMatchObject({ what: "invited" });
    await c.press(`/invitations/groups/${linkToken("membership", (await standing(c, "cal"))!.id, 0)}/acceptance`, {});
    await until(() => standing(a, "cal")).toMatchObject({ what: "member" });
    const listed = async () => {
      // Looked at a minute later.
      await b.connection.db.execute(sql`update roster_readings set read_at = read_at - interval '2 minutes'`);
      return /value="([^"]+)"\/><button[^>]*"Send away @cal@/.exec(await b.look(`${desk}/members`))?.[1];
    };
    await until(listed).toBeTruthy();
    await b.press(`${desk}/members/removal`, { person: (await listed())! });
    for (const side of [a, c]) await until(() => standing(side, "cal")).toMatchObject({ what: "removed" });
    // The other server has not heard of it yet.
    await a.connection.db.execute(sql`update memberships set role = 'member' where id = ${bea}`);
    await Promise.all([mark("unlocked"), write("Not in our name")]);
    await until(() => b.look(`/discussions/${talkThere}`)).toContain(`${a.host} did not do this`);
    await until(() => b.look(`${desk}/posts`)).toContain(`${a.host} did not take this`);
    expect([await locked(a), await locked(b)]).toEqual([true, true]);
    expect(await a.look("/@club/posts")).not.toContain("Not in our name");
  });

  it("moves to another with its member elsewhere, who follows it too, and its administrator; and begins nothing more", async () => {
    const [from, to] = [`club@${a.host}`, `club@${c.host}`];
    /** The club of a host (null: its own), as a server knows it. */
    const club = async (side: Side, host: string | null = null) => {
      const named = sql`handle = 'club' and host is not distinct from ${host}`;
      return (await side.connection.db.select({ id: actors.id }).from(actors).where(named))[0]!.id;
    };
    const desk = async (side: Side) => `/dashboard/groups/${await club(side)}/moving`;
    const followed = { actor: await club(b, a.host), back: `/@${from}`, wanted: "yes" };
    await b.press("/dashboard/following/change", followed);
    const followers = eq(follows.followedId, await club(a));
    await until(() => a.connection.db.$count(follows, followers)).toBe(1);
    await c.press("/dashboard/groups/new/group", { handle: "club", name: "Club", openness: "open" });
    const there = await club(c);
    const where = async (address: string) =>
      (await a.press(`${await desk(a)}/destination`, { to: address })).headers.get("location")!;
    expect(await where(`@${to}`)).toContain("#errors");
    await c.press(`${await desk(c)}/former`, { former: `@${from}` });
    const confirmation = await where(`@${to}`);
    expect(await a.look(confirmation)).toContain("One follower");
    const done = await a.press(`${confirmation}/request`, { handle: "club" });
    expect(done.headers.get("location")).toBe(`${await desk(a)}?done=moved#done`);
    const arrived = async () => {
      const rows = await c.connection.db.execute<{ is: string }>(sql`
        select p.handle || ' ' || m.state as is from memberships m join actors p on p.id = m.member_id where m.group_id = ${there}
        union all select p.handle || ' follows' from follows f join actors p on p.id = f.follower_id
        where f.followed_id = ${there} and f.state = 'accepted' order by 1`);
      return rows.map(({ is }) => is);
    };
    await until(arrived).toEqual(["ann member", "bea follows", "bea member", "cal member"]);
    await until(() => b.look(`/@${from}`)).toContain(`${c.host}/@club`);
    const seen = await b.press("/dashboard/following/address", { address: `${c.instance.url}/@club` });
    expect(seen.headers.get("location")).toBe(`/@${to}`);
    // It is let in there a moment before it hears so.
    await until(() => b.look(`/@${to}`)).toContain("You are here as: Member");
    expect(
      (await a.press("/groups/club/discussions", { name: "Late", content: "A10" })).headers.get("location"),
    ).toContain("#errors");
  });

  it("shows a new member elsewhere what was in it before, also of members on a third, and none of it to a mere follower", async () => {
    const groupId = await makeGroup(a.connection.db, { handle: "choir", openness: "open" });
    await enrol(a.connection.db, groupId, { memberId: a.actorId, role: "administrator" });
    const at = `choir@${a.host}`;
    const find = (side: Side) => side.press("/dashboard/following/address", { address: `@${at}` });
    const there = (table: typeof discussions | typeof events | typeof posts | typeof resources, name: string) =>
      b.connection.db.select({ id: table.id }).from(table).where(eq(table.name, name));
    for (const side of [b, c]) await until(async () => (await find(side)).headers.get("location")).toBe(`/@${at}`);
    const opened = await a.press("/groups/choir/discussions", { name: "Songs", content: "First of three" });
    const songs = opened.headers.get("location")!;
    await a.press(`${songs}/messages`, { content: "Second of three" });
    const inner = { name: "Rehearsal", visibility: "members", state: "published" };
    await createEvent(on(a), operator, groupId, { ...input, ...inner } as never);
    const post = { name: "To members", content: "Inner words", visibility: "members", language: "en", tags: "" };
    expect((await a.press(`/dashboard/groups/${groupId}/posts/new/post`, { ...post, intent: "publish" })).status).toBe(
      303,
    );
    await a.press("/groups/choir/resources", { type: "folder", name: "Scores" });
    const [folder] = await a.connection.db.select().from(resources).where(eq(resources.name, "Scores"));
    const link = { type: "link", name: "Alto", url: "http://localhost:1/alto", folder: folder!.id };
    await a.press("/groups/choir/resources", link);
    await c.press(`/groups/${at}/membership`, { message: "" });
    const heard = async () =>
      (await c.connection.db.select().from(discussions).where(eq(discussions.name, "Songs")))[0];
    await until(heard).toBeTruthy();
    await c.press(`/discussions/${(await heard())!.id}/messages`, { content: "Third of three" });
    await until(async () => a.look(songs)).toContain("Third of three");

    const eli = await b.enter("eli");
    const [choir] = await b.connection.db.select().from(actors).where(eq(actors.handle, "choir"));
    await eli.press("/dashboard/following/change", { actor: choir!.id, wanted: "yes" });
    await b.press(`/groups/${at}/membership`, { message: "" });
    await until(() => there(discussions, "Songs")).toHaveLength(1);
    const [talk] = await there(discussions, "Songs");
    const page = () => b.look(`/discussions/${talk!.id}`);
    await until(page).toMatch(/First of three.*Second of three.*Third of three/s);
    for (const [table, name] of [
      [events, "Rehearsal"],
      [posts, "To members"],
      [resources, "Alto"],
    ] as const)
      await until(() => there(table, name)).toHaveLength(1);
    const paths = [
      ...[`/discussions/${talk!.id}`, `/events/${(await there(events, "Rehearsal"))[0]!.id}`],
      ...[
        `/posts/${(await there(posts, "To members"))[0]!.id}`,
        `/resources/${(await there(resources, "Scores"))[0]!.id}`,
      ],
    ];
    const words = ["Songs", "Rehearsal", "Inner words", "Alto"];
    for (const [at, path] of paths.entries()) {
      expect(await b.look(path)).toContain(words[at]);
      expect((await eli.ask(path)).status, path).toBe(404);
    }
    const news = sql`message in ('discussion-news', 'discussion-named')`;
    expect(await b.connection.db.$count(schema.mails, sql`${news} and data ->> 'discussionId' = ${talk!.id}`)).toBe(0);
  });
});

describe("a stranger's server, written without anything of ours", () => {
  it("discovers, follows, receives and verifies, joins, is let in, and hears of change and cancellation", async () => {
    const jrd = await fetch(`${a.instance.url}/.well-known/webfinger?resource=acct:ann@${a.host}`);
    const { links } = (await jrd.json()) as { links: Json[] };
    const { json: ann } = await read(links.find(({ rel }) => rel === "self")!.href as string);
    const zoe = stranger.actor("zoe");
    const inbox = ann.inbox as string;
    expect((await stranger.send(inbox, stranger.activity(zoe, "Follow", ann.id))).status).toBe(202);
    await until(async () => stranger.received("Accept").length).toBe(1);
    const id = await publish({ name: "For strangers" });
    const about = (type: string) =>
      stranger.inbox.filter(
        ({ activity }) => activity.type === type && JSON.stringify(activity.object).includes(`/events/${id}`),
      );
    await until(async () => about("Create").length).toBe(1);
    const [create] = about("Create");
    const key = (ann.publicKey as { publicKeyPem: string }).publicKeyPem;
    const held = [await isSigned(create!), isLinked(create!.activity, key), await isProven(create!.activity)];
    expect(held).toEqual([true, true, true]);
    const event = create!.activity.object as Json;
    const join = stranger.activity(zoe, "Join", event.id);
    expect((await stranger.send(inbox, join)).status).toBe(202);
    await until(async () => stranger.received("Accept").at(-1)?.object).toMatchObject({ type: "Join", id: join.id });
    await updateEvent(on(a), operator, id, { startWall: "2031-05-07T19:00:00" });
    const said = () => about("Update").at(-1)?.activity.object as Json | undefined;
    await until(async () => said()?.startTime).toBe("2031-05-07T19:00:00+02:00");
    await cancelEvent(on(a), operator, id);
    await until(async () => said()?.status).toBe("CANCELLED");
    const note = () => stranger.received("Create").find(({ object }) => (object as Json).type === "Note");
    const direct = () => stranger.received("Create").some(({ to }) => (to as string[])[0] === zoe);
    await until(async () => [note() !== undefined, direct()]).toEqual([true, true]);
  });
});

describe("a server that is blocked", () => {
  it("is told nothing and heard no more, while others are", async () => {
    await judgePeer(on(a), operator, { host: b.host, standing: "suspended" });
    const id = await publish({ name: "Not for all" });
    await until(() => mirror(c, id)).toBeTruthy();
    const { json: ann } = await read(`${a.instance.url}/@ann`);
    const [actor] = await b.connection.db
      .select()
      .from(actors)
      .where(eq(actors.uri, ann.id as string));
    const known = async () => JSON.stringify(await a.connection.db.select().from(follows).orderBy(follows.id));
    const before = await known();
    await b.press("/dashboard/following/change", { actor: actor!.id, wanted: "no" });
    await b.press("/dashboard/following/change", { actor: actor!.id, wanted: "yes" });
    const refused = async () =>
      b.connection.db.$count(deliveries, sql`host = ${a.host} and state = 'dead' and reason = '403'`);
    await until(refused).toBeGreaterThan(0);
    expect([await mirror(b, id), await known()]).toEqual([undefined, before]);
  });
});
