import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "#db/client.ts";
import { enrol, makeGroup } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { type Json, read } from "../testing/peer.ts";
import { publicly, type Stage, stage } from "../testing/stage.ts";

const { activities, events, follows, memberships, posts } = schema;

/** Mia makes things on one server in the name of groups of ours, which Fox of another follows; Noa there is a member. */
let at: Stage;
let [mia, fox, noa] = ["", "", ""];
beforeAll(async () => {
  at = await stage();
  [mia, fox, noa] = [at.peer.actor("mia"), at.other.actor("fox"), at.other.actor("noa")];
});
afterAll(() => at.stop());
beforeEach(() => at.clear());

let count = 0;
type Group = { id: string; uri: string };
async function group({ role = "moderator", followed = true, members = [] as string[] } = {}): Promise<Group> {
  const handle = `group${++count}`;
  const id = await makeGroup(at.db, { handle });
  await enrol(at.db, id, { memberId: (await at.actorOf(mia)).id, role });
  for (const one of members) await enrol(at.db, id, { memberId: (await at.actorOf(one)).id });
  const follow = { id: newId(), followerId: (await at.actorOf(fox)).id, followedId: id, uri: newId() };
  if (followed) await at.db.insert(follows).values({ ...follow, state: "accepted" });
  return { id, uri: `${at.origin}/@${handle}` };
}
/** What Mia makes for everybody in the name of a group, and newer words for it. */
const made = (type: string, { uri }: Group, change: Json = {}): Json => ({
  ...{ id: `${at.peer.origin}/x/${++count}`, type, actor: mia, attributedTo: uri, to: [publicly], cc: [] },
  ...{ name: "Once for all", content: "<p>Once for all</p>", startTime: "2030-12-05T19:00:00+01:00" },
  ...{ published: "2026-11-01T08:00:00Z", updated: "2026-11-01T08:00:00Z", ...change },
});
const newer = (object: Json, change: Json): Json => ({
  ...object,
  ...{ name: "Among us", content: "<p>Among us</p>", updated: "2026-11-02T08:00:00Z", ...change },
});
async function says(type: string, object: Json) {
  await at.send(at.says(mia, type, object));
  await at.deliver();
}
const rowOf = async ({ id, type }: Json) => {
  const table = (type === "Event" ? events : posts) as typeof events;
  return (
    (
      await at.db
        .select()
        .from(table)
        .where(eq(table.uri, id as string))
    )[0] ?? null
  );
};
/** What a server was told of: kinds, by whom, and what of it. */
const told = (peer = at.other) =>
  peer.inbox.map(({ activity: { type, actor, object } }) => [type, actor, (object as Json).type ?? object]);
/** What anybody reads of what the groups passed on. */
async function readable({ id }: Group) {
  const passed = and(eq(activities.actorId, id), eq(activities.type, "Announce"));
  const rows = await at.db.select({ id: activities.id }).from(activities).where(passed);
  const answers = await Promise.all(rows.map((row) => read(`${at.origin}/activities/${row.id}`)));
  return answers.filter(({ status }) => status === 200).length;
}
const alone = async () => ({ organizerId: (await at.actorOf(mia)).id, authorId: null, visibility: "members" });

describe("what is said at once of one thing", () => {
  /** Sends one, and the other while that waits for the group, which somebody else holds; neither has changed anything then. */
  async function atOnce({ id }: Group, object: Json, said: Json[]) {
    const waiting = async () =>
      (
        await at.db.execute<{ n: number }>(sql`
          select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
      )[0]!.n;
    const sent: Promise<void>[] = [];
    await at.db.transaction(async (tx) => {
      await tx.execute(sql`select id from actors where id = ${id} for no key update`);
      for (const one of said) {
        sent.push(at.send(one));
        await expect.poll(waiting, { timeout: 10_000 }).toBe(sent.length);
      }
      expect(await rowOf(object)).toBeNull();
    });
    await Promise.all(sent);
    await at.deliver();
  }

  it.each(["Article", "Event"])("ends as one after the other: an %s made for all, then for members", async (type) => {
    const both = async (order: (said: Json[]) => Json[]) => {
      const club = await group();
      const object = made(type, club);
      const inner = newer(object, { to: [`${club.uri}/members`] });
      await atOnce(club, object, order([at.says(mia, "Create", object), at.says(mia, "Update", inner)]));
      expect(await rowOf(object)).toMatchObject({ name: "Among us", visibility: "members" });
      expect(await readable(club)).toBe(0);
      const heard = told().map(([, , what]) => what);
      at.other.inbox.length = 0;
      return heard.map((what) => (what === object.id ? "id" : what));
    };
    expect(await both((said) => said)).toEqual(["Create", "id", "id"]);
    expect(await both((said) => said.reverse())).toEqual([]);
  });
});

describe("an event whose author elsewhere gives it to another group of this server", () => {
  it("leaves the one, whose people hear no more than that, and comes into the other", async () => {
    const [former, next] = [await group({ members: [noa] }), await group({ followed: false })];
    const object = made("Event", former);
    await says("Create", object);
    at.other.inbox.length = 0;
    await says("Update", newer(object, { attributedTo: next.uri, to: [`${next.uri}/members`] }));
    expect(await rowOf(object)).toMatchObject({ name: "Among us", organizerId: next.id, visibility: "members" });
    expect(await readable(former)).toBe(0);
    expect(told()).toEqual([
      ["Announce", former.uri, object.id],
      ["Remove", former.uri, object.id],
    ]);
  });

  it("tells whoever belongs to both of the other alone", async () => {
    const [former, next] = [await group(), await group({ members: [noa] })];
    const object = made("Event", former);
    await says("Create", object);
    at.other.inbox.length = 0;
    await says("Update", newer(object, { attributedTo: next.uri, to: [`${next.uri}/members`] }));
    expect(told()).toEqual([["Announce", next.uri, "Update"]]);
  });

  it("leaves the one also where its author may not make the other's", async () => {
    const [former, next] = [await group(), await group({ role: "member" })];
    const object = made("Event", former);
    await says("Create", object);
    at.peer.inbox.length = 0;
    await says("Update", newer(object, { attributedTo: next.uri, to: [`${next.uri}/members`] }));
    expect(await rowOf(object)).toMatchObject({ name: "Among us", ...(await alone()) });
    expect(await readable(former)).toBe(0);
    expect(told(at.peer)).toContainEqual(["Reject", next.uri, "Update"]);
  });
});

describe("an event that its author elsewhere hides", () => {
  it("from the members, too: they hear that the group has it no more, and none of the new words", async () => {
    const club = await group({ members: [noa], followed: false });
    const object = made("Event", club, { to: [`${club.uri}/members`] });
    await says("Create", object);
    at.other.inbox.length = 0;
    await says("Update", newer(object, { to: [mia] }));
    expect(await rowOf(object)).toMatchObject({ name: "Among us", ...(await alone()) });
    expect(told().map(([type]) => type)).toEqual(["Announce", "Remove"]);
    expect(JSON.stringify(at.other.inbox)).not.toContain("Among us");
  });

  it.each([
    ["may make none any more", { role: "member" }],
    ["were sent away", { role: "member", state: "removed" }],
  ])("goes out of sight also when they %s: the group lets it go", async (_, now) => {
    const club = await group();
    const object = made("Event", club);
    await says("Create", object);
    await at.db.update(memberships).set(now).where(eq(memberships.groupId, club.id));
    for (const { inbox } of [at.peer, at.other]) inbox.length = 0;
    await says("Update", newer(object, { to: [`${club.uri}/members`] }));
    expect(await rowOf(object)).toMatchObject({ name: "Among us", ...(await alone()) });
    expect(await readable(club)).toBe(0);
    expect(told()).toEqual([
      ["Announce", club.uri, object.id],
      ["Remove", club.uri, object.id],
    ]);
    expect(told(at.peer)).toEqual([["Remove", club.uri, object.id]]);
  });
});
